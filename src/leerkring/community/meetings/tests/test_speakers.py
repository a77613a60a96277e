"""A speaker sees one meeting, for a time, by a link; everything else is not there for them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.actions import Line
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.speakers import actions
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.config.permissions import addresses
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def invite(meeting: Meeting, by: Person, **more: object) -> Speaker:
    said = {"address": "expert@voorbeeld.example", "given_name": "Noor", "family_name": "Kunde"}
    last_day = meeting.day + timedelta(days=7)
    return actions.invite_speaker(meeting=meeting, by=by, **{**said, "last_day": last_day, **more})  # type: ignore[arg-type]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Of a programme that is not public."""
    found = cast.other.meeting(days=3, label=Label.PROGRAMME)
    meetings.put_run_sheet_items(
        meeting=found, by=cast.other.lead,
        lines=[Line(20, "Welkom", facilitator_note="Alleen voor ons"), Line(40, "Lezing", note="Met vragen")],
    )  # fmt: skip
    return found


def test_inviting_makes_a_person_once_and_a_link_that_nobody_guesses(cast: Cast, meeting: Meeting) -> None:
    speaker = invite(meeting, cast.other.facilitator)
    assert (speaker.person.name, len(speaker.token) >= 32, speaker.has_access) == ("Noor Kunde", True, True)
    again = invite(meeting, cast.other.lead, note="Kom vroeg")
    assert (again.pk, again.token, Speaker.objects.count(), again.note) == (speaker.pk, speaker.token, 1, "Kom vroeg")
    assert FactRow.objects.filter(name="SpeakerInvited").count() == 2
    assert not speaker.person.memberships.exists()
    for stranger in (cast.other.member, cast.own.lead, cast.outsider):
        with pytest.raises(PermissionDenied):
            invite(meeting, stranger)
    for wrong in (meeting.day - timedelta(days=1), meeting.day + timedelta(days=500)):
        with pytest.raises(Refused):
            invite(meeting, cast.other.lead, last_day=wrong)
    with pytest.raises(Refused):
        invite(cast.other.meeting(MeetingKind.INTERVISIE, keeps_text=False), cast.other.lead)


def test_the_link_shows_this_meeting_and_no_names_and_stops_by_itself(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    meetings.expect_people(meeting=meeting, people=[cast.other.member], by=cast.other.lead)
    for label in (Label.PROGRAMME, Label.GROUP):
        meetings.add_material(
            meeting=meeting, title=f"Stuk {label}", url="https://voorbeeld.example/", label=label, by=cast.other.lead
        )
    own_part = RunSheetItem.objects.get(title="Lezing")
    speaker = invite(meeting, cast.other.lead, item=own_part, note="Een half uur")
    page, guest = reverse("meetings:speaker_page", args=[speaker.token]), client_of(None)
    shown = guest.get(page).content.decode()
    assert all(words in shown for words in (meeting.title, "Lezing", "Welkom", "Een half uur", "Stuk programme"))
    assert not any(words in shown for words in ("Alleen voor ons", cast.other.member.name, "Stuk group"))
    given, kept = meeting.materials.order_by("pk")
    assert guest.get(reverse("meetings:speaker_material", args=[speaker.token, given.pk])).status_code == 302
    assert guest.get(reverse("meetings:speaker_material", args=[speaker.token, kept.pk])).status_code == 404
    assert guest.get(reverse("meetings:speaker_page", args=["x" * 32])).status_code == 404
    elsewhere = cast.other.meeting(days=4).materials.create(
        community=meeting.community, title="Elders", url="https://voorbeeld.example/", added_at=clock.now()
    )
    assert guest.get(reverse("meetings:speaker_material", args=[speaker.token, elsewhere.pk])).status_code == 404
    with clock.at(meeting.starts_at + timedelta(days=7)):
        assert guest.get(page).status_code == 200
    with clock.at(meeting.starts_at + timedelta(days=8)):
        over = guest.get(page)
        assert (over.status_code, "Lezing" in over.content.decode()) == (410, False)
        assert guest.get(reverse("meetings:speaker_material", args=[speaker.token, given.pk])).status_code == 404
    actions.end_speaker(speaker=speaker, by=cast.other.lead)
    assert guest.get(page).status_code == 410
    actions.restore_speaker(speaker=speaker, by=cast.other.lead)
    invite(meeting, cast.other.lead, sees_run_sheet=False, sees_materials=False)
    bare = guest.get(page).content.decode()
    assert ("Welkom" in bare, "Stuk programme" in bare) == (False, False)


def test_signed_in_a_speaker_finds_no_other_page(cast: Cast, meeting: Meeting, client_of: Browser) -> None:
    speaker = invite(meeting, cast.other.lead)
    browser, tried = client_of(speaker.person), 0
    for address in addresses():
        if address.is_of_programme and address.parts <= {"slug", "meeting_id"} and "GET" in address.methods():
            named = {"slug": "ander", "meeting_id": meeting.pk}
            url = reverse(address.name, kwargs={part: named[part] for part in address.parts})
            assert browser.get(url).status_code == 404, url
            tried += 1
    assert tried > 20


def test_the_team_invites_and_stops_by_hand(cast: Cast, meeting: Meeting, client_of: Browser) -> None:
    page, team = f"/ander/meetings/{meeting.pk}/speakers/", client_of(cast.other.lead)
    assert (team.get(page).status_code, team.post(page, {}).status_code) == (200, 422)
    assert client_of(cast.other.member).get(page).status_code == 403
    sent = team.post(page, {
        "given_name": "Noor", "address": "noor@voorbeeld.example", "sees_run_sheet": "on",
        "last_day": meeting.day.isoformat(), "item": RunSheetItem.objects.get(title="Lezing").pk,
    })  # fmt: skip
    speaker = Speaker.objects.get()
    assert (sent.status_code, speaker.sees_materials, speaker.sees_run_sheet) == (302, False, True)
    assert speaker.token in team.get(page).content.decode()
    assert team.post(f"{page}{speaker.pk}/end/").status_code == 302
    speaker.refresh_from_db()
    assert not speaker.has_access
    assert team.post(f"{page}{speaker.pk}/restore/").status_code == 302
    own = client_of(cast.own.lead)
    assert own.post(f"/eigen/meetings/{cast.own.meeting().pk}/speakers/{speaker.pk}/end/").status_code == 404
