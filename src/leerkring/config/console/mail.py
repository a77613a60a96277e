import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError
from django.utils.timezone import localtime

from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, say, text
from leerkring.platform.mail import actions, queries
from leerkring.platform.mail.enums import BounceOutcome
from leerkring.platform.mail.models import Letter

MOST_BYTES = 10_000_000
SAID = {
    BounceOutcome.REFUSED: "Letter %(letter)s came back: it is noted as refused.",
    BounceOutcome.GIVEN_UP: "Letter %(letter)s came back undelivered: it is noted as given up.",
    BounceOutcome.PUT_OFF: "Letter %(letter)s takes longer, says the mail server. Nothing to do yet.",
    BounceOutcome.KNOWN: "Letter %(letter)s: this was known, or needs no note. Nothing changed.",
    BounceOutcome.UNKNOWN: "This notification is about no letter that we sent to that reader. Nothing changed.",
    BounceOutcome.NO_REPORT: "This is no delivery status notification that returns what it is about. Nothing changed.",
}


def run(options: Namespace) -> int:
    if options.what == "bounce" and options.folder is None:
        return _or_later(options)
    return _run(options)


def _or_later(options: Namespace) -> int:
    """A mail server that gives us a message tries again later when the database is away, instead of sending it back."""
    try:
        return _run(options)
    except DatabaseError:
        say("The database does not answer. The mail server tries again later.")
    except Stop as stop:
        say(str(stop))
    return os.EX_TEMPFAIL


def _run(options: Namespace) -> int:
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start leerkring serve first.")
    if options.what == "bounce":
        return _bounce(options.folder, options.json)
    if options.folder is not None:
        raise Stop("--folder goes with leerkring mail bounce.")
    if options.retry is not None:
        return _retry(options.retry)
    counts, letters = (
        queries.counts(),
        [_as_row(letter) for letter in queries.troubled().order_by("-id")[: options.most]],
    )
    if options.json:
        result({"counts": counts, "letters": letters})
        return 0
    text(", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counts.items()) + ".")
    for row in reversed(letters):
        twice = "may have come twice" if row["repeats"] else ""
        text(
            f"{row['id']:>8}  {row['state']:<8} {row['answer']:<4} {row['at']}  {row['kind']}  {row['address']} {twice}"
        )
    if queries.is_stuck():
        say("Mail does not get out at the moment. Is a worker running, does the mail server answer?")
        say("leerkring check --mail ADDRESS sends a trial letter and says what happens.")
    return 0


def _as_row(letter: Letter) -> dict[str, object]:
    moment = letter.accepted_at or letter.tried_at or letter.written_at
    return {
        "id": letter.pk,
        "state": letter.state,
        "answer": letter.answer,
        "at": f"{localtime(moment):%Y-%m-%d %H:%M}",
        "kind": letter.kind,
        "address": letter.address,
        "attempts": letter.attempts,
        "repeats": letter.repeats,
        "message_id": letter.message_id,
    }


def _retry(which: str) -> int:
    letters = queries.sendable_again()
    if which != "all":
        if not (which.isascii() and which.isdigit() and len(which) < 19):
            raise Stop("Give the number of a letter, or all.")
        letters = letters.filter(pk=int(which))
    count = sum(actions.send_again(letter=letter) for letter in letters)
    if not count and which != "all":
        raise Stop(f"Letter {which} cannot be sent again: it did not fail, or its text is gone after two weeks.")
    say("One letter is sent again." if count == 1 else f"{count} letters are sent again.")
    return 0


def _bounce(folder: Path | None, as_json: bool) -> int:
    """Always 0 once a message was read: a mail server would send our no back to whoever wrote it."""
    if folder is not None:
        read = [_note(message) for message in _new_in(folder)]
    elif sys.stdin.isatty():
        raise Stop("Give the message on standard input: leerkring mail bounce < message, or a folder with --folder.")
    else:
        read = [_note(sys.stdin.buffer.read(MOST_BYTES))]
    if as_json:
        result({"read": read})
    elif not read:
        say("Nothing new in this folder.")
    return 0


def _note(message: bytes) -> dict[str, object]:
    outcome, letter = actions.note_bounce(message=message)
    number = letter.pk if letter is not None else None
    say(SAID[outcome] % {"letter": number})
    return {"outcome": outcome.value, "letter": number}


def _new_in(folder: Path) -> Iterator[bytes]:
    """What is read moves on to `cur`, as any reader of a Maildir does; what could not be noted stays new."""
    if not ((folder / "new").is_dir() and (folder / "cur").is_dir()):
        raise Stop(f"{folder} is no Maildir: it has no folders new and cur.")
    for file in sorted((folder / "new").iterdir()):
        if file.is_file() and not file.name.startswith("."):
            with file.open("rb") as opened:
                yield opened.read(MOST_BYTES)
            file.rename(folder / "cur" / f"{file.name}:2,S")
