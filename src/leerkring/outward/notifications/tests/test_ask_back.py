"""Letters that ask something back: of a commitment, and of a meeting that is over. Their links need no account."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.core import mail
from django.test import Client

from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.evaluation import actions as evaluations
from leerkring.community.meetings.evaluation.actions import Asked
from leerkring.community.meetings.models import Attendance
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import CommitmentOutcome
from leerkring.platform import clock
from tests.cast import Cast

Committed = Callable[[], AbstractContextManager[object]]


def paths_in(body: str, word: str) -> list[str]:
    return re.findall(rf"https?://[^/\s]+(/{word}/\S+)", body)


def test_a_commitment_is_looked_back_on_by_one_tap_in_the_letter(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting(MeetingKind.WORKSHOP, days=-1, state=MeetingState.HELD)
    made = uptake.make_commitment(
        person=cast.own.member, meeting=meeting, text="Ik bel inkoop", due_on=clock.today(), by=cast.own.member
    )
    scanner, phone = Client(), Client(enforce_csrf_checks=False)
    with clock.at(clock.now() + timedelta(days=43)):
        for _time in range(2):
            with committed():
                uptake.remind_of_commitments()
        letter = mail.outbox[0]
        assert (len(mail.outbox), letter.to) == (1, ["member.eigen@voorbeeld.example"])
        assert "Ik bel inkoop" in letter.body
        links = paths_in(str(letter.body), "answer")
        assert len(links) == 4
        for link in links:
            assert scanner.get(link).status_code == 200
        made.refresh_from_db()
        assert made.outcome == ""
        assert phone.post(links[1], {"outcome": "partly", "revision": 1}).status_code == 302
    made.refresh_from_db()
    assert made.outcome == CommitmentOutcome.PARTLY
    with clock.at(clock.now() + timedelta(days=85)), committed():
        uptake.remind_of_commitments()
    assert len(mail.outbox) == 2
    uptake.look_back(commitment=made, outcome=CommitmentOutcome.DONE, by=cast.own.member)


def test_who_was_there_is_asked_how_it_was_once(cast: Cast, committed: Committed) -> None:
    meeting = cast.own.meeting(MeetingKind.WORKSHOP, days=1)
    evaluations.prepare_evaluation(meeting=meeting, questions=[Asked("useful"), Asked("better")], by=cast.own.lead)
    for person, presence in ((cast.own.member, Presence.PRESENT), (cast.own.follower, Presence.EXCUSED)):
        Attendance.objects.create(meeting=meeting, person=person, presence=presence)
    with clock.at(meeting.ends_at + timedelta(minutes=5)):
        for _time in range(2):
            with committed():
                evaluations.open_and_close_evaluations()
        assert [letter.to for letter in mail.outbox] == [["member.eigen@voorbeeld.example"]]
        (link,) = paths_in(str(mail.outbox[0].body), "evaluate")
        assert Client().get(link).context["form"] is not None
