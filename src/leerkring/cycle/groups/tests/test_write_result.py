from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.models import LearningGroup, ResultPage
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_member, only_fact
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def write(group: LearningGroup, by: Person, **values: Any) -> ResultPage:
    values = {"did": "Gebeld", "found": "Niets past", "asks": "Help", "wants_to": "Verder", **values}
    return actions.write_result(group=group, by=by, **values)


def test_any_member_writes_the_page(cast: Cast) -> None:
    anna, meeting = make_member(cast.own, "Anna"), cast.own.meeting()
    group = make_group(cast.own, people=[anna])
    page = write(group, anna, meeting=meeting, revision=0)
    assert (page.did, page.found, page.asks, page.wants_to) == ("Gebeld", "Niets past", "Help", "Verder")
    assert (page.revision, page.changed_by) == (1, anna)
    assert only_fact("ResultWritten").ids == {"group_id": group.pk, "meeting_id": meeting.pk, "revision": 1}


def test_the_same_page_twice_is_one_fact(cast: Cast) -> None:
    group, meeting = make_group(cast.own), cast.own.meeting()
    for _ in range(2):
        write(group, cast.own.member, meeting=meeting, revision=0)
    assert len(facts_named("ResultWritten")) == 1


def test_two_who_start_the_page_lose_nothing(cast: Cast) -> None:
    group, meeting = make_group(cast.own), cast.own.meeting()
    write(group, cast.own.member, meeting=meeting, revision=0)
    with pytest.raises(EditedMeanwhile) as conflict:
        write(group, cast.own.lead, meeting=meeting, did="Gemaild", revision=0)
    assert "Gebeld" in conflict.value.theirs
    assert "Gemaild" in conflict.value.mine


def test_an_intervisie_gets_no_page(cast: Cast) -> None:
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    with pytest.raises(Refused):
        write(make_group(cast.own), cast.own.member, meeting=meeting)
    assert ResultPage.objects.count() == 0


def test_nor_does_a_meeting_of_another_programme(cast: Cast) -> None:
    with pytest.raises(Refused):
        write(make_group(cast.own), cast.own.member, meeting=cast.other.meeting())


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_others_do_not_write_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        write(make_group(cast.own), getattr(cast.own, who), meeting=cast.own.meeting())


def test_the_page_is_as_open_as_its_meeting(cast: Cast) -> None:
    group = make_group(cast.own)
    page = write(group, cast.own.member, meeting=cast.own.meeting(label=Label.GROUP))
    assert list(queries.results_visible_to(cast.own.lead, group)) == [page]
    assert list(queries.results_visible_to(cast.own.keeper, group)) == []
