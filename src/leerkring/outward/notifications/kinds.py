"""Which kinds of letters there are, and whether a person may switch them off."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """`name` stays for ever: it stands in the database and in links of old letters."""

    name: str
    label: str | Promise
    why: str | Promise
    """Said at the foot of each letter, and on the page of who got what."""
    may_be_muted: bool = True


_kinds: dict[str, Kind] = {}


def add(name: str, label: str | Promise, why: str | Promise, *, may_be_muted: bool = True) -> Kind:
    kind = Kind(name, label, why, may_be_muted)
    if _kinds.setdefault(name, kind) != kind:
        raise ValueError(f"Two kinds of letters are named {name}")
    return kind


def named(name: str) -> Kind | None:
    return _kinds.get(name)


def to_choose() -> list[Kind]:
    """Those that a person may switch off, in the order in which they were made."""
    return [kind for kind in _kinds.values() if kind.may_be_muted]


def always() -> list[Kind]:
    return [kind for kind in _kinds.values() if not kind.may_be_muted]
