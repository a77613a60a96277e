"""Who is expected hears it, with what their own calendar needs; and who knows how it stands hears nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from icalendar import Calendar, Event

from leerkring.community.accounts.models import Account
from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.outward.notifications.actions import choose_mail
from leerkring.outward.notifications.kinds import to_choose
from leerkring.outward.notifications.models import Notice
from leerkring.platform import clock, jobs
from leerkring.platform.facts.models import FactRow
from leerkring.platform.jobs.models import Job
from leerkring.platform.mail import actions as letters
from tests.cast import Cast

Committed = Callable[[], AbstractContextManager[object]]


def address(person: Person) -> str:
    return str(person.account.addresses.get().address) if person.account else ""


def content_of(message: EmailMessage, kind: str) -> bytes:
    (part,) = [part for part in message.message().walk() if part.get_content_type() == kind]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def event_of(message: EmailMessage) -> tuple[str, Event]:
    content = Calendar.from_ical(content_of(message, "text/calendar"))
    assert f'method="{content["METHOD"]}"' in message.message().as_string()
    return str(content["METHOD"]), content.events[0]


def later(committed: Committed, minutes: int) -> None:
    """What waits is done by a worker after so many minutes."""
    with clock.at(clock.now() + timedelta(minutes=minutes)), committed():
        jobs.run_due()


def test_whoever_is_put_on_the_list_gets_an_invitation_for_their_own_calendar(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting(title="Wie heb je nodig?")
    with committed():
        meetings.change_meeting(
            meeting=meeting,
            place="Breda",
            online_url="https://video.example/1",
            purpose="Leren",
            by=cast.own.lead,
        )
    Account.objects.filter(person=cast.own.keeper).update(language="en")
    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)

    nl, en = mail.outbox
    assert (nl.to, en.to) == ([address(cast.own.member)], [address(cast.own.keeper)])
    assert (nl.subject, en.subject) == (
        "Je staat op de lijst voor Wie heb je nodig?",
        "You are on the list for Wie heb je nodig?",
    )
    for message, person, other in ((nl, cast.own.member, cast.own.keeper), (en, cast.own.keeper, cast.own.member)):
        method, event = event_of(message)
        raw = message.message().as_string()
        assert (method, event["SEQUENCE"], event["SUMMARY"]) == ("REQUEST", 1, "Wie heb je nodig?")
        assert event["ATTENDEE"] == f"mailto:{address(person)}"
        assert address(other) not in raw
        assert other.given_name not in message.body
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert [part.get_content_type() for part in message.message().walk()] == [
            "multipart/alternative", "text/plain", "text/html", "text/calendar",
        ]  # fmt: skip
        html = content_of(message, "text/html").decode()
        assert "<img" not in html
        assert f"/eigen/meetings/{meeting.pk}/" in html
        assert "/mail/answer/" in message.body
    assert [row.ids["person_id"] for row in FactRow.objects.filter(name="PersonNotified")] == [
        cast.own.member.pk,
        cast.own.keeper.pk,
    ]

    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member, cast.own.follower], by=cast.own.lead)
    assert [message.to for message in mail.outbox[2:]] == [[address(cast.own.follower)]]


def test_one_meeting_three_changes_and_one_cancellation_are_one_entry_that_goes(
    cast: Cast, committed: Committed
) -> None:
    meeting, lead = cast.own.meeting(title="Werkplaats"), cast.own.lead
    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member], by=lead)
        meetings.sign_off(meeting=meeting, by=cast.own.keeper)
    for changes in (
        {"starts_at": meeting.starts_at + timedelta(hours=1), "ends_at": meeting.ends_at + timedelta(hours=1)},
        {"place": "Gemeentehuis"},
        {"title": "Werkplaats 2"},
    ):
        with committed():
            meetings.change_meeting(meeting=meeting, by=lead, **changes)
        later(committed, 3)
    with committed():
        meetings.cancel_meeting(meeting=meeting, by=lead)
    later(committed, 3)

    assert {message.to[0] for message in mail.outbox} == {address(cast.own.member)}
    assert [message.subject for message in mail.outbox] == [
        "Je staat op de lijst voor Werkplaats",
        "Werkplaats is veranderd",
        "Werkplaats is veranderd",
        "Werkplaats 2 is veranderd",
        "Werkplaats 2 gaat niet door",
    ]
    found = [event_of(message) for message in mail.outbox]
    assert [(method, event["SEQUENCE"], event["STATUS"]) for method, event in found] == [
        ("REQUEST", 0, "CONFIRMED"), ("REQUEST", 1, "CONFIRMED"), ("REQUEST", 2, "CONFIRMED"),
        ("REQUEST", 3, "CONFIRMED"), ("CANCEL", 4, "CANCELLED"),
    ]  # fmt: skip
    assert len({str(event["UID"]) for _method, event in found}) == 1
    assert "Het was:\n* " in mail.outbox[1].body
    assert "Het was:\n* Werkplaats\n" in mail.outbox[3].body
    assert all("List-Unsubscribe" not in message.extra_headers for message in mail.outbox[1:])

    with committed():
        meetings.restore_meeting(meeting=meeting, by=lead)
    later(committed, 3)
    assert mail.outbox[-1].subject == "Werkplaats 2 gaat toch door"
    assert (event_of(mail.outbox[-1])[1]["SEQUENCE"], len(mail.outbox)) == (5, 6)


def test_a_slip_of_the_hand_that_is_put_back_mails_nobody(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting()
    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member], by=cast.own.lead)
        meetings.cancel_meeting(meeting=meeting, by=cast.own.lead)
        meetings.restore_meeting(meeting=meeting, by=cast.own.lead)
        meetings.change_meeting(meeting=meeting, purpose="Anders", by=cast.own.lead)
    later(committed, 3)
    assert [message.subject for message in mail.outbox] == [f"Je staat op de lijst voor {meeting.title}"]


def test_nobody_hears_of_what_is_over_or_not_theirs_any_more(cast: Cast, committed: Committed) -> None:
    meeting, over = cast.own.meeting(), cast.own.meeting(days=-1)
    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
        meetings.expect_people(meeting=over, people=[cast.own.member], by=cast.own.lead)
        meetings.move_meeting(meeting=over, state=MeetingState.HELD, by=cast.own.lead)
    assert len(mail.outbox) == 2
    memberships.leave_community(
        membership=Membership.objects.get(person=cast.own.member, community=cast.own.community), by=cast.own.member
    )
    with committed():
        memberships.leave_everything(person=cast.own.keeper, by=cast.own.keeper)
        meetings.change_meeting(meeting=meeting, place="Elders", by=cast.own.lead)
    later(committed, 3)
    assert len(mail.outbox) == 2
    assert not Notice.objects.filter(person=cast.own.keeper).exists()


def test_who_switched_invitations_off_still_hears_of_a_cancellation(cast: Cast, committed: Committed) -> None:
    meeting, member = cast.own.meeting(), cast.own.member
    wanted = [kind.name for kind in to_choose() if kind.name != "meeting.expected"]
    choose_mail(person=member, wanted=wanted, by=member)
    with committed():
        meetings.expect_people(meeting=meeting, people=[member], by=cast.own.lead)
    assert mail.outbox == []
    with committed():
        meetings.cancel_meeting(meeting=meeting, by=cast.own.lead)
    later(committed, 3)
    assert [message.subject for message in mail.outbox] == [f"{meeting.title} gaat niet door"]


def test_a_story_of_long_ago_is_told_to_nobody(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting()
    with committed(), letters.silenced():
        meetings.expect_people(meeting=meeting, people=[cast.own.member], by=cast.own.lead)
        meetings.cancel_meeting(meeting=meeting, by=cast.own.lead)
    assert not Job.objects.exists()
    assert mail.outbox == []


def test_what_has_to_be_told_is_written_down_with_the_fact_or_not_at_all(cast: Cast) -> None:
    meeting = cast.own.meeting()
    with transaction.atomic():
        meetings.cancel_meeting(meeting=meeting, by=cast.own.lead)
        assert Job.objects.exists()
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    meetings.cancel_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=cast.own.lead)
    assert Job.objects.get().name == "notifications.tell_meeting"
