"""A letter that comes back later is marked as one refused at once; what is unknown or forged changes nothing."""

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from leerkring.config import readiness
from leerkring.config.console import mail as command
from leerkring.config.console.parser import make_parser
from leerkring.platform.facts.models import FactRow
from leerkring.platform.mail import actions as mail
from leerkring.platform.mail import bounces
from leerkring.platform.mail.enums import BounceOutcome, LetterState
from leerkring.platform.mail.models import Letter
from leerkring.platform.mail.queries import troubled

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.uit.example (Mail Delivery System)
To: leerkring@uit.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="A1B2.1764/mx.uit.example"

This is a MIME-encapsulated message.

--A1B2.1764/mx.uit.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--A1B2.1764/mx.uit.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.uit.example
X-Postfix-Queue-ID: A1B2
X-Postfix-Sender: rfc822; leerkring@uit.example
Arrival-Date: Thu, 13 Mar 2025 10:00:00 +0100 (CET)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.binnen.example
Diagnostic-Code: smtp; 550 {status} <{address}>: Recipient address rejected:
    User unknown in virtual mailbox table

--A1B2.1764/mx.uit.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <leerkring@uit.example>
From: Leerkring <leerkring@uit.example>
To: {address}
Subject: =?utf-8?q?Caf=C3=A9?=
Message-ID: {message_id}

--A1B2.1764/mx.uit.example--
"""

EXCHANGE = """\
From: <postmaster@binnen.example>
To: <leerkring@uit.example>
Subject: Undeliverable: Je staat op de lijst
Date: Thu, 13 Mar 2025 10:01:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="2f1e-000"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: nl-NL
In-Reply-To: {message_id}

--2f1e-000
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="9c33-000"

--9c33-000
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to {address} couldn't be delivered.

--9c33-000
Content-Type: text/html; charset="us-ascii"

<html><body><p>Your message couldn't be delivered.</p></body></html>

--9c33-000--

--2f1e-000
Content-Type: message/delivery-status

Reporting-MTA: dns;PR3PR07MB0001.binnen.example
Received-From-MTA: dns;mx.uit.example
Arrival-Date: Thu, 13 Mar 2025 10:00:58 +0000

Final-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--2f1e-000
Content-Type: message/rfc822

Received: from mx.uit.example (192.0.2.7) by binnen.example
From: Leerkring <leerkring@uit.example>
To: {address}
Subject: Je staat op de lijst
Message-ID:
 {message_id}
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain

Hallo
--x--

--2f1e-000--
"""


def came_back(form: str, letter: Letter, **more: str) -> bytes:
    said = {"address": letter.address, "message_id": letter.message_id, "action": "failed", "status": "5.1.1"} | more
    return form.replace("\n", "\r\n").format(**said).encode()


@pytest.fixture
def letter(db: None) -> Letter:
    return sent("noor")


def sent(name: str, state: LetterState = LetterState.ACCEPTED) -> Letter:
    letter = mail.send(to=f"{name}@binnen.example", template="mail/trial", context={}, language="nl")
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state=state, attempts=1, body="", answer="")
    return Letter.objects.get(pk=letter.pk)


def facts() -> list[tuple[str, object]]:
    rows = FactRow.objects.filter(name__startswith="Letter").order_by("id")
    return [(row.name, row.ids["letter_id"]) for row in rows]


@pytest.mark.parametrize("form", [POSTFIX, EXCHANGE], ids=["postfix", "exchange"])
def test_a_letter_that_comes_back_is_refused(letter: Letter, form: str) -> None:
    upper = came_back(form, letter, address="Noor@Binnen.example")
    late = came_back(form, letter, action="delayed", status="4.4.1")
    assert mail.note_bounce(message=late) == (BounceOutcome.PUT_OFF, letter)
    assert mail.note_bounce(message=late)[0] == BounceOutcome.KNOWN
    letter.refresh_from_db()
    assert (letter.state, letter.answer, list(troubled())) == (LetterState.ACCEPTED, "4.4.1", [])

    assert mail.note_bounce(message=upper) == (BounceOutcome.REFUSED, letter)
    letter.refresh_from_db()
    assert (letter.state, letter.answer, list(troubled())) == (LetterState.REFUSED, "5.1.1", [letter])
    assert mail.note_bounce(message=upper)[0] == BounceOutcome.KNOWN
    assert facts() == [("LetterPutOff", letter.pk), ("LetterRefused", letter.pk)]
    assert not mail.send_again(letter=letter), "nothing is left to send"


def test_days_without_an_answer_say_nothing_against_the_address(letter: Letter) -> None:
    outcome, _found = mail.note_bounce(message=came_back(POSTFIX, letter, status="4.4.1"))
    letter.refresh_from_db()
    assert (outcome, letter.state, facts()) == (BounceOutcome.GIVEN_UP, "given_up", [("LetterGivenUp", letter.pk)])


def test_what_is_unknown_or_forged_changes_nothing(letter: Letter) -> None:
    waiting = sent("wacht", LetterState.WAITING)
    Letter.objects.filter(pk=waiting.pk).update(attempts=0)
    good = came_back(POSTFIX, letter)
    forged = {
        "another letter": came_back(POSTFIX, letter, message_id="<0123456789abcdef@uit.example>"),
        "another reader": came_back(POSTFIX, letter, address="iemand@anders.example"),
        "never sent": came_back(POSTFIX, waiting),
    }
    for what, message in forged.items():
        assert mail.note_bounce(message=message) == (BounceOutcome.UNKNOWN, None), what
    delivered = came_back(POSTFIX, letter, action="delivered", status="2.0.0")
    assert mail.note_bounce(message=delivered)[0] == BounceOutcome.KNOWN
    none = {
        "a holiday": good.replace(b"multipart/report", b"multipart/mixed"),
        "nothing returned": good.replace(b"text/rfc822-headers", b"text/plain"),
        "no status": good.replace(b"message/delivery-status", b"text/plain"),
        "no Message-ID": good.replace(b"Message-ID:", b"X-Old-ID:"),
        "plain": b"Subject: hallo\r\n\r\n" + letter.address.encode(),
        "nothing": b"",
        "noise": bytes(range(256)) * 40,
        "nested": b"Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n" * 3_000,
    }
    for what, message in none.items():
        assert mail.note_bounce(message=message) == (BounceOutcome.NO_REPORT, None), what
    letter.refresh_from_db()
    assert (letter.state, facts()) == (LetterState.ACCEPTED, [])


def test_a_notification_for_other_alphabets_is_read_as_well(letter: Letter) -> None:
    message = came_back(POSTFIX, letter).replace(
        b"message/delivery-status", b"message/global-delivery-status\r\nContent-Transfer-Encoding: 8bit"
    )
    found = bounces.read(message)
    assert found is not None
    assert (found.message_id, found.status, found.is_refusal) == (letter.message_id, "5.1.1", True)


def test_the_command_reads_a_message_or_a_folder(
    letter: Letter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str, message: bytes = b"") -> str:
        stdin = SimpleNamespace(buffer=io.BytesIO(message), isatty=lambda: False)
        monkeypatch.setattr(sys, "stdin", stdin)
        assert command.run(make_parser().parse_args(["mail", *arguments])) == 0
        return capsys.readouterr().err

    assert run("bounce", message=b"Subject: hallo\n\nhallo") == (
        "This is no delivery status notification that returns what it is about. Nothing changed.\n"
    )
    assert (
        run("bounce", message=came_back(POSTFIX, letter)) == f"Letter {letter.pk} came back: it is noted as refused.\n"
    )
    other = sent("jan")
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.eerste").write_bytes(came_back(EXCHANGE, other))
    (tmp_path / "new" / "2.tweede").write_bytes(b"Subject: hallo\n\nhallo")
    (tmp_path / "cur" / "0.gelezen:2,S").write_bytes(came_back(POSTFIX, sent("piet")))
    assert run("bounce", "--folder", str(tmp_path)).splitlines() == [
        f"Letter {other.pk} came back: it is noted as refused.",
        "This is no delivery status notification that returns what it is about. Nothing changed.",
    ]
    assert [file.name for file in sorted((tmp_path / "cur").iterdir())] == [
        "0.gelezen:2,S", "1.eerste:2,S", "2.tweede:2,S",
    ]  # fmt: skip
    assert run("bounce", "--folder", str(tmp_path)) == "Nothing new in this folder.\n"
    assert Letter.objects.filter(state=LetterState.REFUSED).count() == 2
    with monkeypatch.context() as away:
        away.setattr(readiness, "waiting_migrations", lambda: ["0002"])
        assert command.run(make_parser().parse_args(["mail", "bounce"])) == os.EX_TEMPFAIL
    for wrong in (["bounce", "--folder", str(tmp_path / "new")], ["--folder", str(tmp_path)]):
        with pytest.raises(command.Stop):
            command.run(make_parser().parse_args(["mail", *wrong]))
