"""A letter that comes back later: what a delivery status notification (RFC 3464) says, and of which letter.

Pure: from the bytes of a message to what stands in it. Texts of mail servers are never kept: they may name people.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

RETURNED = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
MESSAGE_ID = re.compile(r"<[^<>\s]+>")


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of one letter."""

    message_id: str
    addresses: frozenset[str]
    """To whom it was, by the returned headers and by the notification; small letters."""
    action: str
    """failed, delayed, delivered, relayed or expanded."""
    status: str
    """As 5.1.1."""

    @property
    def is_for_good(self) -> bool:
        return self.action == "failed"

    @property
    def is_refusal(self) -> bool:
        return self.is_for_good and self.status.startswith("5")


def read(message: bytes) -> Bounce | None:
    """None for everything but a notification that returns at least the headers of what it is about."""
    try:
        return _read(message)
    except (RecursionError, ValueError, LookupError):
        # Made to hurt; no mail server writes this.
        return None


def _read(message: bytes) -> Bounce | None:
    report = email.message_from_bytes(message)
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return None
    parts = [part for part in report.get_payload() if isinstance(part, Message)]
    status = next((part for part in parts if part.get_content_type().endswith("delivery-status")), None)
    returned = next((_headers_of(part) for part in parts if part.get_content_type() in RETURNED), None)
    if status is None or returned is None:
        return None
    found = MESSAGE_ID.search(str(returned.get("Message-ID", "")))
    said = [group for group in _groups(status) if group.get("Action")]
    if found is None or not said:
        return None
    # One letter has one reader; of several, what failed counts.
    group = min(said, key=lambda group: _word(group, "Action") != "failed")
    code = STATUS.search(str(group.get("Status", "")))
    addresses = {address.lower() for _name, address in getaddresses(map(str, returned.get_all("To", []))) if address}
    for each in said:
        addresses |= set(_recipients(each))
    return Bounce(found[0], frozenset(addresses), _word(group, "Action"), code[1] if code else "")


def _headers_of(part: Message) -> Message:
    """Of the letter that came back: as a message in the message, or its headers alone as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0] if payload and isinstance(payload[0], Message) else Message()
    content = part.get_payload(decode=True)
    return email.message_from_bytes(content if isinstance(content, bytes) else b"")


def _groups(status: Message) -> Iterator[Message]:
    """A block of fields for the message, and one for each reader.

    The parser splits message/delivery-status; of its younger sister for other alphabets it reads the first block alone.
    """
    payload = status.get_payload()
    blocks = [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else [status]
    yield from blocks
    for block in blocks:
        rest = block.get_payload(decode=True)
        for text in re.split(rb"\r?\n\r?\n", rest if isinstance(rest, bytes) else b""):
            yield email.message_from_bytes(text.lstrip())


def _word(group: Message, name: str) -> str:
    return (str(group.get(name, "")).split() or [""])[0].strip(";").lower()


def _recipients(group: Message) -> Iterator[str]:
    for name in ("Final-Recipient", "Original-Recipient"):
        kind, _, address = str(group.get(name, "")).partition(";")
        if kind.strip().lower() in ("rfc822", "utf-8") and address.strip():
            yield address.strip().strip("<>").lower()
