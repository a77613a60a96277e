from argparse import Namespace

from django.utils.timezone import localtime

from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, say, text
from leerkring.platform.mail import actions, queries
from leerkring.platform.mail.models import Letter


def run(options: Namespace) -> int:
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start leerkring serve first.")
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
