"""A signed, short-lived pass to live streams, checked without the database.

A page that a person may see carries one: to the names of facts of some communities, or to the snapshots of one screen.
A stream ends with its ticket; a fresh one is given with the rights of that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core import signing

SECONDS = 15 * 60
_signer = signing.TimestampSigner(salt="leerkring.platform.live")


class TicketRefused(Exception):
    """The ticket is forged or too old."""


class Screen(NamedTuple):
    """What is shown: one thing of a topic, in one language, the same for all who look."""

    topic: str
    key: str
    language: str


@dataclass(frozen=True)
class Ticket:
    community_ids: frozenset[int]
    person_id: int | None
    made_at: float
    """Seconds since the epoch."""
    seat: str = ""
    """Who looks without an account, in the words of the app that let them in: `seat:12`."""
    screen: Screen | None = None
    """None: the names of facts."""

    @property
    def holders(self) -> list[str]:
        names = [self.seat] if self.seat else []
        return [*names, holder(self.person_id)] if self.person_id else names


def holder(person_id: int) -> str:
    """How a person is named among those who hold a ticket."""
    return f"person:{person_id}"


def live_ticket(
    community_ids: Iterable[int] | int, person_id: int | None, *, seat: str = "", screen: Screen | None = None
) -> str:
    """A ticket for the facts of these communities, or for a screen of theirs. Hand it only to who may see them."""
    ids = [community_ids] if isinstance(community_ids, int) else sorted(set(community_ids))
    content: dict[str, object] = {"c": ids, "p": person_id}
    if seat:
        content["s"] = seat
    if screen:
        content["t"] = list(screen)
    return _signer.sign_object(content, compress=False)


def read_ticket(text: str) -> Ticket:
    """Raises TicketRefused."""
    try:
        content = _signer.unsign_object(text, max_age=SECONDS)
        moment = float(signing.b62_decode(text.rsplit(":", 2)[1]))
        screen = Screen(*content["t"]) if "t" in content else None
        return Ticket(frozenset(content["c"]), content["p"], moment, content.get("s", ""), screen)
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError):
        raise TicketRefused from None
