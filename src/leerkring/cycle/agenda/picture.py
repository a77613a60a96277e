"""The comparison as a picture: which card stands in which row, and the lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from leerkring.cycle.agenda.compare import Comparison, Row, Strand
from leerkring.cycle.agenda.enums import Fate, Origin
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.agenda.words import detail_words, fate_words, reason_words

ROW = 10
"""Height of a row in the drawing; it is stretched over the real one."""

KINDS = {
    Fate.STAYED: "stay",
    Fate.REWORDED: "word",
    Fate.PROVISIONAL: "prov",
    Fate.ANSWERED: "ans",
    Fate.DROPPED: "drop",
    Fate.SPLIT: "split",
    Fate.MERGED: "split",
    Fate.NEW: "new",
    Fate.REOPENED: "word",
}


@dataclass(frozen=True)
class Card:
    """A question on one side. `before` is its earlier wording, when that differs; `reason` why it stands apart."""

    entry: AgendaEntry
    row: int
    look: str = ""
    before: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FateLabel:
    row: int
    fate: Fate
    detail: str

    @property
    def kind(self) -> str:
        return KINDS[self.fate]


@dataclass(frozen=True)
class Line:
    kind: str
    d: str


@dataclass(frozen=True)
class Item:
    """A question in the list for narrow screens and in the table."""

    entry: AgendaEntry
    words: str
    look: str = ""
    before: str = ""


@dataclass
class Picture:
    height: int = 0
    olds: list[Card] = field(default_factory=list)
    news: list[Card] = field(default_factory=list)
    labels: list[FateLabel] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def view_height(self) -> int:
        return self.height * ROW


def picture_of(comparison: Comparison) -> Picture:
    picture = Picture()
    for strand in comparison.strands:
        _draw(picture, strand, picture.height + 1)
        _list(picture, strand)
        picture.height += strand.height
    return picture


def _draw(picture: Picture, strand: Strand, first: int) -> None:
    old_row = {entry.code: first + index for index, entry in enumerate(strand.olds)}
    new_row = {entry.code: first + index for index, entry in enumerate(strand.news)}
    for entry in strand.olds:
        rows = [row for row in strand.rows if row.old is entry]
        is_gone = rows[0].fate == Fate.DROPPED
        picture.olds.append(Card(entry, old_row[entry.code], "gone" if is_gone else _answered(entry)))
    for entry in strand.news:
        rows = [row for row in strand.rows if row.new is entry]
        picture.news.append(Card(entry, new_row[entry.code], _look(rows[0]), _before(rows[0]), _reason(rows[0])))
    picture.labels += _labels(strand, old_row, new_row)
    picture.lines += [_line(row, old_row, new_row, strand) for row in strand.rows]


def _labels(strand: Strand, old_row: dict[str, int], new_row: dict[str, int]) -> list[FateLabel]:
    """One label for each old question, one for all that were merged into the same, one for what is new."""
    labels: dict[tuple[str, ...], FateLabel] = {}
    for row in strand.rows:
        key = ("merged", *row.codes) if row.fate == Fate.MERGED else ((row.old or row.new).code,)  # type: ignore[union-attr]
        at = old_row[row.old.code] if row.old else new_row[row.new.code] if row.new else 0
        labels.setdefault(key, FateLabel(at, row.fate, detail_words(row, _together(row, strand))))
    return list(labels.values())


def _together(row: Row, strand: Strand) -> list[AgendaEntry]:
    """The old questions that were merged with this one."""
    if row.new is None:
        return [row.old] if row.old else []
    return [other.old for other in strand.rows if other.old and other.new is row.new and other.fate == row.fate]


def _line(row: Row, old_row: dict[str, int], new_row: dict[str, int], strand: Strand) -> Line:
    kind = KINDS[row.fate]
    if row.old is None and row.new is not None:
        from_block = row.fate == Fate.NEW and row.new.origin == Origin.BLOCK
        return Line("back" if from_block else "new", f"M50 {_middle(new_row[row.new.code])}H100")
    start = _middle(old_row[row.old.code]) if row.old else 0
    if row.new is None:
        return Line(kind, f"M0 {start}H50")
    stop = _middle(new_row[row.new.code])
    if start == stop:
        return Line(kind, f"M0 {start}H100")
    is_split = sum(1 for other in strand.rows if other.old is row.old) > 1
    if is_split:
        return Line(kind, f"M0 {start}H8C40 {start} 50 {stop} 92 {stop}H100")
    return Line(kind, f"M0 {start}C60 {start} 76 {stop} 92 {stop}H100")


def _middle(row: int) -> int:
    return row * ROW - ROW // 2


def _answered(entry: AgendaEntry) -> str:
    return "answered" if entry.is_answered else ""


def _look(row: Row) -> str:
    if row.new is None or row.new.is_answered:
        return "answered" if row.new else ""
    if not row.new.is_listed:
        return "gone"
    return "new" if row.fate in (Fate.NEW, Fate.SPLIT, Fate.MERGED) else ""


def _before(row: Row) -> str:
    return row.old.wording if row.old and row.is_reworded else ""


def _reason(row: Row) -> str:
    """Why a card stands there that the newer version does not list, unless the line says so."""
    if row.new is None or row.new.is_listed or row.fate == Fate.ANSWERED:
        return ""
    return reason_words(row.new)


def _list(picture: Picture, strand: Strand) -> None:
    """First what left, then what stands there now."""
    told: set[str] = set()
    for row in strand.rows:
        stays = row.new is not None and row.old is not None and row.old.code == row.new.code
        if row.old and not stays and row.old.code not in told:
            told.add(row.old.code)
            words = fate_words(row, _together(row, strand))
            picture.items.append(Item(row.old, words, "answered" if row.is_settled else "gone"))
    for entry in strand.news:
        row = next(row for row in strand.rows if row.new is entry)
        if row.old and row.old.code != entry.code:
            arrival = Row(None, entry, Fate.NEW, codes=tuple(_parents(entry, strand)))
            words = fate_words(arrival, []) if entry.is_listed else _reason(row)
        else:
            words = fate_words(row, _together(row, strand))
        picture.items.append(Item(entry, words, _look(row), _before(row)))


def _parents(entry: AgendaEntry, strand: Strand) -> Sequence[str]:
    return [row.old.code for row in strand.rows if row.new is entry and row.old]
