"""Rule 13: what a list shows and what a person may read are one and the same, for every label and everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import actions
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, readable_in, standing_of
from leerkring.community.people.models import Person
from tests.cast import Cast, ProgrammeCast, grant, join

Everybody = dict[str, Person | None]


def _circle(of: ProgrammeCast) -> Community:
    return actions.open_circle(root=of.community, name="Een groep", by=of.lead)


def _items(of: ProgrammeCast, circle: Community) -> None:
    for label in Label:
        for home in (of.community, circle):
            meeting = of.meeting(label=label)
            Meeting.objects.filter(pk=meeting.pk).update(community=home)


@pytest.fixture
def everybody(cast: Cast) -> Everybody:
    circle = _circle(cast.own)
    _items(cast.own, circle)
    _items(cast.other, _circle(cast.other))
    join(cast.own.member, circle)
    grant(cast.outsider, circle, Role.PARTNER)
    return {
        "visitor": None,
        "partner": cast.outsider,
        "colleague": cast.own.colleague,
        "follower": cast.own.follower,
        "member of the group": cast.own.member,
        "facilitator": cast.own.facilitator,
        "keeper": cast.own.keeper,
        "team": cast.own.lead,
        "platform admin": cast.platform_admin,
    }


def test_lists_and_single_items_agree_for_everybody(everybody: Everybody) -> None:
    items = list(Meeting.objects.select_related("community"))
    for who, person in everybody.items():
        listed = set(labelled_visible_to(person, Meeting.objects.all()).values_list("pk", flat=True))
        single = {item.pk for item in items if standing_of(person).may_read(item)}
        assert listed == single, who


def test_reading_in_a_programme_is_the_same_as_reading_and_being_in_it(cast: Cast, everybody: Everybody) -> None:
    for who, person in everybody.items():
        for part in (cast.own, cast.other):
            both = labelled_visible_to(person, in_programme(part.community, Meeting.objects.all()))
            at_once = readable_in(person, part.community, Meeting.objects.all())
            assert set(at_once.values_list("pk")) == set(both.values_list("pk")), (who, part.community.slug)


def test_group_items_are_for_the_group_and_the_team_alone(cast: Cast, everybody: Everybody) -> None:
    narrow = in_programme(cast.own.community, Meeting.objects.filter(label=Label.GROUP))
    seen = {who: labelled_visible_to(person, narrow).count() for who, person in everybody.items()}
    assert {who: count for who, count in seen.items() if count} == {"partner": 1, "member of the group": 1, "team": 2}


def test_a_list_costs_one_query_when_the_standing_is_known(cast: Cast, everybody: Everybody) -> None:
    person = cast.own.member
    standing_of(person)
    with CaptureQueriesContext(connection) as queries:
        list(labelled_visible_to(person, in_programme(cast.own.community, Meeting.objects.all())))
    assert len(queries) == 1
