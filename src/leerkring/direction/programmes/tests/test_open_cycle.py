from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.direction.programmes import actions, queries
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_cycle_opens_with_a_werkplaats_and_the_one_before_closes(cast: Cast) -> None:
    own = cast.own
    first, second = own.meeting(days=-90, state=MeetingState.CLOSED), own.meeting(days=-1, state=MeetingState.HELD)

    one = actions.open_cycle(programme=own.programme, meeting=first, by=own.lead)
    two = actions.open_cycle(programme=own.programme, meeting=second, by=own.lead)
    again = actions.open_cycle(programme=own.programme, meeting=second, by=own.lead)

    one.refresh_from_db()
    assert (one.number, one.closed_by, one.is_open) == (1, second, False)
    assert (two.number, two.closed_by, two.is_open) == (2, None, True)
    assert again == two
    assert queries.current_cycle(own.community) == two
    assert [row.ids for row in FactRow.objects.filter(name="CycleOpened")] == [
        {"cycle_id": one.pk, "meeting_id": first.pk},
        {"cycle_id": two.pk, "meeting_id": second.pk},
    ]


def test_the_last_cycle_can_close_without_a_next_one(cast: Cast) -> None:
    own = cast.own
    first, second = own.meeting(days=-90, state=MeetingState.CLOSED), own.meeting(days=-1, state=MeetingState.HELD)
    cycle = actions.open_cycle(programme=own.programme, meeting=first, by=own.lead)

    with pytest.raises(Refused):
        actions.close_cycle(cycle=cycle, meeting=first, by=own.lead)
    actions.close_cycle(cycle=cycle, meeting=second, by=own.lead)
    actions.close_cycle(cycle=cycle, meeting=second, by=own.lead)

    assert cycle.closed_by == second
    assert queries.current_cycle(own.community) is None
    assert FactRow.objects.filter(name="CycleClosed").count() == 1


def test_another_kind_of_meeting_another_programme_and_one_to_come_are_refused(cast: Cast) -> None:
    own = cast.own
    workshop = own.meeting(MeetingKind.WORKSHOP, days=-1, state=MeetingState.HELD)
    theirs = cast.other.meeting(days=-1, state=MeetingState.HELD)
    to_come = own.meeting(days=3)
    for meeting in (workshop, theirs, to_come):
        with pytest.raises(Refused):
            actions.open_cycle(programme=own.programme, meeting=meeting, by=own.lead)
    with clock.at(clock.now() + timedelta(days=4)):
        assert actions.open_cycle(programme=own.programme, meeting=to_come, by=own.lead).number == 1


def test_only_the_team_opens_a_cycle(cast: Cast) -> None:
    meeting = cast.own.meeting(days=-1, state=MeetingState.HELD)
    with pytest.raises(PermissionDenied):
        actions.open_cycle(programme=cast.own.programme, meeting=meeting, by=cast.own.keeper)
