"""Two versions side by side: what became of every question. Pure functions on frozen rows, and on nothing else.

Both lists hold every row of a version that the reader may see, unlisted ones included. So a question that was split in
a version between the two is followed by the rows of the newer one alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from math import factorial
from typing import TypeAlias

from leerkring.cycle.agenda.codes import number_of
from leerkring.cycle.agenda.enums import Fate
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, QuestionState

SUCCEEDED = frozenset({QuestionState.SPLIT, QuestionState.MERGED})
CLOSED_EARLIER = frozenset({QuestionState.ANSWERED, QuestionState.DROPPED})
ORDERS_TRIED = 3000

Edge: TypeAlias = tuple[int, int]
Rows: TypeAlias = Mapping[str, AgendaEntry]


@dataclass(frozen=True)
class Row:
    """One line of the comparison: from a question in the old version to what it became in the new one.

    `old` is None for what is new or came back; `new` is None for what was let go. `end` is the row that the old
    question has in the new version, `before` the unlisted row that a reopened one had in the old version; they hold
    the reasons. `codes` are the letters it went to, or came from, as far as the reader may know them.
    """

    old: AgendaEntry | None
    new: AgendaEntry | None
    fate: Fate
    end: AgendaEntry | None = None
    before: AgendaEntry | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the older version showed the answer already, so that nothing happened since."""
        return self.fate == Fate.ANSWERED and self.new is None

    @property
    def is_reworded(self) -> bool:
        return bool(self.old and self.new and self.old.code == self.new.code and self.old.wording != self.new.wording)


@dataclass(frozen=True)
class Strand:
    """Rows that hang together by splits and merges, in an order in which their lines cross least."""

    olds: tuple[AgendaEntry, ...]
    news: tuple[AgendaEntry, ...]
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        return max(len(self.olds), len(self.news), 1)


@dataclass(frozen=True)
class Comparison:
    """`passed` are questions that came and went between the two versions, and so stand in neither."""

    strands: tuple[Strand, ...]
    passed: tuple[AgendaEntry, ...] = ()
    old_count: int = 0
    new_count: int = 0
    fates: Mapping[Fate, int] = field(default_factory=dict)
    split_into: int = 0
    merged_into: int = 0

    @property
    def rows(self) -> list[Row]:
        return [row for strand in self.strands for row in strand.rows]

    @property
    def answered(self) -> set[str]:
        """All questions that were answered in this time, those that came up since included."""
        shown = {row.new.code for row in self.rows if row.new and row.new.is_answered}
        return shown | {entry.code for entry in self.passed if entry.is_answered}

    @property
    def height(self) -> int:
        return sum(strand.height for strand in self.strands)


def compare(old: Iterable[AgendaEntry], new: Iterable[AgendaEntry]) -> Comparison:
    """What became of every question from the older version to the newer."""
    old_rows = {entry.code: entry for entry in old}
    new_rows = {entry.code: entry for entry in new}
    olds = _listed(old_rows)
    rows = [row for entry in olds for row in _onward(entry, new_rows)]
    reached = {row.new.code for row in rows if row.new}
    rows += [_arrival(entry, old_rows, new_rows) for entry in _listed(new_rows) if entry.code not in reached]
    strands = _strands(rows)
    return Comparison(
        strands=tuple(strands),
        passed=tuple(_passed(old_rows, new_rows, reached)),
        old_count=len(olds),
        new_count=len(_listed(new_rows)),
        fates=_count(rows),
        split_into=len({row.new.code for row in rows if row.new and row.fate == Fate.SPLIT}),
        merged_into=len({row.new.code for row in rows if row.new and row.fate == Fate.MERGED}),
    )


def _listed(rows: Rows) -> list[AgendaEntry]:
    return sorted((entry for entry in rows.values() if entry.is_listed), key=lambda entry: entry.position)


def _onward(old: AgendaEntry, new_rows: Rows) -> list[Row]:
    """Where an old question leads: to itself, to what came of it, or to an end."""
    end = new_rows.get(old.code)
    if end is None:
        return [Row(old, None, Fate.DROPPED)]
    if end.state in SUCCEEDED:
        fate = Fate.SPLIT if end.state == QuestionState.SPLIT else Fate.MERGED
        leaves = leaves_of(old.code, new_rows)
        codes = tuple(sorted((leaf.code for leaf in leaves), key=number_of))
        return [Row(old, leaf, fate, end=end, codes=codes) for leaf in leaves] or [Row(old, None, fate, end=end)]
    if old.state == end.state == QuestionState.ANSWERED and not end.is_listed and old.closed_in == end.closed_in:
        return [Row(old, None, Fate.ANSWERED, end=end)]
    if end.is_listed or end.state == QuestionState.ANSWERED:
        return [Row(old, end, _fate(old, end), end=end)]
    return [Row(old, None, Fate.DROPPED, end=end)]


def leaves_of(code: str, rows: Rows) -> list[AgendaEntry]:
    """The questions that a split or merged one became in the end, however many steps lie between."""
    leaves: dict[str, AgendaEntry] = {}
    seen: set[str] = set()
    ahead = [code]
    while ahead:
        entry = rows.get(ahead.pop(0))
        if entry is None or entry.code in seen:
            continue
        seen.add(entry.code)
        if entry.state in SUCCEEDED:
            ahead += entry.went_to
        else:
            leaves[entry.code] = entry
    return sorted(leaves.values(), key=lambda leaf: leaf.position)


def _fate(old: AgendaEntry, new: AgendaEntry) -> Fate:
    if new.state == QuestionState.ANSWERED:
        return Fate.ANSWERED
    if old.state == QuestionState.ANSWERED:
        return Fate.REOPENED
    if new.state == QuestionState.PROVISIONAL and old.state != QuestionState.PROVISIONAL:
        return Fate.PROVISIONAL
    if old.state == QuestionState.PROVISIONAL and new.state in LISTED_OPEN_STATES:
        return Fate.REOPENED
    return Fate.REWORDED if old.wording != new.wording else Fate.STAYED


def _arrival(new: AgendaEntry, old_rows: Rows, new_rows: Rows) -> Row:
    """A question that no line of the old version leads to: new, or back again."""
    before = old_rows.get(new.code)
    if before is not None and before.state in CLOSED_EARLIER:
        return Row(None, new, Fate.REOPENED, before=before)
    codes = tuple(code for code in new.came_from if code in new_rows)
    return Row(None, new, Fate.NEW, before=before, codes=codes)


def _passed(old_rows: Rows, new_rows: Rows, reached: set[str]) -> list[AgendaEntry]:
    return [
        entry
        for entry in new_rows.values()
        if not entry.is_listed
        and entry.code not in reached
        and entry.code not in old_rows
        and entry.state in CLOSED_EARLIER
    ]


def _count(rows: Iterable[Row]) -> Counter[Fate]:
    """Every old question once, and every one that is new or back."""
    counted = {(row.old.code if row.old else "", row.new.code if row.old is None and row.new else ""): row.fate
               for row in rows if not row.is_settled}  # fmt: skip
    return Counter(counted.values())


def _strands(rows: Sequence[Row]) -> list[Strand]:
    """Rows grouped by what they share, old questions in their order, then what is new."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for row in rows:
        keys = _keys(row)
        for key in keys:
            leader[find(key)] = find(keys[0])
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[find(_keys(row)[0])].append(row)
    strands = [_strand(group) for group in grouped.values()]
    far = 1 + max((row.old.position for row in rows if row.old), default=0)
    return sorted(strands, key=lambda strand: _height_of(strand, far))


def _keys(row: Row) -> list[str]:
    keys = [f"old {row.old.code}"] if row.old else []
    return [*keys, f"new {row.new.code}"] if row.new else keys


def _height_of(strand: Strand, far: int) -> tuple[int, int]:
    if strand.olds:
        return min(entry.position for entry in strand.olds), 0
    return far, min(entry.position for entry in strand.news)


def _strand(rows: Sequence[Row]) -> Strand:
    olds = sorted({row.old.code: row.old for row in rows if row.old}.values(), key=lambda entry: entry.position)
    news = sorted({row.new.code: row.new for row in rows if row.new}.values(), key=lambda entry: entry.position)
    old_at = {entry.code: index for index, entry in enumerate(olds)}
    new_at = {entry.code: index for index, entry in enumerate(news)}
    edges = [(old_at[row.old.code], new_at[row.new.code]) for row in rows if row.old and row.new]
    old_order, new_order = untangled(len(olds), len(news), edges)
    olds, news = [olds[index] for index in old_order], [news[index] for index in new_order]
    old_at = {entry.code: index for index, entry in enumerate(olds)}
    new_at = {entry.code: index for index, entry in enumerate(news)}
    ordered = sorted(
        rows, key=lambda row: (old_at[row.old.code] if row.old else -1, new_at[row.new.code] if row.new else -1)
    )
    return Strand(tuple(olds), tuple(news), tuple(ordered))


def crossings(edges: Sequence[Edge], olds: Sequence[int], news: Sequence[int]) -> int:
    """How many pairs of lines cross when both sides stand in these orders."""
    left = {node: index for index, node in enumerate(olds)}
    right = {node: index for index, node in enumerate(news)}
    lines = [(left[old], right[new]) for old, new in edges]
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(lines) for c, d in lines[:i])


def untangled(old_count: int, new_count: int, edges: Sequence[Edge]) -> tuple[list[int], list[int]]:
    """Orders of both sides in which the lines cross least: by middles, and by trying all where those are few."""
    olds, news = list(range(old_count)), list(range(new_count))
    best = crossings(edges, olds, news), olds, news
    for _turn in range(4):
        if best[0] == 0:
            return best[1], best[2]
        news = _by_middle(news, [(new, olds.index(old)) for old, new in edges])
        olds = _by_middle(olds, [(old, news.index(new)) for old, new in edges])
        best = min(best, (crossings(edges, olds, news), olds, news), key=lambda tried: tried[0])
    if factorial(old_count) * factorial(new_count) <= ORDERS_TRIED:
        for left in permutations(range(old_count)):
            for right in permutations(range(new_count)):
                found = crossings(edges, left, right)
                if found < best[0]:
                    best = found, list(left), list(right)
    return best[1], best[2]


def _by_middle(nodes: Sequence[int], places: Sequence[Edge]) -> list[int]:
    """The nodes sorted by the middle of the places that they are tied to."""
    tied: defaultdict[int, list[int]] = defaultdict(list)
    for node, place in places:
        tied[node].append(place)
    return sorted(nodes, key=lambda node: sum(tied[node]) / len(tied[node]) if tied[node] else 0)
