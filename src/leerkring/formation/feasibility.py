"""Whether the hard rules can all hold, exactly; and when they cannot, the smallest set of them that must give.

One integer program in which every rule may give at a price. Pairs who must be apart or together are many and mostly no
trouble, so their rows come in only when a solution breaks them.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from leerkring.formation.outcome import Rule, RuleAt
from leerkring.formation.problem import slot_fits
from leerkring.formation.tables import Compiled, Small

SECONDS = 20.0
ROUNDS = 60
# Equal but for a whisper: of two sets of the same number, the one that is easier to change is named.
WEIGHTS = {
    Rule.MAX_SIZE: 1.0,
    Rule.MIN_SIZE: 1.0001,
    Rule.FACILITATOR: 1.0002,
    Rule.PIN: 1.0003,
    Rule.TOGETHER: 1.0004,
    Rule.SLOT: 1.0005,
    Rule.APART: 1.0006,
}


@dataclass
class Program:
    """Columns: person in group, person by person; then one for each rule that may give."""

    people: int
    groups: int
    rules: list[RuleAt] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def place(self, person: int, group: int) -> int:
        return person * self.groups + group

    def rule(self, rule: RuleAt) -> int:
        self.rules.append(rule)
        return self.people * self.groups + len(self.rules) - 1

    def row(self, entries: list[tuple[int, float]], low: float, high: float) -> None:
        self.rows += [len(self.low)] * len(entries)
        self.columns += [column for column, _ in entries]
        self.values += [value for _, value in entries]
        self.low.append(low)
        self.high.append(high)

    def solve(self, seconds: float) -> tuple[NDArray[np.bool_], Small, bool] | None:
        """Which rules give, where everybody is, and whether that is proven the least."""
        width = self.people * self.groups + len(self.rules)
        cost = np.zeros(width)
        cost[self.people * self.groups :] = [WEIGHTS[rule.rule] for rule in self.rules]
        matrix = coo_array((self.values, (self.rows, self.columns)), shape=(len(self.low), width)).tocsr()
        found = milp(
            cost,
            integrality=np.ones(width),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, np.array(self.low), np.array(self.high)),
            options={"time_limit": seconds, "mip_rel_gap": 1e-7},
        )
        if found.x is None:
            return None
        parts = found.x[: self.people * self.groups].reshape(self.people, self.groups)
        return found.x[self.people * self.groups :] > 0.5, parts.argmax(axis=1).astype(np.int32), found.status == 0


def must_give(found: Compiled, seconds: float = SECONDS) -> tuple[tuple[RuleAt, ...], Small | None, bool]:
    """The smallest set of rules that must give, a division that keeps all others, and whether the smallest is proven.

    Nothing must give: the division keeps all rules.
    """
    program = _program(found)
    pairs = _pairs(found)
    for _ in range(ROUNDS):
        solved = program.solve(seconds)
        if solved is None:
            return (), None, False
        gives, places, proven = solved
        broken = [pair for pair in pairs if _is_broken(pair, places, found)]
        if not broken:
            given = tuple(_told(rule, places, found) for rule, one in zip(program.rules, gives, strict=True) if one)
            return given, places, proven
        for pair in broken:
            pairs.remove(pair)
            _add_pair(program, pair, found)
    return (), None, False


def _program(found: Compiled) -> Program:
    people, groups = found.problem.people, found.problem.groups
    program = Program(len(people), len(groups))
    for index, person in enumerate(people):
        program.row([(program.place(index, group), 1.0) for group in range(len(groups))], 1, 1)
        closed = [number for number, group in enumerate(groups) if not slot_fits(person, group)]
        if closed:
            gives = program.rule(RuleAt(Rule.SLOT, (person.id,)))
            for number in closed:
                program.row([(program.place(index, number), 1.0), (gives, -1.0)], -np.inf, 0)
        if person.pin:
            gives = program.rule(RuleAt(Rule.PIN, (person.id,), (person.pin,)))
            program.row([(program.place(index, found.group_index[person.pin]), 1.0), (gives, 1.0)], 1, np.inf)
    _sizes(program, found)
    return program


def _sizes(program: Program, found: Compiled) -> None:
    many = len(found.problem.people)
    for number, group in enumerate(found.problem.groups):
        inside = [(program.place(person, number), 1.0) for person in range(many)]
        if group.min_size > 0:
            gives = program.rule(RuleAt(Rule.MIN_SIZE, (), (group.id,), group.min_size))
            program.row([*inside, (gives, float(group.min_size))], group.min_size, np.inf)
        if group.max_size < many:
            gives = program.rule(RuleAt(Rule.MAX_SIZE, (), (group.id,), group.max_size))
            program.row([*inside, (gives, -float(many - group.max_size))], -np.inf, group.max_size)
        if group.needs_facilitator:
            gives = program.rule(RuleAt(Rule.FACILITATOR, (), (group.id,)))
            able = [
                (program.place(person, number), 1.0) for person in np.flatnonzero(found.tables.facilitates).tolist()
            ]
            program.row([*able, (gives, 1.0)], 1, np.inf)


Pair = tuple[Rule, str, str]


def _pairs(found: Compiled) -> list[Pair]:
    together = [(Rule.TOGETHER, *pair) for pair in sorted(found.problem.together_pairs())]
    return together + [(Rule.APART, *pair) for pair in sorted(found.problem.apart_pairs())]


def _is_broken(pair: Pair, places: Small, found: Compiled) -> bool:
    same = places[found.person_index[pair[1]]] == places[found.person_index[pair[2]]]
    return bool(same) == (pair[0] is Rule.APART)


def _add_pair(program: Program, pair: Pair, found: Compiled) -> None:
    rule, one, other = pair
    gives = program.rule(RuleAt(rule, (one, other)))
    first, second = found.person_index[one], found.person_index[other]
    for group in range(program.groups):
        here, there = program.place(first, group), program.place(second, group)
        if rule is Rule.APART:
            program.row([(here, 1.0), (there, 1.0), (gives, -1.0)], -np.inf, 1)
        else:
            program.row([(here, 1.0), (there, -1.0), (gives, -1.0)], -np.inf, 0)


def _told(rule: RuleAt, places: Small, found: Compiled) -> RuleAt:
    """The rule with what would come out without it."""
    if rule.rule in (Rule.MIN_SIZE, Rule.MAX_SIZE):
        size = int((places == found.group_index[rule.groups[0]]).sum())
        return RuleAt(rule.rule, (), rule.groups, rule.number, size)
    if rule.rule in (Rule.SLOT, Rule.APART):
        group = found.problem.groups[places[found.person_index[rule.people[0]]]].id
        return RuleAt(rule.rule, rule.people, (group,))
    return rule
