"""A whole list joins at once, is placed, and is taken back as if it never was."""

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships import actions
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import LevelChange, Membership, Placement
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_person


@pytest.fixture
def newcomers(cast: Cast) -> list[Person]:
    return [make_person("Ann", "Nieuw"), make_person("Bo", "Nieuw")]


def entries(cast: Cast, people: list[Person]) -> list[actions.Entry]:
    first, second = people
    own = cast.own
    return [
        actions.Entry(first.pk, Level.CORE, clock.today(), own.organisation.pk, own.units[0].pk),
        actions.Entry(second.pk, Level.FOLLOWER, clock.today()),
    ]


def test_everybody_joins_at_a_level_stated_by_the_team(cast: Cast, newcomers: list[Person]) -> None:
    own = cast.own
    first, second = actions.join_many(community=own.community, entries=entries(cast, newcomers), by=own.lead)
    assert (first.level, first.level_stated_by_team, first.is_invited) == (Level.CORE, True, True)
    assert Placement.objects.get(membership=first).unit == own.units[0]
    assert not Placement.objects.filter(membership=second).exists()
    changes = LevelChange.objects.filter(membership__in=[first, second]).order_by("membership")
    assert list(changes.values_list("level", "stated_by_team")) == [(Level.CORE, True), (Level.FOLLOWER, True)]
    fact = FactRow.objects.get(name="MembersJoined")
    assert (fact.by_id, fact.ids) == (own.lead.pk, {"membership_ids": [first.pk, second.pk]})


def test_nobody_joins_when_one_is_a_member_already(cast: Cast, newcomers: list[Person]) -> None:
    own = cast.own
    again = [*entries(cast, newcomers), actions.Entry(own.member.pk, Level.CORE, clock.today())]
    before = Membership.objects.count()
    with pytest.raises(Refused):
        actions.join_many(community=own.community, entries=again, by=own.lead)
    assert Membership.objects.count() == before


def test_places_are_filled_and_emptied_again(cast: Cast, newcomers: list[Person]) -> None:
    own = cast.own
    member = actions.join(
        community=own.community, person=newcomers[0], level=Level.ACTIVE, by=own.lead, organisation=own.organisation
    )
    where = [(member, own.organisation.pk, own.units[1].pk)]
    (placement,) = actions.place_many(community=own.community, entries=where, by=own.lead)
    assert list(member.placements.filter(until_on__isnull=True)) == [placement]
    actions.take_places_back(community=own.community, placement_ids=[placement.pk], by=own.lead)
    current = member.placements.get()
    assert (current.unit, current.until_on) == (None, None)


def test_taken_back_they_never_were_members(cast: Cast, newcomers: list[Person]) -> None:
    own = cast.own
    before = (Membership.objects.count(), LevelChange.objects.count(), Placement.objects.count())
    joined = actions.join_many(community=own.community, entries=entries(cast, newcomers), by=own.lead)
    actions.take_members_back(community=own.community, membership_ids=[one.pk for one in joined], by=own.lead)
    assert (Membership.objects.count(), LevelChange.objects.count(), Placement.objects.count()) == before
    assert FactRow.objects.filter(name="MembersTakenBack").count() == 1


def test_memberships_of_another_programme_are_not_taken_back(cast: Cast) -> None:
    other = Membership.objects.get(person=cast.other.member, community=cast.other.community)
    actions.take_members_back(community=cast.own.community, membership_ids=[other.pk], by=cast.own.lead)
    assert Membership.objects.filter(pk=other.pk).exists()


def test_only_the_team_and_the_console_bring_lists_in(cast: Cast, newcomers: list[Person]) -> None:
    own = cast.own
    for person in (own.keeper, own.member, cast.other.lead, newcomers[0]):
        with pytest.raises(PermissionDenied):
            actions.join_many(community=own.community, entries=entries(cast, newcomers), by=person)
        with pytest.raises(PermissionDenied):
            actions.place_many(community=own.community, entries=[], by=person)
        with pytest.raises(PermissionDenied):
            actions.take_members_back(community=own.community, membership_ids=[], by=person)
        with pytest.raises(PermissionDenied):
            actions.take_places_back(community=own.community, placement_ids=[], by=person)
    actions.join_many(community=own.community, entries=entries(cast, newcomers), by=None)
    assert Membership.objects.filter(person__in=newcomers, community=own.community).count() == 2
