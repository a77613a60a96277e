from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Door, Level, Role
from leerkring.community.memberships.models import Community, LevelChange, Membership, Placement
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import START, Cast, grant


@pytest.fixture
def circle(cast: Cast) -> Community:
    return actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.lead)


def open_doors(cast: Cast, follow: Door, member: Door) -> None:
    community = cast.own.community
    actions.edit_community(community=community, follow_door=follow, member_door=member, by=cast.own.lead)


def test_the_team_brings_somebody_in_at_a_level_that_it_states(cast: Cast) -> None:
    with clock.at(START):
        membership = actions.join(
            community=cast.own.community,
            person=cast.outsider,
            level=Level.CORE,
            organisation=cast.own.organisation,
            unit=cast.own.units[0],
            by=cast.own.lead,
        )
    assert (membership.level, membership.level_stated_by_team, membership.is_invited, membership.since_on) == (
        Level.CORE,
        True,
        True,
        START.date(),
    )
    place = Placement.objects.get(membership=membership)
    assert (place.organisation, place.unit, place.since_on, place.until_on) == (
        cast.own.organisation,
        cast.own.units[0],
        START.date(),
        None,
    )
    assert [(change.level, change.stated_by_team) for change in LevelChange.objects.filter(membership=membership)] == [
        (Level.CORE, True)
    ]
    assert facts_named("MemberJoined", cast.own.community) == [
        {
            "by": cast.own.lead.pk,
            "membership_id": membership.pk,
            "person_id": cast.outsider.pk,
            "level": "core",
            "stated_by_team": True,
        }
    ]


def test_the_team_itself_chooses_its_own_level(cast: Cast) -> None:
    community = actions.open_community(slug="nieuw", name="Nieuw", by=cast.own.lead)
    membership = actions.join(community=community, person=cast.own.lead, level=Level.CORE, by=cast.own.lead)
    assert not membership.level_stated_by_team


def test_joining_twice_is_joining_once(cast: Cast) -> None:
    again = actions.join(community=cast.own.community, person=cast.own.member, level=Level.CORE, by=cast.own.lead)
    assert again == queries.membership_of(cast.own.member, cast.own.community)
    assert again.level == Level.ACTIVE
    assert facts_named("MemberJoined") == []


def test_the_database_keeps_one_current_membership(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        Membership.objects.create(community=cast.own.community, person=cast.own.member, since_on=clock.today())


def test_a_day_of_the_past(cast: Cast) -> None:
    membership = actions.join(
        community=cast.own.community,
        person=cast.outsider,
        level=Level.ACTIVE,
        unit=cast.own.units[0],
        since_on=date(2023, 2, 1),
        by=cast.own.lead,
    )
    assert (membership.since_on, Placement.objects.get(membership=membership).since_on) == (date(2023, 2, 1),) * 2


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_nobody_else_brings_people_in(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.join(community=cast.own.community, person=cast.outsider, level=Level.ACTIVE, by=getattr(cast.own, who))


def test_not_even_the_team_of_another_programme_or_a_platform_admin(cast: Cast) -> None:
    for by in (cast.other.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.join(community=cast.own.community, person=cast.outsider, level=Level.ACTIVE, by=by)


def test_a_part_of_another_organisation_does_not_fit(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.join(
            community=cast.own.community,
            person=cast.outsider,
            level=Level.ACTIVE,
            organisation=cast.own.organisation,
            unit=cast.other.units[0],
            by=cast.own.lead,
        )
    assert queries.membership_of(cast.outsider, cast.own.community) is None


@pytest.mark.parametrize(
    ("door", "outsider", "colleague"),
    [(Door.ANYONE, True, True), (Door.ORGANISATIONS, False, True), (Door.INVITED, False, False)],
)
def test_the_door_of_members(cast: Cast, door: Door, outsider: bool, colleague: bool) -> None:
    open_doors(cast, Door.INVITED, door)
    for person, may in ((cast.outsider, outsider), (cast.own.colleague, colleague)):
        if may:
            membership = actions.join(community=cast.own.community, person=person, level=Level.ACTIVE, by=person)
            assert (membership.level_stated_by_team, membership.is_invited) == (False, False)
        else:
            with pytest.raises(PermissionDenied):
                actions.join(community=cast.own.community, person=person, level=Level.ACTIVE, by=person)


@pytest.mark.parametrize(
    ("door", "outsider", "colleague"),
    [(Door.ANYONE, True, True), (Door.ORGANISATIONS, False, True), (Door.INVITED, False, False)],
)
def test_the_door_of_followers(cast: Cast, door: Door, outsider: bool, colleague: bool) -> None:
    open_doors(cast, door, Door.INVITED)
    for person, may in ((cast.outsider, outsider), (cast.own.colleague, colleague)):
        if may:
            assert actions.follow(community=cast.own.community, person=person, by=person).is_follower
        else:
            with pytest.raises(PermissionDenied):
                actions.follow(community=cast.own.community, person=person, by=person)


def test_through_the_door_of_followers_nobody_takes_part(cast: Cast) -> None:
    open_doors(cast, Door.ANYONE, Door.INVITED)
    with pytest.raises(PermissionDenied):
        actions.join(community=cast.own.community, person=cast.outsider, level=Level.ACTIVE, by=cast.outsider)


def test_nobody_follows_for_somebody_else(cast: Cast) -> None:
    open_doors(cast, Door.ANYONE, Door.ANYONE)
    with pytest.raises(PermissionDenied):
        actions.follow(community=cast.own.community, person=cast.outsider, by=cast.own.member)


def test_who_comes_in_alone_claims_no_organisation(cast: Cast) -> None:
    """Where somebody works opens what bears the label organisations, in every programme."""
    open_doors(cast, Door.ANYONE, Door.ANYONE)
    with pytest.raises(PermissionDenied):
        actions.join(
            community=cast.own.community,
            person=cast.outsider,
            level=Level.ACTIVE,
            organisation=cast.own.organisation,
            by=cast.outsider,
        )
    actions.follow(community=cast.own.community, person=cast.outsider, by=cast.outsider)
    assert queries.standing_of(cast.outsider).organisations == frozenset()


def test_where_a_team_wrote_down_that_one_works_comes_along(cast: Cast) -> None:
    membership = actions.follow(community=cast.own.community, person=cast.own.colleague, by=cast.own.colleague)
    place = Placement.objects.get(membership=membership)
    assert (place.organisation, place.unit) == (cast.own.organisation, cast.own.units[0])


def test_who_belongs_to_the_programme_joins_a_circle(cast: Cast, circle: Community) -> None:
    for person in (cast.own.member, cast.own.follower):
        assert actions.join(community=circle, person=person, level=Level.ACTIVE, by=person).community == circle
    with pytest.raises(PermissionDenied):
        actions.join(community=circle, person=cast.own.colleague, level=Level.ACTIVE, by=cast.own.colleague)


def test_the_contact_and_the_facilitator_bring_people_into_a_circle(cast: Cast, circle: Community) -> None:
    grant(cast.own.member, circle, Role.CONTACT)
    for by, person in ((cast.own.member, cast.own.follower), (cast.own.facilitator, cast.own.keeper)):
        assert actions.join(community=circle, person=person, level=Level.ACTIVE, by=by).person == person
    with pytest.raises(PermissionDenied):
        actions.join(community=circle, person=cast.outsider, level=Level.ACTIVE, by=cast.own.follower)


def test_a_move_closes_the_old_place_and_keeps_it(cast: Cast) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    old = Placement.objects.get(membership=membership)
    new = actions.place(
        membership=membership, organisation=cast.own.organisation, unit=cast.own.units[2], by=cast.own.lead
    )
    old.refresh_from_db()
    assert (old.until_on, new.since_on, new.until_on) == (clock.today(), clock.today(), None)
    assert facts_named("MemberPlaced", cast.own.community) == [
        {
            "by": cast.own.lead.pk,
            "membership_id": membership.pk,
            "organisation_id": cast.own.organisation.pk,
            "unit_id": cast.own.units[2].pk,
        }
    ]


def test_the_same_place_again_changes_nothing(cast: Cast) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    old = Placement.objects.get(membership=membership)
    again = actions.place(membership=membership, organisation=old.organisation, unit=old.unit, by=cast.own.member)
    assert again == old
    assert facts_named("MemberPlaced") == []


def test_one_moves_oneself_within_ones_organisation(cast: Cast) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    actions.place(membership=membership, organisation=cast.own.organisation, unit=cast.own.units[2], by=cast.own.member)
    with pytest.raises(Refused):
        actions.place(membership=membership, organisation=cast.other.organisation, by=cast.own.member)
    Membership.objects.filter(pk=membership.pk).update(is_invited=True)
    membership.refresh_from_db()
    assert actions.place(membership=membership, organisation=cast.other.organisation, by=cast.own.member).pk


def test_nobody_else_moves_people(cast: Cast) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    for by in (cast.own.keeper, cast.own.follower, cast.other.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.place(membership=membership, organisation=cast.own.organisation, by=by)


def test_a_move_on_an_earlier_day_than_the_place_began_does_not_turn_time_around(cast: Cast) -> None:
    membership = queries.membership_of(cast.own.member, cast.own.community)
    assert membership is not None
    old = Placement.objects.get(membership=membership)
    actions.place(
        membership=membership,
        organisation=cast.own.organisation,
        unit=cast.own.units[2],
        on=old.since_on - timedelta(days=10),
        by=cast.own.lead,
    )
    old.refresh_from_db()
    assert old.until_on == old.since_on
