import email
import logging
import smtplib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.test import override_settings

from leerkring.platform.jobs.models import Job
from leerkring.platform.mail import actions as mail
from leerkring.platform.mail.enums import LetterState
from leerkring.platform.mail.models import Letter

pytestmark = pytest.mark.django_db

MESSAGES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).parent / "templates", Path(__file__).parents[1] / "templates"],
    }
]


@pytest.fixture(autouse=True)
def own_templates() -> Any:
    with override_settings(TEMPLATES=MESSAGES):
        yield


def send(language: str = "nl", **more: Any) -> Letter:
    context = {"name": "Noor & Zn <ok>", "link": "https://leerkring.example/x/?a=1&b=2"}
    letter = mail.send(
        to="noor@voorbeeld.example", template="mail_tests/welcome", context=context, language=language, **more
    )
    assert letter is not None
    return letter


def test_a_mail_is_plain_text_first_and_a_letter_beside_it(committed: Callable[[], Any]) -> None:
    with committed():
        letter = send()
    (message,) = outgoing.outbox
    assert isinstance(message, EmailMultiAlternatives)
    assert message.subject == "Welkom Noor & Zn <ok>"
    assert message.body == "Dag Noor & Zn <ok>,\n\nhttps://leerkring.example/x/?a=1&b=2\n"
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert isinstance(html, str)
    assert 'lang="nl"' in html
    assert "Noor &amp; Zn &lt;ok&gt;" in html
    assert '<a href="https://leerkring.example/x/?a=1&amp;b=2"' in html
    assert message.extra_headers["Message-ID"] == letter.message_id


def test_a_mail_speaks_the_language_of_its_reader(committed: Callable[[], Any]) -> None:
    with committed():
        send("en")
    assert outgoing.outbox[0].subject == "Welcome Noor & Zn <ok>"
    assert outgoing.outbox[0].extra_headers["Content-Language"] == "en"


def test_nothing_is_sent_before_the_transaction_is_committed(committed: Callable[[], Any]) -> None:
    with committed():
        letter = send()
        assert outgoing.outbox == []
        assert letter.state == LetterState.WAITING
    assert len(outgoing.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_transaction_is_undone() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert outgoing.outbox == []
    assert (Letter.objects.count(), Job.objects.count()) == (0, 0)


def test_the_same_key_gives_the_same_message_id() -> None:
    assert send(key="sign-in-1").message_id == send(key="sign-in-1").message_id
    assert send(key="sign-in-1").message_id != send(key="sign-in-2").message_id
    assert send().message_id != send().message_id


class ClosedServer:
    """A mail server that is away, and says so with an address in it."""

    def __init__(self, **_: Any) -> None: ...

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"noor@voorbeeld.example": (550, b"away")})


def test_a_refusal_is_told_and_logged_without_an_address(
    committed: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.ClosedServer"), caplog.at_level(logging.WARNING), committed():
        letter = send()
    letter.refresh_from_db()
    assert (letter.state, letter.answer) == (LetterState.REFUSED, "550")
    assert letter.message_id in caplog.text
    assert "noor" not in caplog.text


def test_a_subject_stays_on_one_line(committed: Callable[[], Any]) -> None:
    with committed():
        mail.send(
            to="noor@voorbeeld.example",
            template="mail_tests/welcome",
            context={"name": "Noor\r\nBcc: else@voorbeeld.example"},
            language="nl",
        )
    assert outgoing.outbox[0].subject == "Welkom Noor Bcc: else@voorbeeld.example"
    assert outgoing.outbox[0].recipients() == ["noor@voorbeeld.example"]


def test_the_demo_writes_each_mail_to_a_file(tmp_path: Path, committed: Callable[[], Any]) -> None:
    folder = "leerkring.platform.mail.folder.FolderBackend"
    with override_settings(EMAIL_BACKEND=folder, DATA=tmp_path), committed():
        assert get_connection().__class__.__name__ == "FolderBackend"
        send()
    (file,) = (tmp_path / "mail").glob("*.eml")
    read = email.message_from_bytes(file.read_bytes())
    assert read["To"] == "noor@voorbeeld.example"
    assert read["Auto-Submitted"] == "auto-generated"
