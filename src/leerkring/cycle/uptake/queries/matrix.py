from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import (
    Block,
    Change,
    Uptake,
)
from leerkring.cycle.uptake.queries.changes import changes_visible_to, units_of_programme


@dataclass(frozen=True)
class Cell:
    """One uptake as the matrix needs it: no model instance, there may be thousands."""

    uptake_id: int
    change_id: int
    unit_id: int
    step: int
    is_given_up: bool
    is_blocked: bool

    @property
    def is_fixed(self) -> bool:
        return not self.is_given_up and self.step >= Step.ANCHORED

    @property
    def is_norm(self) -> bool:
        return not self.is_given_up and self.step == Step.NORM


@dataclass(frozen=True)
class MatrixFilter:
    """What somebody asked to see of the matrix; empty means everything."""

    kind: str = ""
    theme_id: int | None = None
    unit_id: int | None = None
    step: int | None = None
    only_blocked: bool = False

    def wants(self, cell: Cell) -> bool:
        if self.unit_id is not None and cell.unit_id != self.unit_id:
            return False
        if self.step is not None and (cell.step != self.step or cell.is_given_up):
            return False
        return cell.is_blocked or not self.only_blocked

    def wants_change(self, change: Change) -> bool:
        return self.kind in ("", change.kind) and self.theme_id in (None, change.theme_id)

    @property
    def picks_cells(self) -> bool:
        return self.unit_id is not None or self.step is not None or self.only_blocked

    @property
    def is_empty(self) -> bool:
        return not (self.kind or self.theme_id or self.picks_cells)


@dataclass(frozen=True)
class UnitGroup:
    """Columns that stand together: the units of an organisation, or the parts of one unit."""

    name: str
    units: Sequence[Unit]


@dataclass(frozen=True)
class Matrix:
    """Changes by units as one person may see them. Counts are of everything; rows and columns of what was asked."""

    every_change: Sequence[Change]
    every_unit: Sequence[Unit]
    every_cell: Sequence[Cell]
    changes: Sequence[Change]
    groups: Sequence[UnitGroup]
    cells: dict[tuple[int, int], Cell]

    @property
    def units(self) -> list[Unit]:
        return [unit for group in self.groups for unit in group.units]

    @property
    def units_in_use(self) -> list[Unit]:
        in_use = {cell.unit_id for cell in self.every_cell}
        return [unit for unit in self.every_unit if unit.pk in in_use]

    @property
    def absent_units(self) -> list[Unit]:
        """Units that follow no change; a unit whose parts do is not absent."""
        in_use = {cell.unit_id for cell in self.every_cell}
        present = in_use | {unit.parent_id for unit in self.every_unit if unit.pk in in_use}
        return [unit for unit in self.every_unit if unit.pk not in present and unit.parent_id not in in_use]

    @property
    def fixed_count(self) -> int:
        return sum(cell.is_fixed for cell in self.every_cell)

    @property
    def norm_count(self) -> int:
        return sum(cell.is_norm for cell in self.every_cell)

    @property
    def blocked_count(self) -> int:
        return sum(cell.is_blocked for cell in self.every_cell)

    def narrowed(self, asked: MatrixFilter) -> Matrix:
        """The rows and columns that hold something of what was asked."""
        if asked.is_empty:
            return self
        changes = [change for change in self.every_change if asked.wants_change(change)]
        shown = {change.pk for change in changes}
        wanted = [cell for cell in self.every_cell if cell.change_id in shown and asked.wants(cell)]
        if asked.picks_cells:
            shown = {cell.change_id for cell in wanted}
            changes = [change for change in changes if change.pk in shown]
        columns = {cell.unit_id for cell in wanted}
        return replace(
            self,
            changes=changes,
            groups=_grouped([unit for unit in self.every_unit if unit.pk in columns]),
            cells={(cell.change_id, cell.unit_id): cell for cell in self.every_cell if cell.change_id in shown},
        )


def matrix_of(person: Person | None, community: Community) -> Matrix:
    """The whole matrix, in four queries whatever its size."""
    changes = list(changes_visible_to(person, community).select_related("theme").order_by("theme__position", "id"))
    blocked = set(
        Block.objects.filter(lifted_on__isnull=True, uptake__change__community=community).values_list(
            "uptake_id", flat=True
        )
    )
    known = {change.pk for change in changes}
    rows = Uptake.objects.filter(change__community=community).values_list(
        "id", "change_id", "unit_id", "step", "given_up_at"
    )
    cells = [
        Cell(pk, change_id, unit_id, step, given_up_at is not None, given_up_at is None and pk in blocked)
        for pk, change_id, unit_id, step, given_up_at in rows.order_by()
        if change_id in known
    ]
    units = list(units_of_programme(community))
    in_use = {cell.unit_id for cell in cells}
    return Matrix(
        every_change=changes,
        every_unit=units,
        every_cell=cells,
        changes=changes,
        groups=_grouped([unit for unit in units if unit.pk in in_use]),
        cells={(cell.change_id, cell.unit_id): cell for cell in cells},
    )


def _grouped(units: Sequence[Unit]) -> list[UnitGroup]:
    groups: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        parent = unit.parent.name if unit.parent is not None else ""
        groups[(unit.organisation.name, parent)].append(unit)
    return [
        UnitGroup(name=parent or organisation, units=members)
        for (organisation, parent), members in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] != ""))
    ]
