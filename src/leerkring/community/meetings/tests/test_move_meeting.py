from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MEETING_TRANSITIONS, MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


@pytest.mark.parametrize("before", MeetingState)
@pytest.mark.parametrize("after", MeetingState)
def test_a_meeting_moves_along_the_table_and_no_other_way(
    cast: Cast, before: MeetingState, after: MeetingState
) -> None:
    meeting = cast.own.meeting(state=before, days=-1)
    if before == after:
        actions.move_meeting(meeting=meeting, state=after, by=cast.own.facilitator)
        assert not FactRow.objects.exists()
    elif after in MEETING_TRANSITIONS[before]:
        actions.move_meeting(meeting=meeting, state=after, by=cast.own.facilitator)
        assert [row.ids for row in FactRow.objects.all()] == [
            {"meeting_id": meeting.pk, "before": before.value, "state": after.value}
        ]
        assert Meeting.objects.get(pk=meeting.pk).state == after
    else:
        with pytest.raises(Refused):
            actions.move_meeting(meeting=meeting, state=after, by=cast.own.facilitator)
        assert Meeting.objects.get(pk=meeting.pk).state == before


def test_an_intervisie_closes_without_a_harvest(cast: Cast) -> None:
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, state=MeetingState.HELD, days=-1, keeps_text=False)
    actions.move_meeting(meeting=meeting, state=MeetingState.CLOSED, by=cast.own.facilitator)
    assert meeting.state == MeetingState.CLOSED


def test_a_meeting_to_come_was_not_held(cast: Cast) -> None:
    meeting = cast.own.meeting(days=3)
    with pytest.raises(Refused):
        actions.move_meeting(meeting=meeting, state=MeetingState.HELD, by=cast.own.facilitator)
    with clock.at(meeting.starts_at + timedelta(hours=1)):
        actions.move_meeting(meeting=meeting, state=MeetingState.HELD, by=cast.own.facilitator)
    assert meeting.is_held


def test_cancelling_can_be_undone_on_the_page(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    browser = client_of(cast.own.facilitator)

    assert browser.post(f"/eigen/meetings/{meeting.pk}/cancel/").status_code == 302
    page = browser.get(f"/eigen/meetings/{meeting.pk}/").content.decode()
    assert f'action="/eigen/meetings/{meeting.pk}/restore/"' in page
    assert Meeting.objects.get(pk=meeting.pk).is_cancelled
    assert browser.post(f"/eigen/meetings/{meeting.pk}/restore/").status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PLANNED


def test_the_page_says_why_a_step_is_refused(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    browser = client_of(cast.own.facilitator)
    for state in ("", "feest", "closed"):
        answer = browser.post(f"/eigen/meetings/{meeting.pk}/move/", {"state": state})
        assert answer.status_code == 422
    assert "kan niet afgesloten worden" in answer.content.decode()


def test_a_double_click_moves_once(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(days=0)
    browser = client_of(cast.own.facilitator)
    for _click in range(2):
        assert browser.post(f"/eigen/meetings/{meeting.pk}/move/", {"state": "live"}).status_code == 302
    assert FactRow.objects.filter(name="MeetingMoved").count() == 1


@pytest.mark.parametrize("who", ["member", "follower"])
def test_readers_move_nothing(cast: Cast, client_of: Browser, who: str) -> None:
    meeting = cast.own.meeting(days=-1)
    with pytest.raises(PermissionDenied):
        actions.move_meeting(meeting=meeting, state=MeetingState.HELD, by=getattr(cast.own, who))
    for verb in ("move/", "cancel/", "restore/"):
        answer = client_of(getattr(cast.own, who)).post(f"/eigen/meetings/{meeting.pk}/{verb}", {"state": "held"})
        assert answer.status_code == 403
    assert not FactRow.objects.exists()


def test_a_facilitator_who_left_the_programme_leads_nothing_any_more(cast: Cast) -> None:
    meeting = cast.own.meeting(days=-1)
    Meeting.objects.filter(pk=meeting.pk).update(facilitator=cast.outsider)
    meeting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.move_meeting(meeting=meeting, state=MeetingState.HELD, by=cast.outsider)
