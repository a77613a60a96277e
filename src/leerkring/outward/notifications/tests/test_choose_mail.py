"""One says which letters one wants, on the profile or by the link in a letter; nothing is changed by looking."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Attendance
from leerkring.community.people.models import Person
from leerkring.outward.notifications import links
from leerkring.outward.notifications.actions import choose_mail, stop_mail
from leerkring.outward.notifications.kinds import named, to_choose
from leerkring.outward.notifications.models import Muted
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
Committed = Callable[[], AbstractContextManager[object]]


def muted(person: Person) -> set[str]:
    return set(Muted.objects.filter(person=person).values_list("kind", flat=True))


def test_one_chooses_on_the_profile_and_for_nobody_else(cast: Cast, client_of: Browser) -> None:
    member, browser = cast.own.member, client_of(cast.own.member)
    every = [kind.name for kind in to_choose()]
    assert browser.post("/profile/mail/", {"wanted": every[1:]}).status_code == 302
    assert muted(member) == {every[0]}
    page = browser.get("/profile/mail/").content.decode()
    assert page.count("checked") == len(every) - 1
    assert browser.post("/profile/mail/", {"wanted": ["meeting.changed"]}).status_code == 422
    assert muted(member) == {every[0]}
    browser.post("/profile/mail/", {"wanted": every})
    assert muted(member) == set()
    assert [row.ids for row in FactRow.objects.filter(name="MailChosen")] == [
        {"person_id": member.pk, "muted_count": 1},
        {"person_id": member.pk, "muted_count": 0},
    ]
    with pytest.raises(PermissionDenied):
        choose_mail(person=member, wanted=[], by=cast.own.lead)
    assert client_of(None).get("/profile/mail/").status_code == 302


def test_a_mail_program_stops_a_kind_with_one_press_and_a_scanner_stops_nothing(
    cast: Cast, committed: Committed
) -> None:
    member = cast.own.member
    with committed():
        meetings.expect_people(meeting=cast.own.meeting(), people=[member], by=cast.own.lead)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = link[link.index("/mail/") :]
    outside = Client(enforce_csrf_checks=True)
    assert outside.get(path).status_code == 200
    assert muted(member) == set()
    assert outside.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert outside.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert muted(member) == {"meeting.expected"}
    with committed():
        meetings.expect_people(meeting=cast.own.meeting(days=20), people=[member], by=cast.own.lead)
    assert len(mail.outbox) == 1
    assert outside.post(path.replace("/stop/", "/start/")).status_code == 200
    assert muted(member) == set()


def test_a_link_that_was_made_up_or_is_for_something_else_stops_nothing(cast: Cast, client: Client) -> None:
    member = cast.own.member
    always = named("meeting.changed")
    assert always
    for token in (
        "x",
        links.stop_token(member, "meeting.changed"),
        links.stop_token(member, "no such kind"),
        links.answer_token(member, cast.own.meeting()),
    ):
        assert client.post(f"/mail/stop/{token}/").status_code == 404
        assert client.post(f"/mail/start/{token}/").status_code == 404
    with pytest.raises(PermissionDenied):
        stop_mail(person=member, kind=always)
    assert not Muted.objects.exists()


def test_one_says_from_a_letter_that_one_cannot_come(cast: Cast, client: Client) -> None:
    meeting, member = cast.own.meeting(title="Werkplaats"), cast.own.member
    meetings.expect_people(meeting=meeting, people=[member], by=cast.own.lead)
    path = f"/mail/answer/{links.answer_token(member, meeting)}/"

    def presence() -> str:
        return Attendance.objects.get(meeting=meeting, person=member).presence

    assert "Je staat op de lijst" in client.get(path).content.decode()
    assert client.post(path, {}).status_code == 422
    assert presence() == Presence.EXPECTED
    assert client.post(path, {"comes": "no"}).status_code == 302
    assert presence() == Presence.EXCUSED
    assert client.post(path, {"comes": "yes"}).status_code == 302
    assert presence() == Presence.EXPECTED
    meetings.cancel_meeting(meeting=meeting, by=cast.own.lead)
    assert client.post(path, {"comes": "no"}).status_code == 422
    assert "comes" not in client.get(path).content.decode()
    assert presence() == Presence.EXPECTED
    stranger = links.answer_token(cast.outsider, cast.other.meeting())
    assert client.get(f"/mail/answer/{stranger}/").status_code == 404
