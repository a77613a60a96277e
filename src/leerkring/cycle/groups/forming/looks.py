"""A division as its page shows it: groups with people and reasons, the whole beside best and chance, the curve."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.cycle.groups.forming import pictures, results, words
from leerkring.cycle.groups.forming.models import Candidate, PossibleGroup
from leerkring.cycle.groups.forming.problems import problem_of
from leerkring.cycle.groups.forming.queries import Ground
from leerkring.formation.costs import cost_of, first_wishes, members_of, terms_of, ties, violations_of
from leerkring.formation.outcome import PersonReason, RuleAt, Why
from leerkring.formation.problem import Person as Asker
from leerkring.formation.problem import Problem

SAME = 1e-6


@dataclass(frozen=True)
class PersonLook:
    candidate: Candidate
    place: str
    wish: str
    is_first: bool
    why: str
    price: str
    is_pinned: bool
    is_moved: bool


@dataclass(frozen=True)
class GroupLook:
    group: PossibleGroup
    people: list[PersonLook]
    first_count: int
    wishing_count: int
    picture: str
    spread: str
    ties: str
    unavoidable: str
    broken: list[str]
    contact: Candidate | None

    @property
    def size(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class TermLook:
    name: str
    reached: float
    best: float | None
    chance: float | None
    picture: str


class Look:
    """Everything of one division, worked out from rows that were read once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.forming = ground.forming

    @cached_property
    def problem(self) -> Problem:
        return problem_of(self.ground)

    @cached_property
    def places(self) -> dict[str, str]:
        return self.ground.places()

    @cached_property
    def _names(self) -> dict[str, str]:
        return {f"p{each.pk}": each.name for each in self.ground.candidates} | {
            f"g{each.pk}": each.name for each in self.ground.possible
        }

    def person_name(self, key: str) -> str:
        return self._names.get(f"p{key}", _("somebody who is no longer there"))

    def group_name(self, key: str) -> str:
        return self._names.get(f"g{key}", _("a group that is no longer there"))

    @cached_property
    def askers(self) -> dict[str, Asker]:
        return {person.id: person for person in self.problem.people}

    @cached_property
    def by_key(self) -> dict[str, Candidate]:
        return {str(each.pk): each for each in self.ground.candidates}

    @cached_property
    def result(self) -> results.Result | None:
        return results.result_in(self.forming.result) if self.forming.result else None

    @cached_property
    def pairs(self) -> list[dict[str, Any]]:
        known = {each.pk: each for each in self.ground.candidates}
        return [
            {"pair": pair, "one": known[pair.one_id], "other": known[pair.other_id]}
            for pair in self.ground.pairs
            if pair.one_id in known and pair.other_id in known
        ]

    # What is asked of the whole

    @cached_property
    def placed_count(self) -> int:
        return len(self.places)

    @cached_property
    def group_count(self) -> int:
        return len(set(self.places.values()))

    @cached_property
    def wishing_count(self) -> int:
        return sum(bool(person.choices) for person in self.problem.people if person.id in self.places)

    @cached_property
    def first_count(self) -> int:
        placed = [person for person in self.problem.people if person.id in self.places]
        return first_wishes(Problem(tuple(placed), self.problem.groups), self.places) if placed else 0

    @cached_property
    def unplaced(self) -> list[Candidate]:
        return [each for each in self.ground.present if str(each.pk) not in self.places]

    @cached_property
    def absent(self) -> list[Candidate]:
        return [each for each in self.ground.candidates if each.is_absent]

    @cached_property
    def gone_count(self) -> int:
        """People with a place who are not there any more."""
        known = {str(each.pk) for each in self.ground.present}
        return sum(key not in known for key in self.forming.places)

    @property
    def needs_fitting(self) -> bool:
        return bool(self.unplaced or (self.gone_count and self.broken)) and not self.forming.is_used

    @cached_property
    def broken(self) -> list[RuleAt]:
        """Rules that the division breaks now; who has no group yet is told apart."""
        return [each for each in violations_of(self.problem, self.places) if each.rule.value != "place"]

    @property
    def broken_words(self) -> list[str]:
        return [self.rule_words(each) for each in self.broken]

    def rule_words(self, found: RuleAt) -> str:
        return words.rule(found, self.person_name, self.group_name)

    @property
    def conflict(self) -> list[tuple[str, str]]:
        """The smallest set of rules that must give, each with what to do."""
        rules = results.rules_in(self.forming.failure.get("rules", ()))
        return [(self.rule_words(each), words.what_to_do(each)) for each in rules]

    @property
    def is_as_formed(self) -> bool:
        """Nobody moved, came or went, and nothing that counts was changed since the former made it."""
        if self.result is None or self.forming.moves or self.unplaced or self.gone_count:
            return False
        return abs(cost_of(self.problem, self.places) - self.result.cost) < SAME

    @property
    def bound(self) -> str:
        """The proven bound, as long as it is about this division."""
        if self.result is None or not self.is_as_formed:
            return ""
        return words.better(self.result.percent, is_optimal=self.result.is_optimal)

    @cached_property
    def terms(self) -> list[TermLook]:
        """Reached, best possible alone and chance, in the weights of the middle of the slider."""
        if self.result is None or not self.places:
            return []
        found: dict[str, list[float | None]] = {}
        middle = self.problem.weighed(0.5)
        for term, cost in terms_of(middle, self.places).items():
            kind, _mark, name = term.partition(":")
            key = name if kind == "attribute" else kind
            unit = self._unit(term)
            known = self.result.terms.get(term)
            scale = self._scale(term) * unit
            values = [
                cost / unit if unit else 0.0,
                known.best_alone / scale if known and scale else None,
                known.random_mean / scale if known and scale else None,
            ]
            found[key] = (
                [_sum(old, new) for old, new in zip(found[key], values, strict=True)] if key in found else values
            )
        return [self._term(key, values) for key, values in found.items() if any(values)]

    def _unit(self, term: str) -> float:
        """What one pair costs, so that pairs are told and not points."""
        kind, _mark, name = term.partition(":")
        middle = self.problem.weighed(0.5).objective
        if kind == "attribute":
            return middle.pair_cost(name)
        return {"met": middle.met_cost(), "chosen": middle.chosen_cost()}.get(kind, 1.0)

    def _scale(self, term: str) -> float:
        kind = term.partition(":")[0]
        if kind == "size":
            return 1.0
        objective = self.problem.objective
        return objective.choice_scale() if kind in ("choice", "chosen") else objective.mixing_scale()

    def _term(self, key: str, values: list[float | None]) -> TermLook:
        reached, best, chance = values
        shown = pictures.between(reached or 0, best, chance) if best is not None and chance is not None else ""
        return TermLook(_term_names()[key], reached or 0, best, chance, shown)

    @cached_property
    def curve(self) -> list[pictures.Dot]:
        points: list[dict[str, Any]] = self.forming.curve
        if not points:
            return []
        now = min(points, key=lambda point: abs(point["wishes"] * 100 - self.forming.wishes))
        return [
            pictures.Dot(
                round(point["wishes"] * 100), point["first_wishes"], point["mixing"], point["repeats"], point is now
            )
            for point in points
        ]

    @property
    def curve_picture(self) -> str:
        return pictures.trade_off(self.curve)

    # Groups and people

    @cached_property
    def groups(self) -> list[GroupLook]:
        members = members_of(self.problem, self.places)
        broken: dict[str, list[str]] = {}
        for each in self.broken:
            for key in each.groups:
                broken.setdefault(key, []).append(self.rule_words(each))
        return [self._group(each, members[str(each.pk)], broken) for each in self.ground.possible]

    def _group(self, group: PossibleGroup, members: list[Asker], broken: dict[str, list[str]]) -> GroupLook:
        key = str(group.pk)
        people = [self._person(self.by_key[member.id], member, group) for member in members]
        people.sort(
            key=lambda look: (look.candidate.person.name_key if look.candidate.person else "~", look.candidate.pk)
        )
        units = Counter(
            self.ground.traits.word("unit", value)
            for look in people
            if (value := self.ground.traits.of(look.candidate.person_id).get("unit"))
        )
        parts = sorted(units.items(), key=lambda part: (-part[1], part[0]))
        new, repeats = ties(members, self.problem.rounds())
        return GroupLook(
            group=group,
            people=people,
            first_count=sum(look.is_first for look in people),
            wishing_count=sum(bool(member.choices) for member in members),
            picture=pictures.spread(parts, _("Departments")) if parts else "",
            spread=_spread_words(parts),
            ties=_ties_words(new, repeats) if self.problem.rounds() else "",
            unavoidable=self._unavoidable(key, len(people)),
            broken=broken.get(key, []),
            contact=proposed_contact(look.candidate for look in people),
        )

    def _unavoidable(self, key: str, size: int) -> str:
        """What any group of this size has; not told when the size changed by hand."""
        reason = self.result.groups.get(key) if self.result else None
        spread = reason.spread.get("unit") if reason else None
        if reason is None or spread is None or reason.size != size or not spread.unavoidable:
            return ""
        return ngettext(
            "With %(size)d people, at least %(count)d pair of one department is unavoidable.",
            "With %(size)d people, at least %(count)d pairs of one department are unavoidable.",
            spread.unavoidable,
        ) % {"count": spread.unavoidable, "size": size}

    def _person(self, candidate: Candidate, asker: Asker, group: PossibleGroup) -> PersonLook:
        key = str(candidate.pk)
        rank = next((rank for rank, choice in enumerate(asker.choices) if choice == str(group.pk)), None)
        reason = self.reason_of(candidate, group, rank)
        first = self.group_name(asker.choices[0]) if asker.choices else ""
        return PersonLook(
            candidate=candidate,
            place=self.ground.traits.word("unit", self.ground.traits.of(candidate.person_id).get("unit", "")),
            wish=words.nth_wish(None if rank is None else rank + 1) if asker.choices else _("wished nothing"),
            is_first=rank == 0,
            why=words.why(reason, first, self.person_name, self.group_name) if reason else "",
            price=words.price(self.problem, reason) if reason else "",
            is_pinned=candidate.pin_id == group.pk,
            is_moved=any(key in move["was"] for move in self.forming.moves),
        )

    def reason_of(self, candidate: Candidate, group: PossibleGroup, rank: int | None) -> PersonReason | None:
        """The former's reason, as long as nobody whom it names was moved since."""
        reason = self.result.people.get(str(candidate.pk)) if self.result else None
        if reason is None or reason.why in (Why.FIRST, Why.NO_WISH):
            return None
        if reason.choice != (None if rank is None else rank + 1) or rank == 0:
            return None
        return None if results.is_stale(reason, self.forming.moves, self.places) else reason


def proposed_contact(candidates: Any) -> Candidate | None:
    """Who could be the contact: somebody who can guide first, of the people with an account."""
    people = [each for each in candidates if each.person is not None]
    return next((each for each in people if each.can_facilitate), people[0] if people else None)


def _sum(old: float | None, new: float | None) -> float | None:
    return None if old is None or new is None else old + new


def _spread_words(parts: list[tuple[str, int]]) -> str:
    if not parts:
        return ""
    count = ngettext("%(count)d department", "%(count)d departments", len(parts)) % {"count": len(parts)}
    more = [f"{name} {number}" for name, number in parts if number > 1]
    return f"{count} ({', '.join(more)})" if more else count


def _ties_words(new: int, repeats: int) -> str:
    found = ngettext("%(count)d new tie", "%(count)d new ties", new) % {"count": new}
    if repeats:
        found += ", " + ngettext(
            "%(count)d pair were in one group before", "%(count)d pairs were in one group before", repeats
        ) % {"count": repeats}
    return found


def _term_names() -> dict[str, str]:
    return {
        "choice": _("Points for wishes that were not first"),
        "unit": _("Pairs of one department"),
        "organisation": _("Pairs of one organisation"),
        "policy_field": _("Pairs of one policy field"),
        "level": _("Pairs of one level"),
        "role": _("Pairs with the same role"),
        "met": _("Pairs who were in one group before"),
        "size": _("Points for sizes that differ"),
        "chosen": _("Pairs who chose each other and are apart"),
    }
