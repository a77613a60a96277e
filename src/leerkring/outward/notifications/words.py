"""What stands in a letter, for those that need no page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Words:
    """One clear action. Sentences are plain text; they are never taken for markup."""

    subject: str
    text: Sequence[str]
    action: Link | None = None
    facts: Sequence[tuple[str, str]] = ()
    """When, where: a few words each."""
    items: Sequence[str] = ()
    """A short list, under `items_title`."""
    items_title: str = ""
    after: Sequence[str] = ()
    choices: Sequence[Link] = ()
    """Answers of equal weight, under `choices_title`, instead of one action."""
    choices_title: str = ""
    other: Link | None = None
    """A quiet second way, such as: I cannot come."""
