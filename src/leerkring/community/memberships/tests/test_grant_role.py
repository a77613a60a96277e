from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Label, Level, Role
from leerkring.community.memberships.models import Community, RoleGrant
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast, grant

Browser = Callable[[Person | None], Client]


@pytest.fixture
def circle(cast: Cast) -> Community:
    return actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.lead)


def grant_of(person: Person, role: Role) -> RoleGrant:
    return RoleGrant.objects.get(person=person, role=role, until_on__isnull=True)


def test_the_team_gives_and_takes_back(cast: Cast) -> None:
    granted = actions.grant_role(
        community=cast.own.community, person=cast.own.member, role=Role.KEEPER, by=cast.own.lead
    )
    assert queries.standing_of(cast.own.member).is_keeper(cast.own.community)
    actions.end_role(grant=granted, by=cast.own.lead)
    assert not queries.standing_of(cast.own.member).is_keeper(cast.own.community)
    expected = [{"by": cast.own.lead.pk, "person_id": cast.own.member.pk, "role": "keeper"}]
    assert facts_named("RoleGranted", cast.own.community) == expected
    assert facts_named("RoleEnded", cast.own.community) == expected


def test_giving_twice_is_giving_once(cast: Cast) -> None:
    both = [
        actions.grant_role(community=cast.own.community, person=cast.own.member, role=Role.KEEPER, by=cast.own.lead)
        for _time in range(2)
    ]
    assert both[0] == both[1]
    assert len(facts_named("RoleGranted")) == 1


def test_ending_twice_is_ending_once(cast: Cast) -> None:
    granted = grant_of(cast.own.keeper, Role.KEEPER)
    for _time in range(2):
        actions.end_role(grant=granted, by=cast.own.lead)
    assert len(facts_named("RoleEnded")) == 1


@pytest.mark.parametrize("role", [Role.TEAM, Role.KEEPER, Role.FACILITATOR, Role.SPONSOR])
def test_nobody_else_gives_a_role_in_the_programme(cast: Cast, role: Role) -> None:
    for by in (cast.own.keeper, cast.own.member, cast.other.lead, cast.platform_admin, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.grant_role(community=cast.own.community, person=cast.own.member, role=role, by=by)


def test_nobody_lifts_oneself(cast: Cast) -> None:
    for by in (cast.own.facilitator, cast.own.keeper):
        with pytest.raises(PermissionDenied):
            actions.grant_role(community=cast.own.community, person=by, role=Role.TEAM, by=by)


def test_one_hands_a_role_back(cast: Cast) -> None:
    actions.end_role(grant=grant_of(cast.own.keeper, Role.KEEPER), by=cast.own.keeper)
    assert not queries.standing_of(cast.own.keeper).is_keeper(cast.own.community)
    with pytest.raises(PermissionDenied):
        actions.end_role(grant=grant_of(cast.own.facilitator, Role.FACILITATOR), by=cast.own.keeper)


def test_the_last_of_the_team_stays(cast: Cast) -> None:
    last = grant_of(cast.own.lead, Role.TEAM)
    with pytest.raises(Refused):
        actions.end_role(grant=last, by=cast.own.lead)
    actions.grant_role(community=cast.own.community, person=cast.own.member, role=Role.TEAM, by=cast.own.lead)
    actions.end_role(grant=last, by=cast.own.lead)
    assert not queries.standing_of(cast.own.lead).is_team(cast.own.community)


def test_roles_have_their_place(cast: Cast, circle: Community) -> None:
    for community, role in (
        (cast.own.community, Role.CONTACT),
        (cast.own.community, Role.PARTNER),
        (circle, Role.TEAM),
        (circle, Role.KEEPER),
        (circle, Role.SPONSOR),
    ):
        with pytest.raises(Refused):
            actions.grant_role(community=community, person=cast.own.member, role=role, by=cast.own.lead)


def test_a_partner_has_a_last_day(cast: Cast, circle: Community) -> None:
    with clock.at(START):
        for until_on in (None, START.date(), START.date() - timedelta(days=1)):
            with pytest.raises(Refused):
                actions.grant_role(
                    community=circle, person=cast.outsider, role=Role.PARTNER, until_on=until_on, by=cast.own.lead
                )
        actions.grant_role(
            community=circle,
            person=cast.outsider,
            role=Role.PARTNER,
            until_on=START.date() + timedelta(days=10),
            by=cast.own.lead,
        )


def test_a_partner_sees_one_group_for_a_time_and_nothing_else(cast: Cast, circle: Community) -> None:
    elsewhere = actions.open_circle(root=cast.own.community, name="Verkoop", by=cast.own.lead)
    with clock.at(START):
        actions.grant_role(
            community=circle,
            person=cast.outsider,
            role=Role.PARTNER,
            until_on=START.date() + timedelta(days=10),
            by=cast.own.lead,
        )
        standing = queries.standing_of(cast.outsider)
        assert standing.may_read_label(Label.GROUP, circle)
        assert [
            standing.may_read_label(Label.GROUP, elsewhere),
            standing.may_read_label(Label.PROGRAMME, cast.own.community),
            standing.belongs_to(cast.own.community),
            standing.is_member(circle),
        ] == [False] * 4
    with clock.at(START + timedelta(days=10)):
        queries.forget_standings()
        assert not queries.standing_of(cast.outsider).may_read_label(Label.GROUP, circle)


def test_a_partner_gets_another_last_day(cast: Cast, circle: Community) -> None:
    today = clock.today()
    first = actions.grant_role(
        community=circle, person=cast.outsider, role=Role.PARTNER, until_on=today + timedelta(days=5), by=cast.own.lead
    )
    second = actions.grant_role(
        community=circle, person=cast.outsider, role=Role.PARTNER, until_on=today + timedelta(days=9), by=cast.own.lead
    )
    assert (first.pk, second.until_on) == (second.pk, today + timedelta(days=9))


def test_the_contact_hands_over(cast: Cast, circle: Community) -> None:
    grant(cast.own.member, circle, Role.CONTACT)
    actions.join(community=circle, person=cast.own.follower, level=Level.ACTIVE, by=cast.own.follower)
    actions.grant_role(community=circle, person=cast.own.follower, role=Role.CONTACT, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.grant_role(community=circle, person=cast.own.follower, role=Role.FACILITATOR, by=cast.own.member)


def test_a_group_without_contact_gets_one_from_its_members(cast: Cast, circle: Community) -> None:
    with pytest.raises(PermissionDenied):
        actions.grant_role(community=circle, person=cast.own.member, role=Role.CONTACT, by=cast.own.member)
    actions.join(community=circle, person=cast.own.member, level=Level.ACTIVE, by=cast.own.member)
    actions.grant_role(community=circle, person=cast.own.member, role=Role.CONTACT, by=cast.own.member)
    actions.join(community=circle, person=cast.own.follower, level=Level.ACTIVE, by=cast.own.follower)
    with pytest.raises(PermissionDenied):
        actions.grant_role(community=circle, person=cast.own.follower, role=Role.CONTACT, by=cast.own.follower)


def test_who_left_gets_no_role(cast: Cast) -> None:
    people.leave(person=cast.outsider, by=cast.outsider)
    with pytest.raises(Refused):
        actions.grant_role(community=cast.own.community, person=cast.outsider, role=Role.KEEPER, by=cast.own.lead)


def test_on_the_page_with_undo(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    page = f"/eigen/people/{cast.own.member.pk}/"
    response = browser.post(f"{page}roles/", {"role": "keeper"}, follow=True)
    assert "Member Eigen is nu: hoeder van de leeragenda." in response.content.decode()
    granted = grant_of(cast.own.member, Role.KEEPER)
    assert f'action="{page}roles/{granted.pk}/end/"' in response.content.decode()
    browser.post(f"{page}roles/{granted.pk}/end/")
    assert not queries.standing_of(cast.own.member).is_keeper(cast.own.community)
    browser.post(f"{page}roles/{granted.pk}/give-back/")
    assert queries.standing_of(cast.own.member).is_keeper(cast.own.community)


@pytest.mark.parametrize(
    "typed", [{}, {"role": "partner"}, {"role": "king"}, {"role": "keeper", "until_on": "1999-01-01"}]
)
def test_what_is_no_role_comes_back(cast: Cast, client_of: Browser, typed: dict[str, str]) -> None:
    assert client_of(cast.own.lead).post(f"/eigen/people/{cast.own.member.pk}/roles/", typed).status_code == 422


def test_the_last_of_the_team_is_told_what_to_do(cast: Cast, client_of: Browser) -> None:
    last = grant_of(cast.own.lead, Role.TEAM)
    response = client_of(cast.own.lead).post(f"/eigen/people/{cast.own.lead.pk}/roles/{last.pk}/end/", follow=True)
    assert "Een programma heeft minstens één persoon in het team." in response.content.decode()


def test_a_grant_of_somebody_else_or_elsewhere_does_not_exist(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    keeper, foreign = grant_of(cast.own.keeper, Role.KEEPER), grant_of(cast.other.keeper, Role.KEEPER)
    assert browser.post(f"/eigen/people/{cast.own.member.pk}/roles/{keeper.pk}/end/").status_code == 404
    assert browser.post(f"/eigen/people/{cast.other.keeper.pk}/roles/{foreign.pk}/end/").status_code == 404
    assert browser.post(f"/ander/people/{cast.other.keeper.pk}/roles/{foreign.pk}/end/").status_code == 404
    assert browser.post(f"/eigen/people/{cast.own.keeper.pk}/roles/{foreign.pk}/give-back/").status_code == 404
