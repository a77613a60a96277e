"""Every address that an intervisie touches, found in the addresses themselves, so that a new one is tried too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.urls import URLPattern, URLResolver, get_resolver, reverse

TOUCHES = {"meeting_id", "intervisie_id", "intervisie_round_id", "point_id", "poll_id", "poll_token", "edition_id"}
"""An address with one of these is about the meeting, the group, the round, or a date for it."""
ALSO = {"meetings:meeting_plan", "meetings:poll_open", "meetings:evaluations_prepare"}


@dataclass(frozen=True)
class Door:
    name: str
    parts: frozenset[str]

    def url(self, known: Mapping[str, object]) -> str:
        return reverse(self.name, kwargs={part: known[part] for part in self.parts})


def doors(known: Iterable[str]) -> list[Door]:
    """Those that can be opened with these parts."""
    known = set(known)
    return [
        door
        for door in _walk(get_resolver().url_patterns, "", frozenset())
        if door.parts <= known and (door.name.startswith("intervisie:") or door.name in ALSO or door.parts & TOUCHES)
    ]


def _walk(patterns: Iterable[URLPattern | URLResolver], space: str, parts: frozenset[str]) -> Iterator[Door]:
    for each in patterns:
        inside = parts | set(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, f"{each.namespace}:" if each.namespace else space, inside)
        elif each.name:
            yield Door(f"{space}{each.name}", inside)


def field_names() -> set[str]:
    """The names of all fields of all forms of the house, and some that no form has."""
    assert get_resolver().url_patterns, "with the addresses come the views, and with them their forms"
    found = {"text", "case", "casus", "notes", "prompt", "body", "comment", "state", "by", "steps-0-say", "position"}
    waiting = list(forms.BaseForm.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found |= set(getattr(kind, "base_fields", {}))
    return found
