from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.insights.tests.making import (
    facts_named,
    make_group,
    make_group_meeting,
    make_line,
    make_meeting,
    only_fact,
)
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_a_line_stands_at_the_end(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    first = make_line(cast.own, "  Bel \n eerder ", meeting=meeting)
    second = make_line(cast.own, "Waarom niet?", meeting=meeting, kind=HarvestKind.QUESTION)
    assert [(line.text, line.kind, line.position) for line in queries.lines_of(meeting)] == [
        ("Bel eerder", HarvestKind.NOTE, 1),
        ("Waarom niet?", HarvestKind.QUESTION, 2),
    ]
    assert first.by == cast.own.facilitator
    assert facts_named("LineHarvested")[1].ids == {
        "meeting_id": meeting.pk,
        "harvest_id": second.pk,
        "kind": "question",
    }


@pytest.mark.parametrize("text", ["👩🏽‍🌾 oogst", "שלום עולם", "m" * 500, "'; DROP TABLE", "<script>x</script>"])
def test_any_text_is_kept_letter_by_letter(cast: Cast, text: str) -> None:
    make_line(cast.own, text)
    assert HarvestItem.objects.get().text == text


def test_the_same_key_is_one_line(cast: Cast) -> None:
    meeting, key = make_meeting(cast.own), str(uuid4())
    first = make_line(cast.own, "Bel eerder", meeting=meeting, key=key)
    assert make_line(cast.own, "Bel eerder", meeting=meeting, key=key) == first
    assert HarvestItem.objects.count() == 1
    assert len(facts_named("LineHarvested")) == 1


def test_a_key_of_another_meeting_opens_nothing(cast: Cast) -> None:
    key = str(uuid4())
    make_line(cast.other, key=key)
    with pytest.raises(PermissionDenied):
        make_line(cast.own, key=key)


def test_an_intervisie_keeps_no_line(cast: Cast) -> None:
    meeting = make_meeting(cast.own, kind=MeetingKind.INTERVISIE, keeps_text=False)
    for by in (cast.own.lead, cast.own.facilitator):
        with pytest.raises(Refused):
            make_line(cast.own, meeting=meeting, by=by)
    assert HarvestItem.objects.count() == 0


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.CLOSED])
def test_a_cancelled_or_closed_meeting_takes_no_lines(cast: Cast, state: MeetingState) -> None:
    with pytest.raises(Refused):
        make_line(cast.own, meeting=make_meeting(cast.own, state=state))


@pytest.mark.parametrize("text", ["", "   \n ", "m" * 501])
def test_empty_and_too_long_lines_are_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Refused):
        make_line(cast.own, text)


def test_who_may_harvest(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    for who in ("facilitator", "keeper", "lead"):
        make_line(cast.own, who, meeting=meeting, by=getattr(cast.own, who))
    for who in ("member", "follower", "colleague"):
        with pytest.raises(PermissionDenied):
            make_line(cast.own, who, meeting=meeting, by=getattr(cast.own, who))
    with pytest.raises(PermissionDenied):
        make_line(cast.own, "ander", meeting=meeting, by=cast.other.lead)
    assert HarvestItem.objects.count() == 3


def test_a_group_harvests_its_own_meeting_behind_its_own_door(cast: Cast) -> None:
    meeting = make_group_meeting(cast.own, make_group(cast.own))
    make_line(cast.own, meeting=meeting, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        make_line(cast.own, meeting=meeting, by=cast.own.keeper)


def test_a_line_is_changed_with_its_kind(cast: Cast) -> None:
    line = make_line(cast.own)
    actions.change_harvest(item=line, text="Bel later", kind=HarvestKind.INSIGHT, by=cast.own.keeper, revision=1)
    line.refresh_from_db()
    assert (line.text, line.kind, line.revision, line.changed_by) == (
        "Bel later",
        HarvestKind.INSIGHT,
        2,
        cast.own.keeper,
    )
    assert only_fact("HarvestChanged").ids["revision"] == 2


def test_two_who_change_a_line_lose_nothing(cast: Cast) -> None:
    line = make_line(cast.own)
    actions.change_harvest(item=line, text="De ene", kind=HarvestKind.NOTE, by=cast.own.keeper, revision=1)
    with pytest.raises(EditedMeanwhile) as conflict:
        actions.change_harvest(item=line, text="De andere", kind=HarvestKind.NOTE, by=cast.own.lead, revision=1)
    assert conflict.value.theirs.endswith(": De ene")
    assert conflict.value.mine.endswith(": De andere")


def test_a_removed_line_is_put_back_in_its_place(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    first, second = make_line(cast.own, "Een", meeting=meeting), make_line(cast.own, "Twee", meeting=meeting)
    for _ in range(2):
        actions.remove_harvest(item=first, by=cast.own.facilitator)
    assert list(queries.lines_of(meeting)) == [second]
    assert make_line(cast.own, "Drie", meeting=meeting).position == 3
    for _ in range(2):
        actions.restore_harvest(item=first, by=cast.own.facilitator)
    assert [line.text for line in queries.lines_of(meeting)] == ["Een", "Twee", "Drie"]
    assert (len(facts_named("HarvestRemoved")), len(facts_named("HarvestRestored"))) == (1, 1)


def test_others_change_and_remove_nothing(cast: Cast) -> None:
    line = make_line(cast.own)
    with pytest.raises(PermissionDenied):
        actions.change_harvest(item=line, text="Anders", kind=HarvestKind.NOTE, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.remove_harvest(item=line, by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.restore_harvest(item=line, by=cast.own.member)


def test_finishing_makes_the_meeting_harvested(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    make_line(cast.own, meeting=meeting)
    for _ in range(2):
        actions.finish_harvest(meeting=meeting, by=cast.own.facilitator)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HARVESTED
    assert only_fact("HarvestFinished").ids == {"meeting_id": meeting.pk, "line_count": 1}


def test_finishing_right_after_the_meeting_says_that_it_was_held(cast: Cast) -> None:
    meeting = make_meeting(cast.own, state=MeetingState.LIVE)
    make_line(cast.own, meeting=meeting)
    actions.finish_harvest(meeting=meeting, by=cast.own.facilitator)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HARVESTED


def test_nothing_written_or_nothing_held_is_not_finished(cast: Cast) -> None:
    meeting, planned = make_meeting(cast.own), make_meeting(cast.own, days=3, state=MeetingState.PLANNED)
    with pytest.raises(Refused):
        actions.finish_harvest(meeting=meeting, by=cast.own.facilitator)
    make_line(cast.own, meeting=planned)
    with pytest.raises(Refused):
        actions.finish_harvest(meeting=planned, by=cast.own.facilitator)
    with pytest.raises(PermissionDenied):
        actions.finish_harvest(meeting=meeting, by=cast.own.member)
    assert meeting.label == Label.PROGRAMME
