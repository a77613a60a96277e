"""Somebody's own reason, told without a word about anybody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import queries
from leerkring.cycle.groups.forming.results import person_reason_in
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
    kept = candidate.forming.result.get("people", {}).get(str(candidate.pk))
    return OwnReason(_own_wish(rank), "" if rank == 0 or kept is None else _own_why(person_reason_in(kept).why))


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
