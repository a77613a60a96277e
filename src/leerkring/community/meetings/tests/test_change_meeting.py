from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]

FORM = {
    "title": "Nieuwe titel",
    "day": "2025-03-13",
    "starts": "13:00",
    "ends": "17:00",
    "label": "programme",
    "place": "Stadhuis",
}


def test_a_change_counts_the_revision(cast: Cast) -> None:
    meeting = cast.own.meeting()
    actions.change_meeting(meeting=meeting, place="Stadhuis", revision=1, by=cast.own.facilitator)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.revision, meeting.changed_by) == ("Stadhuis", 2, cast.own.facilitator)
    assert [row.ids for row in FactRow.objects.filter(name="MeetingChanged")] == [
        {
            "meeting_id": meeting.pk,
            "revision": 2,
            "in_calendars": ["place"],
            "day_before": meeting.day.isoformat(),
            "last_day_before": meeting.last_day.isoformat(),
        }
    ]


def test_the_second_of_two_people_sees_both_texts_and_loses_nothing(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(title="Werkplaats")
    actions.change_meeting(meeting=meeting, title="Werkplaats van Lead", revision=1, by=cast.own.lead)

    with pytest.raises(EditedMeanwhile) as raised:
        actions.change_meeting(meeting=meeting, title="Werkplaats van Keeper", revision=1, by=cast.own.keeper)
    assert raised.value.by_name == cast.own.lead.name
    assert "Werkplaats van Lead" in raised.value.theirs
    assert "Werkplaats van Keeper" in raised.value.mine

    browser = client_of(cast.own.keeper)
    address = f"/eigen/meetings/{meeting.pk}/change/"
    answer = browser.post(address, {**FORM, "revision": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Werkplaats van Lead" in page
    assert "Nieuwe titel" in page
    assert 'name="revision" value="2"' in page
    assert Meeting.objects.get(pk=meeting.pk).title == "Werkplaats van Lead"
    assert browser.post(address, {**FORM, "revision": "2"}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).title == "Nieuwe titel"


@pytest.mark.parametrize("words", [{"purpose": "De zaak van Sanne"}, {"title": "De zaak van Sanne"}])
def test_no_words_get_into_an_intervisie(cast: Cast, client_of: Browser, words: dict[str, str]) -> None:
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, keeps_text=False, title="Intervisie 1")
    with pytest.raises(Refused):
        actions.change_meeting(meeting=meeting, by=cast.own.facilitator, **words)  # type: ignore[arg-type]

    client_of(cast.own.facilitator).post(f"/eigen/meetings/{meeting.pk}/change/", {**FORM, **words, "revision": "1"})

    kept = Meeting.objects.get(pk=meeting.pk)
    assert (kept.title, kept.purpose, kept.place) == ("Intervisie 1", "", "Stadhuis")


def test_a_refused_change_leaves_the_row_at_hand_as_it_was(cast: Cast) -> None:
    meeting = cast.own.meeting(title="Werkplaats")
    with pytest.raises(Refused):
        actions.change_meeting(meeting=meeting, title="", by=cast.own.lead)
    assert meeting.title == "Werkplaats"


def test_a_cancelled_meeting_is_put_back_first(cast: Cast) -> None:
    meeting = cast.own.meeting(state=MeetingState.CANCELLED)
    with pytest.raises(Refused):
        actions.change_meeting(meeting=meeting, place="Stadhuis", by=cast.own.lead)


@pytest.mark.parametrize("who", ["member", "follower", "colleague"])
def test_readers_change_nothing(cast: Cast, who: str) -> None:
    meeting = cast.own.meeting()
    with pytest.raises(PermissionDenied):
        actions.change_meeting(meeting=meeting, place="Elders", by=getattr(cast.own, who))
    assert not FactRow.objects.exists()
