"""What comes out: the division, its cost and bound, and the reasons. Data only; pages and commands find the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import floor

Assignment = Mapping[str, str]
"""Person to group."""


class Rule(Enum):
    """The kinds of hard rules."""

    MIN_SIZE = "min_size"
    MAX_SIZE = "max_size"
    FACILITATOR = "facilitator"
    SLOT = "slot"
    APART = "apart"
    TOGETHER = "together"
    PIN = "pin"
    PLACE = "place"
    """Everyone in one group that exists."""


@dataclass(frozen=True, order=True)
class RuleAt:
    """One hard rule: its kind, the people and the groups that it is about, and the number that it names."""

    rule: Rule = field(compare=False)
    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    number: int | None = None
    """The minimum or maximum of a size rule."""
    would_be: int | None = None
    """The size that would come out if this rule gives."""


class CannotHold(Exception):
    """The hard rules cannot all hold. `must_give` is the smallest set without which they can.

    `is_smallest` is False when time ran out before that was proven.
    """

    def __init__(self, must_give: tuple[RuleAt, ...], is_smallest: bool = True) -> None:
        super().__init__(must_give, is_smallest)
        self.must_give = must_give
        self.is_smallest = is_smallest


class Why(Enum):
    """Why a person has this group and not the first wish."""

    FIRST = "first"
    NO_WISH = "no_wish"
    """The person wished nothing."""
    NO_GROUP = "no_group"
    """No group has the theme of the first wish."""
    SLOT = "slot"
    """Groups with that theme meet when the person cannot come."""
    PIN = "pin"
    TOGETHER = "together"
    """Moves only with those whom the rules keep with this person."""
    RULES = "rules"
    """Every move or swap into such a group breaks a rule."""
    COSTS_MORE = "costs_more"
    """It can be done, by the swap named, at the price named."""
    COSTS_NOTHING = "costs_nothing"
    """It can be done for the same total: as good."""


@dataclass(frozen=True)
class Swap:
    """Moves the person to the group, and `other`, when there is one, to the person's place."""

    person: str
    group: str
    other: str | None
    price: float
    """What the total cost rises by."""
    terms: Mapping[str, float]
    """The same by term."""
    other_choice: tuple[int | None, int | None] | None = None
    """The wish that the other has now and would have then, counted from 1."""


@dataclass(frozen=True)
class PersonReason:
    choice: int | None
    """Which wish this is, counted from 1; None when it is none."""
    why: Why
    swap: Swap | None = None
    """The cheapest way to the first wish."""


@dataclass(frozen=True)
class Spread:
    """Pairs of one group that share a value of an attribute."""

    counts: Mapping[str, int]
    pairs: int
    unavoidable: int
    """What any group of this size has at least, with the people there are."""


@dataclass(frozen=True)
class GroupReason:
    size: int
    first_wishes: int
    facilitators: tuple[str, ...]
    spread: Mapping[str, Spread]
    new_ties: int
    """Pairs who never met in an earlier round."""
    repeats: int
    """Pairs who met, counted for each round."""


@dataclass(frozen=True)
class Term:
    """One part of the cost: as reached, what no division can go below on it alone, and what chance gives."""

    reached: float
    best_alone: float
    random_mean: float


@dataclass(frozen=True)
class Formation:
    assignment: Assignment
    cost: float
    bound: float
    """No division that keeps the rules can cost less."""
    terms: Mapping[str, Term]
    people: Mapping[str, PersonReason]
    groups: Mapping[str, GroupReason]
    seed: int
    seconds: float
    violations: tuple[RuleAt, ...] = ()

    @property
    def gap(self) -> float:
        return gap_between(self.cost, self.bound)

    @property
    def is_optimal(self) -> bool:
        return self.cost <= self.bound + 1e-9

    @property
    def percent(self) -> float:
        """ "No division can be more than this percentage better", rounded up to a tenth so that it stays true."""
        tenths = self.gap * 1000
        return 0.0 if self.is_optimal else (floor(tenths - 1e-9) + 1) / 10


def gap_between(cost: float, bound: float) -> float:
    return max(0.0, (cost - bound) / cost) if cost > 0 else 0.0


@dataclass(frozen=True)
class Point:
    """One setting of the slider, with both sides of the cost in the weights of the middle."""

    wishes: float
    choice: float
    mixing: float
    first_wishes: int
    new_ties: int
    repeats: int
    assignment: Assignment


@dataclass(frozen=True)
class Adjusted:
    assignment: Assignment
    moved: tuple[str, ...]
    """Who had a group and has another now."""
    newcomers: tuple[str, ...]
    cost: float


class NeedsReshuffle(Exception):
    """The rules ask that more people move than may; form anew, or let more people move."""
