"""Somebody's own reason, told without a word about anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import queries, words
from leerkring.cycle.groups.forming.models import Candidate, Forming
from leerkring.cycle.groups.forming.results import is_stale, person_reason_in
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formation.outcome import Why


@dataclass(frozen=True)
class OwnReason:
    wish: str
    why: str


def reason_of(person: Person, group: LearningGroup) -> OwnReason | None:
    """Which wish this group was, and what stood between the person and the first; None for groups made by hand."""
    candidate = queries.own_place(person, group)
    if candidate is None:
        return None
    place = candidate.forming.place_of(candidate.pk)
    if not candidate.choices:
        return OwnReason(_("You wished nothing. You fitted in well here."), "")
    rank = candidate.choices.index(place) if place in candidate.choices else None
    first = queries.possible_group_in(candidate.forming, candidate.choices[0]) if rank != 0 else None
    return OwnReason(_own_wish(rank), why_words(why_of(candidate.forming, candidate), first.name if first else ""))


def why_of(forming: Forming, candidate: Candidate) -> dict[str, Any]:
    """The former's reason in numbers that tell nothing of anybody else; empty once somebody in it moved."""
    kept = forming.result.get("people", {}).get(str(candidate.pk))
    if kept is None:
        return {}
    place = forming.place_of(candidate.pk)
    choice = candidate.choices.index(place) + 1 if place in candidate.choices else None
    if kept["choice"] != choice or is_stale(person_reason_in(kept), forming.moves, forming.places):
        return {}
    return {name: kept[name] for name in ("choice", "why", "toll") if name in kept}


def why_words(why: Mapping[str, Any], first: str) -> str:
    """What `why_of` says, to the person it is about. `first` is the name of the group of the first wish."""
    if not why:
        return ""
    toll = why.get("toll")
    if toll is None or why["why"] != Why.COSTS_MORE.value or not first:
        return _own_why(Why(why["why"]))
    gives = words.listed(words.pairs_in_words(name, count) for name, count in toll["pairs"].items())
    said = [_swap_words(toll) % {"group": first}]
    if gives:
        also = _("It would also give %(what)s.") if toll["loses"] else _("But it would give %(what)s.")
        said.append(also % {"what": gives})
    elif not toll["loses"]:
        return _own_why(Why.COSTS_MORE)
    return " ".join(said)


def _swap_words(toll: Mapping[str, Any]) -> str:
    if not toll["with_other"]:
        return _("At %(group)s there was a place left.")
    if toll["loses"]:
        return _("A swap to %(group)s would cost somebody else their wish.")
    return _("A swap to %(group)s would cost nobody else their wish.")


def _own_wish(rank: int | None) -> str:
    said = [
        _("This was your first wish."), _("This was your second wish."), _("This was your third wish."),
        _("This was your fourth wish."), _("This was your fifth wish."),
    ]  # fmt: skip
    return _("This was not one of your wishes.") if rank is None else said[min(rank, len(said) - 1)]


def _own_why(why: Why) -> str:
    said = {
        Why.SLOT: _("The group of your first wish meets when you cannot come."),
        Why.PIN: _("You were given a fixed place here."),
        Why.TOGETHER: _("You stayed together with somebody."),
        Why.RULES: _("In the group of your first wish there was no place within the rules."),
        Why.COSTS_MORE: _("In the group of your first wish others would have lost more than you gain."),
        Why.COSTS_NOTHING: _("Your first wish was as good for all together; it came out this way."),
        Why.NO_GROUP: _("The group of your first wish did not form."),
    }
    return said.get(why, "")
