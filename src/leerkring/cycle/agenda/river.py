"""All versions in one picture: every question on its lane, from the version that first showed it to the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from leerkring.cycle.agenda.codes import number_of
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.agenda.words import origin_words, reason_words

LEFT, TOP, LANE = 70, 94, 43
WIDEST, NARROWEST, SPAN = 155, 62, 620
PAGE, TEXT_WIDTH, LETTER = 1240, 495, 8

ByVersion = Mapping[int, Mapping[str, AgendaEntry]]
"""Rows of each version by code; the key is the number of the version."""


@dataclass(frozen=True)
class Column:
    version: AgendaVersion
    x: int


@dataclass(frozen=True)
class Node:
    x: int
    y: int
    entry: AgendaEntry

    @property
    def text_y(self) -> int:
        return self.y + 5

    @property
    def ring_d(self) -> str:
        """The open ring: a gap at the upper right."""
        x, y = self.x, self.y
        return f"M{x + 13.3:.1f} {y - 4.3:.1f}A14 14 0 1 1 {x + 4.3:.1f} {y - 13.3:.1f}"


@dataclass(frozen=True)
class Flow:
    d: str
    is_stubborn: bool
    is_reworded: bool


@dataclass(frozen=True)
class Lane:
    """One row of the picture, with the words of the last question on it."""

    y: int
    entry: AgendaEntry
    text: str
    words: str
    is_stubborn: bool
    lead_x: int

    @property
    def text_y(self) -> int:
        return self.y - 3

    @property
    def words_y(self) -> int:
        return self.y + 15


@dataclass(frozen=True)
class Told:
    """A question in the list and the table."""

    entry: AgendaEntry
    words: str
    is_stubborn: bool
    states: Sequence[AgendaEntry | None]


@dataclass
class River:
    columns: list[Column] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    is_dense: bool = False

    @property
    def height(self) -> int:
        return TOP + len(self.lanes) * LANE

    @property
    def bottom(self) -> int:
        return self.height - 12

    @property
    def text_x(self) -> int:
        return (self.columns[-1].x if self.columns else LEFT) + 55

    @property
    def width(self) -> int:
        return max(PAGE, self.text_x + TEXT_WIDTH)

    @property
    def letters(self) -> int:
        """How many letters of a question fit beside the picture."""
        return (self.width - self.text_x) // LETTER

    @property
    def answered(self) -> int:
        return sum(told.entry.is_answered for told in self.told)

    @property
    def stubborn(self) -> list[AgendaEntry]:
        return [told.entry for told in self.told if told.is_stubborn]


def river_of(versions: Sequence[AgendaVersion], entries: Iterable[AgendaEntry]) -> River:
    """The picture of these versions (oldest first) from their frozen rows."""
    rows: dict[int, dict[str, AgendaEntry]] = {version.number: {} for version in versions}
    numbers = {version.pk: version.number for version in versions}
    for entry in entries:
        rows[numbers[entry.version_id]][entry.code] = entry
    lanes = lanes_of(rows)
    step = max(NARROWEST, min(WIDEST, SPAN // max(len(versions) - 1, 1)))
    x_of = {version.number: LEFT + index * step for index, version in enumerate(versions)}
    river = River(columns=[Column(version, x_of[version.number]) for version in versions], is_dense=step < WIDEST - 45)
    y_of = {code: TOP + index * LANE for index, lane in enumerate(lanes) for code in lane}
    shown = {code: [n for n, by_code in rows.items() if _is_shown(by_code.get(code), n)] for code in y_of}
    for code in y_of:
        _flow(river, code, shown[code], rows, x_of, y_of)
    _succeed(river, shown, rows, x_of, y_of)
    for index, lane in enumerate(lanes):
        last = [code for code in lane if shown[code]][-1]
        river.lanes.append(_lane(river, TOP + index * LANE, last, shown[last], rows, x_of))
    river.told = [_tell(code, shown[code], rows) for lane in lanes for code in lane]
    return river


def _is_shown(entry: AgendaEntry | None, number: int) -> bool:
    """Listed, or in the very version that shows that it was let go."""
    if entry is None:
        return False
    return entry.is_listed or (bool(entry.drop_reason) and entry.closed_in == number)


def lanes_of(rows: ByVersion) -> list[list[str]]:
    """Codes by lane: kin stand together, and the first that comes of a question goes on in its lane."""
    last = {code: entry for _number, by_code in sorted(rows.items()) for code, entry in by_code.items()}
    seen = {code for by_code in rows.values() for code, entry in by_code.items() if entry.is_listed}
    came_from = {code: [old for old in last[code].came_from if old in seen] for code in seen}
    first = {
        code: min(n for n, by_code in rows.items() if code in by_code and by_code[code].is_listed) for code in seen
    }
    place = {code: (first[code], rows[first[code]][code].position) for code in seen}
    families = _families(came_from)
    families.sort(key=lambda family: min(place[code] for code in family))
    return [lane for family in families for lane in _lanes_of_family(family, came_from, place)]


def _families(came_from: Mapping[str, Sequence[str]]) -> list[list[str]]:
    leader: dict[str, str] = {code: code for code in came_from}

    def find(code: str) -> str:
        while leader[code] != code:
            code = leader[code]
        return code

    for code, parents in came_from.items():
        for parent in parents:
            leader[find(parent)] = find(code)
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for code in came_from:
        grouped[find(code)].append(code)
    return list(grouped.values())


def _lanes_of_family(
    family: Sequence[str], came_from: Mapping[str, Sequence[str]], place: Mapping[str, tuple[int, int]]
) -> list[list[str]]:
    lanes: list[list[str]] = []
    for code in sorted(family, key=lambda code: (place[code], number_of(code))):
        parents = [index for index, lane in enumerate(lanes) if set(lane) & set(came_from[code])]
        free = [index for index in parents if lanes[index][-1] in came_from[code]]
        if free:
            lanes[free[0]].append(code)
        else:
            lanes.insert(parents[-1] + 1 if parents else len(lanes), [code])
    return lanes


def _flow(
    river: River,
    code: str,
    numbers: Sequence[int],
    rows: ByVersion,
    x_of: Mapping[int, int],
    y_of: Mapping[str, int],
) -> None:
    """The nodes of one question and the lines between them."""
    y = y_of[code]
    for number in numbers:
        river.nodes.append(Node(x_of[number], y, rows[number][code]))
    for before, after in pairwise(numbers):
        old, new = rows[before][code], rows[after][code]
        d = f"M{x_of[before]} {y}H{x_of[after]}"
        river.flows.append(Flow(d, old.is_stubborn, old.wording != new.wording))


def _succeed(
    river: River,
    shown: Mapping[str, Sequence[int]],
    rows: ByVersion,
    x_of: Mapping[int, int],
    y_of: Mapping[str, int],
) -> None:
    """The lines from split and merged questions to what came of them."""
    for code, numbers in shown.items():
        if not numbers:
            continue
        for parent in rows[numbers[0]][code].came_from:
            earlier = [number for number in shown.get(parent, ()) if number < numbers[0]]
            if not earlier:
                continue
            start, stop = x_of[earlier[-1]], x_of[numbers[0]]
            middle = (start + stop) // 2
            d = f"M{start} {y_of[parent]}C{middle} {y_of[parent]} {middle} {y_of[code]} {stop} {y_of[code]}"
            river.flows.append(Flow(d, rows[earlier[-1]][parent].is_stubborn, is_reworded=False))


def _lane(river: River, y: int, code: str, numbers: Sequence[int], rows: ByVersion, x_of: Mapping[int, int]) -> Lane:
    told = _tell(code, numbers, rows)
    text = Truncator(told.entry.wording).chars(river.letters)
    return Lane(y, told.entry, text, told.words, told.is_stubborn, x_of[numbers[-1]] + 20)


def _tell(code: str, numbers: Sequence[int], rows: ByVersion) -> Told:
    newest = max(rows)
    entry = rows[newest].get(code) or rows[numbers[-1]][code]
    states = [rows[number].get(code) if number in numbers else None for number in sorted(rows)]
    is_stubborn = entry.is_listed and entry.is_stubborn
    return Told(entry, _final_words(entry, numbers[0] if numbers else newest, newest), is_stubborn, states)


def _final_words(entry: AgendaEntry, first: int, newest: int) -> str:
    if entry.is_gone or entry.is_answered:
        reason = reason_words(entry)
        return f"{_('let go')}: {reason}" if entry.drop_reason else reason
    if entry.is_stubborn:
        return _("stubborn, open in %(count)d versions") % {"count": entry.open_count}
    if entry.is_provisional:
        return _("provisionally answered")
    if first == newest:
        return _("new, %(origin)s") % {"origin": origin_words(entry, entry.came_from)}
    return _("open, since version %(number)d") % {
        "number": newest - entry.open_count + 1 if entry.open_count else first
    }
