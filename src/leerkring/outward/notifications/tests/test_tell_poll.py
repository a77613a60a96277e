"""Who answered hears which date it became; who speaks gets the link that is theirs alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.core import mail

from leerkring.community.meetings.enums import MeetingKind, PollReply
from leerkring.community.meetings.polls import actions as polls
from leerkring.community.meetings.speakers import actions as speakers
from leerkring.community.people.models import Person
from leerkring.platform import clock
from tests.cast import Cast

Committed = Callable[[], AbstractContextManager[object]]


def address(person: Person) -> str:
    return str(person.account.addresses.get().address) if person.account else ""


def test_who_answered_is_told_once_with_and_without_an_account(cast: Cast, committed: Committed) -> None:
    start = clock.now() + timedelta(days=9)
    poll = polls.open_poll(
        community=cast.own.community, kind=MeetingKind.WORKSHOP, title="Terugkomdag", by=cast.own.lead,
        slots=[polls.Slot(start, start + timedelta(hours=2))], closes_on=clock.today() + timedelta(days=5),
    )  # fmt: skip
    option = poll.options.get()
    said = {option.pk: PollReply.YES}
    polls.answer_poll(poll=poll, answers=said, device="a", by=cast.own.member)
    polls.answer_poll(
        poll=poll, answers=said, device="b", by=None, guest=polls.Guest("Sam", address="sam@voorbeeld.example")
    )
    polls.answer_poll(poll=poll, answers=said, device="c", by=None, guest=polls.Guest("Zonder adres"))
    polls.need_people(poll=poll, people=[cast.own.keeper], by=cast.own.lead)
    with committed():
        polls.choose_date(option=option, by=cast.own.lead)
    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {address(cast.own.member), "sam@voorbeeld.example"}
    for message in told.values():
        assert "Terugkomdag" in message.subject
        assert f"/poll/{poll.token}/" in str(message.body)
    assert "Sam" in str(told["sam@voorbeeld.example"].body)
    with committed():
        polls.choose_date(option=option, by=cast.own.lead)
    assert len(mail.outbox) == 2


def test_a_speaker_gets_the_link(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting(days=5)
    with committed():
        speaker = speakers.invite_speaker(
            meeting=meeting, address="noor@voorbeeld.example", given_name="Noor", last_day=meeting.day, by=cast.own.lead
        )
    (message,) = mail.outbox
    assert message.to == ["noor@voorbeeld.example"]
    assert f"/speaker/{speaker.token}/" in str(message.body)
