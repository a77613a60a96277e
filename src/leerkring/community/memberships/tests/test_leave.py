from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.accounts.models import Account
from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Membership, OrganisationAdmin, Placement, RoleGrant
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]


def membership_of(own: ProgrammeCast, person: Person) -> Membership:
    membership = queries.membership_of(person, own.community)
    assert membership is not None
    return membership


def test_leaving_ends_membership_groups_places_and_roles_of_that_programme_alone(cast: Cast) -> None:
    person = cast.own.keeper
    elsewhere = actions.join(community=cast.other.community, person=person, level=Level.ACTIVE, by=cast.other.lead)
    circle = actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.lead)
    inside = actions.join(community=circle, person=person, level=Level.ACTIVE, by=person)
    membership = membership_of(cast.own, person)
    actions.leave_community(membership=membership, by=person)
    today = clock.today()
    assert [Membership.objects.get(pk=row.pk).until_on for row in (membership, inside, elsewhere)] == [
        today,
        today,
        None,
    ]
    assert Placement.objects.get(membership=membership).until_on == today
    assert RoleGrant.objects.get(person=person, role=Role.KEEPER).until_on == today
    assert {row["membership_id"] for row in facts_named("MemberLeft")} == {membership.pk, inside.pk}
    assert facts_named("RoleEnded") == [{"by": person.pk, "person_id": person.pk, "role": "keeper"}]
    assert not queries.standing_of(person).belongs_to(cast.own.community)


def test_a_second_click_changes_nothing(cast: Cast) -> None:
    membership = membership_of(cast.own, cast.own.member)
    for _time in range(2):
        actions.leave_community(membership=membership, by=cast.own.member)
    assert len(facts_named("MemberLeft")) == 1


def test_the_team_may_end_it_and_nobody_else(cast: Cast) -> None:
    membership = membership_of(cast.own, cast.own.member)
    for by in (cast.own.keeper, cast.own.follower, cast.other.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.leave_community(membership=membership, by=by)
    actions.leave_community(membership=membership, by=cast.own.lead)
    assert queries.membership_of(cast.own.member, cast.own.community) is None


def test_the_last_of_the_team_hands_over_first(cast: Cast, client_of: Browser) -> None:
    with pytest.raises(Refused):
        actions.leave_community(membership=membership_of(cast.own, cast.own.lead), by=cast.own.lead)
    response = client_of(cast.own.lead).post("/eigen/membership/leave/", follow=True)
    assert "Jij bent de enige in het team van Leergemeenschap eigen." in response.content.decode()
    actions.grant_role(community=cast.own.community, person=cast.own.member, role=Role.TEAM, by=cast.own.lead)
    actions.leave_community(membership=membership_of(cast.own, cast.own.lead), by=cast.own.lead)


def test_leaving_and_coming_back_with_one_press_each(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.member)
    membership = membership_of(cast.own, cast.own.member)
    page = browser.post("/eigen/membership/leave/", follow=True).content.decode()
    assert "Je bent gestopt met Leergemeenschap eigen. Je hoeft niets uit te leggen." in page
    assert f'action="/memberships/{membership.pk}/return/"' in page
    assert browser.post(f"/memberships/{membership.pk}/return/")["Location"] == "/profile/"
    assert membership_of(cast.own, cast.own.member) == membership
    assert Placement.objects.get(membership=membership).until_on is None
    assert facts_named("MemberCameBack") == [
        {"by": cast.own.member.pk, "membership_id": membership.pk, "person_id": cast.own.member.pk}
    ]


def test_roles_do_not_come_back_with_the_person(cast: Cast) -> None:
    """Else a role taken away on the same day could be won back by leaving and undoing it."""
    membership = membership_of(cast.own, cast.own.keeper)
    actions.leave_community(membership=membership, by=cast.own.keeper)
    actions.come_back(membership=membership, by=cast.own.keeper)
    assert not queries.standing_of(cast.own.keeper).is_keeper(cast.own.community)


def test_after_a_month_one_joins_anew(cast: Cast) -> None:
    membership = membership_of(cast.own, cast.own.member)
    actions.leave_community(membership=membership, by=cast.own.member)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused):
        actions.come_back(membership=membership, by=cast.own.member)


def test_coming_back_when_one_has_joined_anew_keeps_one_membership(cast: Cast) -> None:
    old = membership_of(cast.own, cast.own.member)
    actions.leave_community(membership=old, by=cast.own.member)
    actions.join(community=cast.own.community, person=cast.own.member, level=Level.CORE, by=cast.own.lead)
    actions.come_back(membership=old, by=cast.own.member)
    assert Membership.objects.filter(person=cast.own.member, until_on__isnull=True).count() == 1


def test_nobody_else_undoes_it(cast: Cast, client_of: Browser) -> None:
    membership = membership_of(cast.own, cast.own.member)
    actions.leave_community(membership=membership, by=cast.own.member)
    for person in (cast.own.keeper, cast.other.lead, cast.outsider):
        assert client_of(person).post(f"/memberships/{membership.pk}/return/").status_code == 404
    assert client_of(cast.own.member).post("/memberships/999999/return/").status_code == 404
    assert queries.membership_of(cast.own.member, cast.own.community) is None


def test_the_team_removes_and_puts_back(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    membership = membership_of(cast.own, cast.own.member)
    page = browser.post(f"/eigen/people/{cast.own.member.pk}/remove/", follow=True).content.decode()
    assert "Member Eigen doet niet meer mee." in page
    assert f'action="/eigen/people/{cast.own.member.pk}/put-back/"' in page
    assert client_of(cast.own.keeper).post(f"/eigen/people/{cast.own.member.pk}/put-back/").status_code == 403
    back = browser.post(f"/eigen/people/{cast.own.member.pk}/put-back/")
    assert back["Location"] == f"/eigen/people/{cast.own.member.pk}/"
    assert browser.post(f"/eigen/people/{cast.outsider.pk}/put-back/").status_code == 404
    assert membership_of(cast.own, cast.own.member) == membership


def test_leaving_the_product_says_what_goes_and_does_it(cast: Cast, client_of: Browser) -> None:
    browser, person = client_of(cast.own.keeper), cast.own.keeper
    page = browser.get("/profile/leave/").content.decode()
    assert "Wat meteen weggaat" in page
    assert "Wat blijft, zonder je naam" in page
    assert browser.post("/profile/leave/")["Location"] == "/"
    assert "_auth_user_id" not in browser.session
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.account) == ("Iemand die weg is", None)
    assert not Account.objects.filter(addresses__address="keeper.eigen@voorbeeld.example").exists()
    assert not Membership.objects.filter(person=person, until_on__isnull=True).exists()
    assert not RoleGrant.objects.filter(person=person, until_on__isnull=True).exists()
    assert [row["person_id"] for row in facts_named("PersonLeft")] == [person.pk]
    assert Placement.objects.filter(membership__person=person).count() == 1


def test_nobody_leaves_the_product_for_somebody_else(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.leave_everything(person=cast.own.member, by=cast.own.lead)


def test_the_last_of_a_team_hands_over_before_leaving_the_product(cast: Cast, client_of: Browser) -> None:
    response = client_of(cast.own.lead).post("/profile/leave/", follow=True)
    assert "Jij bent de enige in het team" in response.content.decode()
    lead = Person.objects.get(pk=cast.own.lead.pk)
    assert lead.left_at is None
    assert membership_of(cast.own, lead).until_on is None


def test_the_rights_of_an_organisation_admin_end_too(cast: Cast) -> None:
    OrganisationAdmin.objects.create(organisation=cast.own.organisation, person=cast.outsider)
    actions.leave_everything(person=cast.outsider, by=cast.outsider)
    assert not OrganisationAdmin.objects.exists()
