"""Letters go to a real mail server on this machine, which says yes, no, later, or nothing at all."""

import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from leerkring.platform import clock, jobs
from leerkring.platform.facts.models import FactRow
from leerkring.platform.jobs import overview
from leerkring.platform.jobs.models import Job
from leerkring.platform.mail import actions as mail
from leerkring.platform.mail import jobs as mail_jobs
from leerkring.platform.mail import queries
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.models import Letter
from leerkring.platform.mail.trial import try_out
from tests.cast import START
from tests.post import Post
from tests.running import free_port

pytestmark = pytest.mark.django_db

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Caf\xc3\xa9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    settings.JOBS_RUN_AT_ONCE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with Post() as post:
        settings.EMAIL_PORT = post.port
        yield post


def write(to: str = "noor", **more: Any) -> Letter:
    letter = mail.send(to=f"{to}@voorbeeld.example", template="mail/trial", context={}, language="nl", **more)
    assert letter is not None
    return letter


def hand_over(after: timedelta = timedelta(0)) -> int:
    with clock.at(START + after):
        return jobs.run_due()


def states() -> dict[str, tuple[str, str]]:
    return {letter.address.partition("@")[0]: (letter.state, letter.answer) for letter in Letter.objects.all()}


def read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_what_is_accepted_keeps_no_text_and_a_line_serves_many(post: Post) -> None:
    with clock.at(START):
        letters = [write(f"reader{number}", key=f"k{number}") for number in range(3)]
        assert write("reader0", key="k0") == letters[0]
    assert hand_over() == 3
    assert [taken.message_id for taken in post.taken] == [letter.message_id for letter in letters]
    assert post.conversations == 1
    for letter in Letter.objects.all():
        assert (letter.state, letter.attempts, letter.repeats) == (LetterState.ACCEPTED, 1, 0)
        assert (letter.subject, letter.body, letter.html, letter.accepted_at) == ("", "", "", START)
    assert (hand_over(), list(queries.troubled())) == (0, [])


def test_a_no_for_good_is_told_and_a_no_for_now_is_tried_again(post: Post) -> None:
    with clock.at(START):
        for name in ("unknown", "busy", "unwanted", "full", "noor"):
            write(name, until=START + timedelta(days=1) if name == "unwanted" else None)
    assert hand_over() == 5
    assert states() == {
        "unknown": (LetterState.REFUSED, "550"),
        "busy": (LetterState.WAITING, "451"),
        "unwanted": (LetterState.REFUSED, "554"),
        "full": (LetterState.WAITING, "452"),
        "noor": (LetterState.ACCEPTED, ""),
    }
    assert post.conversations == 1
    refused = list(Letter.objects.filter(state=LetterState.REFUSED).order_by("id"))
    assert [letter.body != "" for letter in refused] == [True, False]
    told = FactRow.objects.filter(name="LetterRefused").order_by("id")
    assert [fact.ids for fact in told] == [{"letter_id": letter.pk} for letter in refused]
    assert not queries.is_stuck()
    assert hand_over(timedelta(minutes=1)) == 2
    assert [letter.attempts for letter in Letter.objects.filter(state=LetterState.WAITING)] == [2, 2]
    assert set(queries.troubled()) == set(Letter.objects.exclude(state=LetterState.ACCEPTED))


def test_a_lost_answer_makes_a_repeat_that_is_known_as_one(post: Post) -> None:
    with clock.at(START):
        letter = write("silent")
    assert hand_over() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.repeats) == (LetterState.HANDING, 0)
    Letter.objects.update(address="noor@voorbeeld.example")
    assert hand_over(timedelta(minutes=1)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.repeats) == (LetterState.ACCEPTED, 1)
    assert [taken.message_id for taken in post.taken] == [letter.message_id] * 2
    assert list(queries.troubled()) == [letter]


def test_when_the_server_is_back_everything_goes_at_once(post: Post, settings: Any) -> None:
    settings.EMAIL_PORT = free_port()
    mail_jobs.looked.at = 0.0
    with clock.at(START):
        for number in range(3):
            write(f"reader{number}")
        assert not queries.is_stuck()
        assert jobs.run_due() == 3
        assert queries.is_stuck()
    assert {letter.state for letter in Letter.objects.all()} == {LetterState.WAITING}
    settings.EMAIL_PORT = post.port
    with clock.at(START + timedelta(seconds=5)):
        write("noor")
        assert jobs.run_due() == 4
        assert not queries.is_stuck()
    assert len(post.taken) == 4


def test_a_letter_that_comes_too_late_is_not_sent(post: Post) -> None:
    with clock.at(START):
        write(until=START + timedelta(minutes=15))
    with clock.at(START + timedelta(minutes=2)):
        assert queries.is_stuck()
    assert hand_over(timedelta(minutes=15)) == 1
    assert (states(), Letter.objects.get().body, post.taken) == ({"noor": (LetterState.LATE, "")}, "", [])


def test_what_is_given_up_can_be_sent_again(post: Post) -> None:
    with clock.at(START):
        letter = write("busy")
    for day in range(12):
        assert hand_over(timedelta(days=day)) == 1
    assert states() == {"busy": (LetterState.GIVEN_UP, "451")}
    assert [fact.ids for fact in FactRow.objects.filter(name="LetterGivenUp")] == [{"letter_id": letter.pk}]
    assert Job.objects.get().state == "dead"
    Letter.objects.update(address="noor@voorbeeld.example")
    with clock.at(START + timedelta(days=12)):
        assert mail.send_again(letter=letter)
        assert jobs.run_due() == 1
        assert not mail.send_again(letter=letter)
        assert overview.retry() == 1
        assert jobs.run_due() == 1
    assert [taken.message_id for taken in post.taken] == [letter.message_id]


def test_what_waited_in_a_backup_is_held_back(post: Post) -> None:
    with clock.at(START):
        letter = write()
        assert (mail.hold_back(), mail.hold_back()) == (1, 0)
        assert (jobs.run_due(), post.taken) == (0, [])
        assert mail.send_again(letter=letter)
        assert (jobs.run_due(), len(post.taken)) == (1, 1)


def test_an_invitation_is_beside_the_text_and_one_click_ends_a_kind(post: Post) -> None:
    with clock.at(START):
        write(calendar=CALENDAR, calendar_method="REQUEST", unsubscribe_url="https://leerkring.example/u/x/", kind="a")
    hand_over()
    message = read(post.taken[0].data)
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(message.iter_parts())[2]
    assert dict(calendar["Content-Type"].params) == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar.get_filename() is None
    assert calendar.get_payload(decode=True) == CALENDAR
    assert message["List-Unsubscribe"] == "<https://leerkring.example/u/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"].datetime == START
    assert Letter.objects.get().calendar == ""


def test_cleaning_empties_what_serves_nobody(settings: Any) -> None:
    settings.JOBS_RUN_AT_ONCE = False
    with clock.at(START):
        write("code", until=START + timedelta(hours=1))
        write("old")
        write("gone")
    with clock.at(START + timedelta(days=15)):
        mail_jobs.clean()
    assert states()["code"] == (LetterState.LATE, "")
    assert set(Letter.objects.values_list("body", "html")) == {("", "")}
    assert mail.forget_address(address="GONE@voorbeeld.example") == 1
    assert sorted(Letter.objects.values_list("address", "state")) == [
        ("", LetterState.LATE),
        ("code@voorbeeld.example", LetterState.LATE),
        ("old@voorbeeld.example", LetterState.WAITING),
    ]
    with clock.at(START + timedelta(days=181)):
        mail_jobs.clean()
    assert set(Letter.objects.values_list("address", flat=True)) == {""}


def test_a_story_of_long_ago_sends_nothing() -> None:
    with mail.silenced():
        assert mail.send(to="a@b.example", template="mail/trial", context={}, language="nl") is None
    assert (Letter.objects.count(), Job.objects.count()) == (0, 0)


def test_a_trial_says_what_happened(post: Post, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"smtp_url": "smtp://x"})
    tried = try_out("noor@voorbeeld.example", "nl")
    assert (tried.worked, len(post.taken)) == (True, 1)
    assert tried.said.startswith(f"The mail server took the letter, as {post.taken[0].message_id}.")
    at = f"The mail server 127.0.0.1:{post.port}"
    for to, said in {
        "unknown": f"{at} does not take mail for unknown@voorbeeld.example (550 5.1.1 No such person here).",
        "unwanted": f"{at} does not want this letter (554 5.7.1 We do not want this).",
        "silent": f"{at} does not answer, or broke off. Is the port right for the scheme of LEERKRING_SMTP_URL?",
    }.items():
        assert (try_out(f"{to}@voorbeeld.example", "nl").said) == said
    settings.EMAIL_USE_TLS = True
    assert "does not do what LEERKRING_SMTP_URL asks: STARTTLS" in try_out("noor@voorbeeld.example", "nl").said
    settings.EMAIL_USE_TLS, settings.EMAIL_PORT = False, free_port()
    assert "cannot be reached: Connection refused." in try_out("noor@voorbeeld.example", "nl").said
    assert Letter.objects.count() == 0
