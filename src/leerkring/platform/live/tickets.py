"""A signed, short-lived pass to the live stream of some communities, checked without the database.

A page that a person may see carries one. A stream ends with its ticket, and the page that is then asked for again,
with the person's rights of that moment, brings the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

SECONDS = 15 * 60
_signer = signing.TimestampSigner(salt="leerkring.platform.live")


class TicketRefused(Exception):
    """The ticket is forged or too old."""


@dataclass(frozen=True)
class Ticket:
    community_ids: frozenset[int]
    person_id: int | None
    made_at: float
    """Seconds since the epoch."""


def live_ticket(community_ids: Iterable[int] | int, person_id: int | None) -> str:
    """A ticket for the facts of these communities. Hand it only to somebody who may see them."""
    ids = [community_ids] if isinstance(community_ids, int) else sorted(set(community_ids))
    return _signer.sign_object({"c": ids, "p": person_id}, compress=False)


def read_ticket(text: str) -> Ticket:
    """Raises TicketRefused."""
    try:
        content = _signer.unsign_object(text, max_age=SECONDS)
        moment = text.rsplit(":", 2)[1]
        return Ticket(frozenset(content["c"]), content["p"], float(signing.b62_decode(moment)))
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError):
        raise TicketRefused from None
