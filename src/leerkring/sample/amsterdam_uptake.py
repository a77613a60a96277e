"""Chapter five, which runs beside the others: twelve changes in fourteen units, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from leerkring.community.memberships.enums import Label
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, Step
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.sample import amsterdam_texts as texts
from leerkring.sample.amsterdam_days import City
from leerkring.sample.stage import on

REVIEW_AFTER = timedelta(days=300)


class Cell(NamedTuple):
    unit: str
    step: int
    is_blocked: bool
    is_given_up: bool
    becomes_question: bool


def cells_of(row: texts.Row) -> Iterator[Cell]:
    for unit, mark in zip(texts.MATRIX_UNITS, row.cells.split(), strict=True):
        if mark != ".":
            yield Cell(unit, int(mark[0]), mark[1:] in ("!", "p"), mark[1:] == "x", mark[1:] == "p")


def put_changes(city: City, *, early: bool, day: date) -> None:
    """The changes that began early, or the others, with all their cells up to today."""
    for number, row in enumerate(row for row in texts.CHANGES if row.early == early):
        with on(day + timedelta(days=number * 3), 15):
            change = _put(city, row, number)
        cells = list(cells_of(row))
        for index, cell in enumerate(cells):
            _walk(city, row, change, cell, first=day + timedelta(days=14 + number * 3 + index), index=index)


def _put(city: City, row: texts.Row, number: int) -> Change:
    change = uptake.put_change(
        community=city.community,
        title=row.title,
        kind=ChangeKind(row.kind),
        anchor_kind=AnchorKind(row.anchor_kind),
        anchor=row.anchor,
        carrier=city.who(row.carrier),
        theme=city.themes[row.theme],
        insights=[found for found in (city.insights[place] for place in row.insights) if found],
        label=Label.PUBLIC,
        by=city.noor,
    )
    uptake.link_goal(change=change, goal=city.goals[(2026, 2030)[number % 2]], by=city.noor)
    wanted = [activity for activity in city.activities if activity.title.split()[0] == row.title.split()[0]]
    for activity in wanted[:2]:
        uptake.link_activity(change=change, activity=activity, by=city.noor)
    return change


def _walk(city: City, row: texts.Row, change: Change, cell: Cell, *, first: date, index: int) -> None:
    """From insight to where the cell stands now, the steps spread over the time there was."""
    last = city.days.second - timedelta(days=30) if cell.becomes_question else city.days.today - timedelta(days=1)
    room = max(1, (last - first).days)
    recipient = f"Teamleider {cell.unit}"
    with on(first, 9):
        taken = uptake.start_uptake(change=change, unit=city.units[cell.unit], recipient_name=recipient, by=city.noor)
    for number in range(1, cell.step + 1):
        share = (number + (index % 3) * 0.3) / (cell.step + 1)
        day = first + timedelta(days=int(room * share))
        with on(day, 14, index % 60):
            taken = _step(row, cell, taken, number, recipient, day, city)
    _end(city, row, cell, taken, last)


def _step(row: texts.Row, cell: Cell, taken: Uptake, number: int, recipient: str, day: date, city: City) -> Uptake:
    return uptake.step_up(
        uptake=taken,
        evidence=texts.EVIDENCE[number].format(unit=cell.unit, anchor=row.anchor),
        name=recipient,
        taken_on=day,
        review_on=day + REVIEW_AFTER if number == Step.NORM else None,
        by=city.noor,
    )


def _end(city: City, row: texts.Row, cell: Cell, taken: Uptake, last: date) -> None:
    taken.refresh_from_db()
    if cell.is_given_up:
        with on(last - timedelta(days=20)):
            uptake.give_up(uptake=taken, reason=texts.GIVE_UP_REASONS[row.title], by=city.noor)
    elif cell.is_blocked:
        since = last if cell.becomes_question else city.days.today - timedelta(days=12 + cell.step * 5)
        with on(since):
            uptake.block(uptake=taken, reason=texts.BLOCK_REASONS[row.title], by=city.who(row.carrier))
