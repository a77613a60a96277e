"""A number that no division can go below, with its proof.

Groups that are alike (same theme, slot and sizes) form a class. A linear program divides people over classes, in parts;
the pairs that share a value cost at least what they cost when they are spread evenly over the groups of the class. That
cost is convex and bends at whole numbers; the tangents that matter, near a division that was found, are put in, and
more where the solution of the program asks for them. Its prices are then turned into the bound by `certified`, which is
true for any prices at all, so that no rounding inside a solver is believed.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_array, coo_array, csr_array, diags_array, eye_array

from leerkring.formation.tables import Flags, Ints, Small, Tables

Reals = NDArray[np.float64]
ROUNDS = 8


@dataclass(frozen=True)
class Classes:
    """Groups that are alike, and the cells in which the cost of sharing a value arises."""

    of_group: Small
    groups: Ints
    """How many groups each class has."""
    low: Ints
    high: Ints
    choice: Ints
    """Person by class."""
    allowed: Flags


def classes_of(tables: Tables) -> Classes:
    keys: dict[tuple[bytes, bytes, int, int], int] = {}
    of_group = []
    for group in range(len(tables.low)):
        key = (
            tables.choice[:, group].tobytes(), tables.allowed[:, group].tobytes(),
            int(tables.low[group]), int(tables.high[group]),
        )  # fmt: skip
        of_group.append(keys.setdefault(key, len(keys)))
    number = np.array(of_group, dtype=np.int32)
    first = [of_group.index(one) for one in range(len(keys))]
    return Classes(
        number,
        np.bincount(number).astype(np.int64),
        tables.low[first],
        tables.high[first],
        tables.choice[:, first].astype(np.int64),
        tables.allowed[:, first],
    )


@dataclass(frozen=True)
class Prices:
    """A solution of the linear program: parts of people in classes, and what one person more would cost."""

    entries: Reals
    cells: Reals
    rules: Reals


class Relaxation:
    """The linear program. Columns: person in class; people of a category in a class; its pairs; sizes, their cost."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.classes = classes_of(tables)
        self.person, self.klass = np.nonzero(self.classes.allowed)
        self.entry = np.full(self.classes.allowed.shape, -1, dtype=np.int64)
        self.entry[self.person, self.klass] = np.arange(len(self.person))
        self.weight = np.zeros(tables.categories, dtype=np.int64)
        for term, weight in enumerate(tables.weight):
            self.weight[tables.category[tables.category[:, term] >= 0, term]] = weight
        self.cells = self._cells()
        self.cell_groups = self.classes.groups[self.cells[1]]
        self.is_size = self.cells[0] < 0
        self.cell_weight = np.where(self.is_size, tables.size_weight, self.weight[self.cells[0]])
        self.tangents: list[set[int]] = [set() for _ in self.cells[0]]

    def _cells(self) -> tuple[Ints, Ints]:
        """Category and class of every cell that more people can enter than it has groups; the last ones are sizes."""
        reach = np.zeros((self.tables.categories, len(self.classes.groups)), dtype=np.int64)
        for term in range(len(self.tables.weight)):
            shared = self.tables.category[:, term] >= 0
            np.add.at(reach, self.tables.category[shared, term], self.classes.allowed[shared])
        category, klass = np.nonzero(reach > self.classes.groups)
        sizes = np.arange(len(self.classes.groups))
        return np.concatenate([category, np.full(len(sizes), -1)]), np.concatenate([klass, sizes])

    def add(self, amounts: Reals) -> int:
        """Put in the tangents where these amounts of people lie, and beside; how many were new."""
        groups = self.classes.groups[self.cells[1]]
        new = 0
        for cell, share in enumerate((amounts / groups + 1e-7).tolist()):
            slope = int(share)
            wanted = {max(slope - 1, 0), slope, slope + 1}
            new += len(wanted - self.tangents[cell])
            self.tangents[cell] |= wanted
        return new

    def amounts(self, entries: Reals) -> Reals:
        """How many people are in each cell, for parts of people in classes."""
        return np.asarray(self.matrix @ entries)

    def prepare(self) -> None:
        self.matrix = self._matrix()
        self.rule_rows = self.rules()
        self.price = self.classes.choice[self.person, self.klass].astype(np.float64)
        dearest = np.zeros(len(self.tables.block))
        np.maximum.at(dearest, self.person, self.price)
        self.active = self.price < dearest[self.person]
        indifferent = np.bincount(self.person, weights=self.active, minlength=len(dearest)) == 0
        self.active |= indifferent[self.person]

    def _matrix(self) -> csr_array:
        """Cell by entry: 1 where the entry's person counts in the cell."""
        number = np.full((self.tables.categories + 1, len(self.classes.groups)), -1, dtype=np.int64)
        number[self.cells[0], self.cells[1]] = np.arange(len(self.cells[0]))
        rows, columns = [], []
        every = np.concatenate([self.tables.category, np.full((len(self.tables.block), 1), -1)], axis=1)
        for term in range(every.shape[1]):
            value = every[self.person, term]
            real = (value >= 0) | (term == every.shape[1] - 1)
            cell = np.where(real, number[value, self.klass], -1)
            rows.append(cell[cell >= 0])
            columns.append(np.flatnonzero(cell >= 0))
        row, column = np.concatenate(rows), np.concatenate(columns)
        return coo_array((np.ones(len(row)), (row, column)), shape=(len(self.cells[0]), len(self.person))).tocsr()

    def rules(self) -> tuple[csr_array, Reals]:
        """Rows over the entries, each at most a number: facilitators of a class, people apart where it is one group."""
        classes, tables = self.classes, self.tables
        rows: list[list[int]] = []
        signs: list[float] = []
        limits: list[float] = []
        needed = np.bincount(classes.of_group, weights=tables.needs, minlength=len(classes.groups))
        for klass in np.flatnonzero(needed):
            rows.append(self.entry[tables.facilitates & classes.allowed[:, klass], klass].tolist())
            signs.append(-1.0)
            limits.append(-float(needed[klass]))
        for klass in np.flatnonzero(classes.groups == 1):
            for one in np.flatnonzero(classes.allowed[:, klass]).tolist():
                others = tables.apart.others[tables.apart.start[one] : tables.apart.start[one + 1]]
                for other in others[others > one].tolist():
                    if classes.allowed[other, klass]:
                        rows.append([int(self.entry[one, klass]), int(self.entry[other, klass])])
                        signs.append(1.0)
                        limits.append(1.0)
        number = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        column = np.array([one for row in rows for one in row], dtype=np.int64)
        values = np.array(signs)[number] if rows else np.zeros(0)
        matrix = coo_array((values, (number, column)), shape=(len(rows), len(self.person)))
        return matrix.tocsr(), np.array(limits)

    def solve(self, seconds: float, method: str) -> Prices | None:
        """Solve with the columns and tangents there are; None when time ran out."""
        used = np.flatnonzero(self.active)
        matrix = self.matrix[:, used]
        live = np.flatnonzero(self.is_size | (matrix.sum(axis=1) > self.cell_groups))
        cut, slope = np.array(
            [(row, slope) for row, cell in enumerate(live.tolist()) for slope in self.tangents[cell]], dtype=np.int64
        ).T
        base, rise = self.tangent(live[cut], slope)
        rules, limits = self.rule_rows
        entries, cells, people = len(used), len(live), len(self.tables.block)
        upper = block_array(
            [[None, diags_array(rise).tocsr() @ pick(cut, cells), -pick(cut, cells)], [rules[:, used], None, None]],
            format="csr",
        )
        whole = coo_array((np.ones(entries), (self.person[used], np.arange(entries))), shape=(people, entries))
        equal = block_array(
            [[whole, None, coo_array((people, cells))], [matrix[live], -eye_array(cells), None]], format="csr"
        )
        low, high = self.limits_of(live)
        found = linprog(
            np.concatenate([self.price[used], np.zeros(cells), np.ones(cells)]),
            upper,
            np.concatenate([-base, limits]),
            equal,
            np.concatenate([np.ones(people), np.zeros(cells)]),
            np.concatenate([
                np.column_stack([np.zeros(entries), np.ones(entries)]),
                np.column_stack([low, high]),
                np.column_stack([np.zeros(cells), np.full(cells, np.inf)]),
            ]),
            method=method,
            options={"time_limit": max(seconds, 0.05)},
        )  # fmt: skip
        if found.status != 0:
            return None
        parts, prices = np.zeros(len(self.person)), np.zeros(len(self.cells[0]))
        parts[used] = found.x[:entries]
        prices[live] = -found.eqlin.marginals[people:]
        return Prices(parts, prices, np.maximum(-found.ineqlin.marginals[len(cut) :], 0))

    def limits_of(self, cells: Ints) -> tuple[Reals, Reals]:
        """How many people a cell has at least and at most; only sizes are limited."""
        klass, size = self.cells[1][cells], self.is_size[cells]
        groups = self.classes.groups[klass]
        low = np.where(size, self.classes.low[klass] * groups, 0).astype(float)
        return low, np.where(size, self.classes.high[klass] * groups, np.inf).astype(float)

    def reduced(self, prices: Prices) -> tuple[Reals, Reals]:
        """What each entry costs at these prices, and the cheapest for each person."""
        rules, _ = self.rule_rows
        entry = self.price + self.matrix.T @ prices.cells + rules.T @ prices.rules
        cheapest = np.full(len(self.tables.block), np.inf)
        np.minimum.at(cheapest, self.person, entry)
        return entry, cheapest

    def widen(self, prices: Prices) -> int:
        """Take in the columns that would be cheaper than those in use; how many were new."""
        entry, _ = self.reduced(prices)
        used = np.full(len(self.tables.block), np.inf)
        np.minimum.at(used, self.person[self.active], entry[self.active])
        better = ~self.active & (entry < used[self.person] - 1e-6)
        self.active |= better
        return int(better.sum())

    def certified(self, prices: "Prices") -> int:
        """The bound that these prices prove, in whole steps: true whatever they are.

        Everybody takes the class that is cheapest at these prices, every cell the number of people that is.
        """
        _, cheapest = self.reduced(prices)
        total = float(cheapest.sum()) - float(prices.rules @ self.rule_rows[1])
        total += float(self.cheapest_amounts(prices.cells).sum())
        return int(np.ceil(total - 1e-6 * (1 + abs(total) * 1e-6)))

    def cheapest_amounts(self, prices: Reals) -> Reals:
        """The least of cost minus price over whole numbers of people in each cell.

        It is convex in the number, so it lies where the rise passes the price, or at an end.
        """
        cells, groups, weight = np.arange(len(prices)), self.cell_groups, self.cell_weight
        low = self.limits_of(cells)[0].astype(np.int64)
        most = np.asarray(self.matrix.sum(axis=1)).astype(np.int64)
        high = np.maximum(np.minimum(self.classes.high[self.cells[1]] * groups, most), low)
        rise = np.divide(prices, weight, out=np.zeros(len(prices)), where=weight != 0)
        share = np.clip(np.where(self.is_size, (rise + 1) / 2, rise + 1), 0, high / groups)
        amount = np.clip(np.floor(share).astype(np.int64) * groups, low, high)
        found = np.full(len(prices), np.inf)
        for people in (low, high, amount, np.clip(amount - groups, low, high), np.clip(amount + groups, low, high)):
            base, tilt = self.tangent(cells, people // groups)
            found = np.minimum(found, base + (tilt - prices) * people)
        return found

    def guessed(self, entries: Reals) -> Prices:
        """What one person more would cost in each cell if a division were the solution: a bound without a solver."""
        cells, amounts = np.arange(len(self.cell_groups)), self.amounts(entries).astype(np.int64)
        slope, rest = np.divmod(amounts, self.cell_groups)
        right = self.tangent(cells, slope)[1]
        left = self.tangent(cells, np.maximum(slope - 1, 0))[1]
        return Prices(entries, np.where(rest > 0, right, (left + right) / 2), np.zeros(len(self.rule_rows[1])))

    def tangent(self, cells: Ints, slope: Ints) -> tuple[Reals, Reals]:
        """base + rise * amount: on or below the cost of this amount in each cell, touching between two whole shares."""
        weight, size = self.cell_weight[cells], self.is_size[cells]
        base = weight * self.cell_groups[cells] * slope * (slope + 1)
        return -base / np.where(size, 1, 2), weight * np.where(size, 2.0 * slope + 1, slope)


def pick(rows: Ints, size: int) -> csr_array:
    """A matrix that picks these rows of a vector."""
    return coo_array((np.ones(len(rows)), (np.arange(len(rows)), rows)), shape=(len(rows), size)).tocsr()


def lower_bound(relaxation: Relaxation, places: Small, left: Callable[[bool], float]) -> int:
    """The best bound that can be proven in the seconds that are `left`, in whole steps; `places` is a good division.

    `left` is asked with True for the first proof, which may be given more: a late bound is worth more than none.
    """
    relaxation.prepare()
    entries = relaxation.entry[np.arange(len(places)), relaxation.classes.of_group[places]]
    division = np.zeros(len(relaxation.person))
    division[entries] = 1
    relaxation.active[entries] = True
    relaxation.add(relaxation.amounts(division))
    best = relaxation.certified(relaxation.guessed(division))
    for number in range(ROUNDS):
        began = time.perf_counter()
        allowed = left(number == 0)
        prices = relaxation.solve(allowed, "highs-ipm") if allowed > 0 else None
        if prices is None:
            break
        proven = relaxation.certified(prices)
        best, before = max(best, proven), best
        new = relaxation.add(relaxation.amounts(prices.entries)) + relaxation.widen(prices)
        took = time.perf_counter() - began
        if not new or best == before or left(False) < took:
            break
    return best
