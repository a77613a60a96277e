"""What a division is asked for: people, groups and what weighs how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

LEAST_WEIGHT = 0.001
"""Weights count in thousandths, so that all costs are whole numbers of these and can be compared exactly."""


@dataclass(frozen=True)
class Person:
    id: str
    choices: tuple[str, ...] = ()
    """Themes (or ids of groups), the first wish first. Nothing wished: every group suits."""
    slots: frozenset[str] = frozenset()
    """When the person can come; empty: always."""
    can_facilitate: bool = False
    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    pin: str = ""
    chosen: tuple[str, ...] = ()
    """With whom the person likes to be: kept together where the rules allow it."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    met: Mapping[str, str] = field(default_factory=dict)
    """The label of the person's group in each earlier round."""


@dataclass(frozen=True)
class Group:
    id: str
    theme: str = ""
    slot: str = ""
    min_size: int = 0
    max_size: int = 10_000
    needs_facilitator: bool = False


@dataclass(frozen=True)
class Objective:
    rank_costs: tuple[float, ...] = (0, 3, 8, 14, 20)
    unranked: float = 30
    attributes: Mapping[str, float] = field(default_factory=lambda: {"unit": 4, "role": 1, "policy_field": 1})
    """What a pair with the same value costs. An attribute that is not named here costs 1."""
    met: float = 6
    size: float = 1
    chosen: float = 60
    """What it costs when two people who chose each other, or one the other, are apart."""
    wishes: float = 0.5
    """The main slider: 1 looks at wishes only, 0 at mixing only, in the middle the weights count as given."""

    def choice_scale(self) -> float:
        return 2 * self.wishes

    def mixing_scale(self) -> float:
        return 2 * (1 - self.wishes)

    def rank_cost(self, rank: int | None) -> float:
        """The cost of getting the wish of this rank, counted from 0; None: not among the wishes."""
        if rank is None:
            return rounded(self.choice_scale() * self.unranked)
        return rounded(self.choice_scale() * self.rank_costs[min(rank, len(self.rank_costs) - 1)])

    def pair_cost(self, attribute: str) -> float:
        return rounded(self.mixing_scale() * self.attributes.get(attribute, 1))

    def met_cost(self) -> float:
        return rounded(self.mixing_scale() * self.met)

    def chosen_cost(self) -> float:
        return rounded(self.choice_scale() * self.chosen)

    def size_cost(self) -> float:
        return rounded(self.size)


@dataclass(frozen=True)
class Problem:
    """People to divide over groups. `reading.checked` says what is wrong with one that was put together by hand."""

    people: tuple[Person, ...]
    groups: tuple[Group, ...]
    objective: Objective = field(default_factory=Objective)

    def attributes(self) -> tuple[str, ...]:
        return tuple(sorted({name for person in self.people for name in person.attributes}))

    def rounds(self) -> tuple[str, ...]:
        return tuple(sorted({name for person in self.people for name in person.met}))

    def mean_size(self) -> float:
        return len(self.people) / len(self.groups)

    def apart_pairs(self) -> frozenset[tuple[str, str]]:
        return _pairs((person.id, other) for person in self.people for other in person.apart)

    def together_pairs(self) -> frozenset[tuple[str, str]]:
        return _pairs((person.id, other) for person in self.people for other in person.together)

    def chosen_pairs(self) -> frozenset[tuple[str, str]]:
        return _pairs((person.id, other) for person in self.people for other in person.chosen)

    def weighed(self, wishes: float) -> "Problem":
        """The same problem with the main slider somewhere else."""
        return replace(self, objective=replace(self.objective, wishes=wishes))


def rounded(weight: float) -> float:
    return round(weight / LEAST_WEIGHT) * LEAST_WEIGHT


def rank_in(person: Person, group: Group) -> int | None:
    """Which wish of this person the group is, counted from 0; None when it is none of them."""
    for rank, choice in enumerate(person.choices):
        if choice in (group.theme, group.id):
            return rank
    return None


def slot_fits(person: Person, group: Group) -> bool:
    return not person.slots or not group.slot or group.slot in person.slots


def _pairs(found: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((min(pair), max(pair)) for pair in found if pair[0] != pair[1])
