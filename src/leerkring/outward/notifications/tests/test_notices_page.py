"""The team sees what went to whom and why, and what to do about a letter that did not arrive; nobody else does."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings import actions as meetings
from leerkring.community.people.models import Person
from leerkring.outward.notifications import queries
from leerkring.outward.notifications.models import Notice
from leerkring.platform import clock
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.models import Letter
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
Committed = Callable[[], AbstractContextManager[object]]


def test_the_team_sees_what_went_out_here_and_nobody_else_sees_it(
    cast: Cast, client_of: Browser, committed: Committed
) -> None:
    meeting = cast.own.meeting(title="Werkplaats")
    with committed():
        meetings.expect_people(meeting=meeting, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
        meetings.expect_people(meeting=cast.other.meeting(), people=[cast.other.member], by=cast.other.lead)
    mine = queries.notices_of(cast.own.community)
    assert {notice.person for notice in mine} == {cast.own.member, cast.own.keeper}
    Letter.objects.filter(notices__person=cast.own.keeper).update(state=LetterState.REFUSED)
    assert [notice.person for notice in queries.not_arrived(mine)] == [cast.own.keeper]

    page = client_of(cast.own.lead).get("/eigen/mail/").content.decode()
    assert "Eén brief kwam niet aan" in page
    assert "De ontvangende kant kent dit adres niet." in page
    assert page.count(cast.own.keeper.name) == 2
    assert page.count(cast.own.member.name) == 1
    assert "Je staat op de lijst voor deze bijeenkomst." in page
    assert cast.other.member.name not in page
    assert "1 brief" not in client_of(cast.own.keeper).get("/eigen/people/").content.decode()
    for person in (cast.own.keeper, cast.own.facilitator, cast.own.member):
        assert client_of(person).get("/eigen/mail/").status_code == 403
    assert client_of(None).get("/eigen/mail/").status_code == 302


def test_many_letters_cost_as_many_questions_as_a_few(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)

    def write(count: int) -> None:
        letters = Letter.objects.bulk_create(
            Letter(message_id=f"{count}-{number}", kind="x", language="nl", written_at=clock.now(), state=state)
            for number in range(count)
            for state in [LetterState.REFUSED if number % 2 else LetterState.ACCEPTED]
        )
        Notice.objects.bulk_create(
            Notice(
                person=cast.own.member, community=cast.own.community, kind="meeting.expected", letter=letter,
                key=f"{count}-{number}", about="Werkplaats", at=clock.now(),
            )
            for number, letter in enumerate(letters)
        )  # fmt: skip

    write(3)
    with CaptureQueriesContext(connection) as few:
        browser.get("/eigen/mail/")
    write(300)
    with CaptureQueriesContext(connection) as many:
        assert browser.get("/eigen/mail/").status_code == 200
    assert len(many) == len(few)
