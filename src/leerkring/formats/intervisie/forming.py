"""What goes to the group former, and what came back: who is in which group, why, and how good that is at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.forming import words
from leerkring.cycle.groups.forming.actions import TableToFill, ToPlace
from leerkring.cycle.groups.forming.looks import Look
from leerkring.cycle.groups.forming.models import Forming
from leerkring.formats.intervisie.dividing import groups_for
from leerkring.platform import clock

REF = "intervisie"
"""What this format is called on the former's side."""
WEIGHTS = {"organisation": 10, "unit": 4, "met": 8, "policy_field": 0, "role": 0, "level": 0}
"""Colleagues apart comes first, then people who do not know each other yet."""


def tables_for(count: int, size: int) -> list[TableToFill]:
    """As few groups as keep each at this size or below; they differ by one at most where the rules allow it."""
    groups = groups_for(count, size)
    names = [_("Group %(n)d") % {"n": number} for number in range(1, groups + 1)]
    least = count // groups
    return [
        TableToFill(ref=f"group:{number}", name=name, min=least, max=max(size, least + 1))
        for number, name in enumerate(names, start=1)
    ]


def people_for(people: list[Person]) -> list[ToPlace]:
    return [ToPlace(ref=f"person:{person.pk}", person_id=person.pk) for person in people]


@dataclass(frozen=True)
class Formed:
    """A division that waits at the former, as far as the page of groups shows it."""

    forming: Forming
    is_busy: bool
    failure: str
    places: dict[int, int]
    """Person to group number, for who has one."""
    reasons: dict[int, list[str]]
    """By group number."""
    bound: str
    broken: list[str]

    @property
    def is_formed(self) -> bool:
        return bool(self.places)


def formed_of(forming: Forming, organisations: Mapping[int, int | None]) -> Formed:
    look = Look(forming_queries.ground_of(forming))
    now = clock.now()
    kind = "lost" if forming.is_lost(now) else str(forming.failure.get("kind", ""))
    has_failed = forming.state == FormingState.FAILED or kind == "lost"
    places: dict[int, int] = {}
    reasons: dict[int, list[str]] = {}
    for number, group in enumerate(look.groups if look.places else [], start=1):
        people = [each.candidate.person_id for each in group.people if each.candidate.person_id is not None]
        places |= dict.fromkeys(people, number)
        reasons[number] = [why for why in (_colleagues(people, organisations), group.spread, group.ties) if why]
    return Formed(
        forming=forming,
        is_busy=forming.is_busy(now),
        failure=_failure(kind, look) if has_failed else "",
        places={} if has_failed else places,
        reasons=reasons,
        bound=look.bound,
        broken=look.broken_words if look.places else [],
    )


def _failure(kind: str, look: Look) -> str:
    if kind == "rules":
        said = [f"{rule} {todo}" for rule, todo in look.conflict]
        return " ".join([_("These rules cannot all hold."), *said])
    return words.failure(kind)


def _colleagues(people: list[int], organisations: Mapping[int, int | None]) -> str:
    """That all are of different organisations; who is not, the page names beside it."""
    homes = [home for person in people if (home := organisations.get(person)) is not None]
    return _("Everybody comes from another organisation.") if len(set(homes)) == len(people) else ""
