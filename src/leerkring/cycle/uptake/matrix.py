"""The matrix as HTML: written row by row in Python, because thousands of cells are too many for template tags."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import Change
from leerkring.cycle.uptake.queries import Cell, Matrix, MatrixFilter, UnitGroup
from leerkring.platform.ui import marks

WIDE_GROUP = 3
"""A heading above fewer columns than this would not fit."""


@dataclass(frozen=True)
class Drawing:
    """A matrix with the addresses and words of one page."""

    matrix: Matrix
    asked: MatrixFilter
    slug: str

    @cached_property
    def _cell_url(self) -> str:
        return reverse("uptake:uptake_page", args=[self.slug, 0])

    @cached_property
    def _unit_url(self) -> str:
        return reverse("uptake:unit_page", args=[self.slug, 0])

    @cached_property
    def _change_url(self) -> str:
        return reverse("uptake:change_page", args=[self.slug, 0])

    @cached_property
    def _many_organisations(self) -> bool:
        return len({unit.organisation_id for unit in self.matrix.units}) > 1

    @cached_property
    def has_group_row(self) -> bool:
        """Headings above the columns, when there is more than one group and they are wide enough."""
        groups = self.matrix.groups
        return len(groups) > 1 and all(len(group.units) >= WIDE_GROUP for group in groups)

    @cached_property
    def _firsts(self) -> set[int]:
        """Units before which a heavier line stands: where a group of several columns begins."""
        groups = self.matrix.groups
        if all(len(group.units) == 1 for group in groups):
            return set()
        return {group.units[0].pk for group in groups[1:]}

    @cached_property
    def _names(self) -> dict[int, str]:
        return {unit.pk: str(conditional_escape(self._short[unit.pk])) for unit in self.matrix.units}

    @cached_property
    def _words(self) -> list[str]:
        return [str(conditional_escape(step.label)) for step in Step]

    @cached_property
    def _short(self) -> dict[int, str]:
        """Names without what every neighbour says too: Stadsdeel under Stadsdelen, Gemeente before each town."""
        if not self._many_organisations:
            return {pk: name for group in self.matrix.groups for pk, name in self._in_group(group).items()}
        units = self.matrix.units
        organisations = _without_first_word({unit.organisation_id: unit.organisation.name for unit in units})
        own = {
            unit.pk: unit.name.removesuffix(organisations[unit.organisation_id]).strip() or unit.name for unit in units
        }
        if len(set(own.values())) == 1 and len(organisations) == len(units):
            return {unit.pk: organisations[unit.organisation_id] for unit in units}
        return {unit.pk: f"{organisations[unit.organisation_id]} · {own[unit.pk]}" for unit in units}

    def _in_group(self, group: UnitGroup) -> dict[int, str]:
        names = {unit.pk: unit.name for unit in group.units}
        return _without_first_word(names) if self.has_group_row else names

    def head(self) -> SafeString:
        """The columns: a row of groups where it helps, and the units, each a way to its page."""
        parts = []
        if self.has_group_row:
            parts.append('<tr class="grp"><td></td>')
            for index, group in enumerate(self.matrix.groups):
                name = conditional_escape(group.name if self._many_organisations or index else _("Units"))
                class_ = ' class="sep"' if index else ""
                parts.append(f'<th colspan="{len(group.units)}" scope="colgroup"{class_}>{name}</th>')
            parts.append("<td></td></tr>")
        parts.append(f'<tr><th scope="col"><span class="sr">{pgettext("uptake", "Change")}</span></th>')
        for unit in self.matrix.units:
            class_ = ' class="sep"' if unit.pk in self._firsts else ""
            parts.append(
                f'<th scope="col"{class_}><div class="v"><a href="{_with(self._unit_url, unit.pk)}">'
                f"{self._names[unit.pk]}</a></div></th>"
            )
        parts.append(f'<th scope="col">{_("Furthest")}</th></tr>')
        return _html(parts)

    def body(self) -> SafeString:
        return _html([self._row(change) for change in self.matrix.changes])

    def foot(self) -> SafeString:
        """How many of the changes shown are anchored or norm, for each unit."""
        parts = [f'<tr><th scope="row">{_("Anchored or norm")}</th>']
        for unit in self.matrix.units:
            cells = (self.matrix.cells.get((change.pk, unit.pk)) for change in self.matrix.changes)
            count = sum(cell is not None and cell.is_fixed for cell in cells)
            class_ = "num sep" if unit.pk in self._firsts else "num"
            parts.append(f'<td class="{class_}">{count}</td>')
        parts.append("<td></td></tr>")
        return _html(parts)

    def _row(self, change: Change) -> str:
        title = str(conditional_escape(change.title))
        below = " · ".join(filter(None, [change.get_kind_display(), change.anchor or change.get_anchor_kind_display()]))
        url = _with(self._change_url, change.pk)
        parts = [f'<tr><th scope="row"><b><a href="{url}">{title}</a></b><span>{conditional_escape(below)}</span></th>']
        cells = self.matrix.cells
        for unit in self.matrix.units:
            first = unit.pk in self._firsts
            cell = cells.get((change.pk, unit.pk))
            parts.append(_nothing(first) if cell is None else self._cell(cell, title, first, change.is_phase_out))
        parts.append(f'<td class="far">{self._furthest(change)}</td></tr>')
        return "".join(parts)

    def _cell(self, cell: Cell, title: str, first: bool, is_phase_out: bool) -> str:
        ground = marks.cell_class(cell.step, cell.is_blocked, cell.is_given_up)
        if self.asked.picks_cells and not self.asked.wants(cell):
            ground = ""
        if first:
            ground = f"{ground} sep"
        name = self._names[cell.unit_id]
        symbol = marks.ring_symbol(cell.step, cell.is_blocked, cell.is_given_up)
        return (
            f'<td class="{ground}"><a href="{_with(self._cell_url, cell.uptake_id)}" '
            f'aria-label="{name}: {self._said(cell, is_phase_out)}. {title}">'
            f'<svg aria-hidden="true"><use href="#{symbol}"/></svg>'
            f'<span class="uname">{name}</span></a></td>'
        )

    def _said(self, cell: Cell, is_phase_out: bool) -> str:
        if cell.is_given_up:
            return _("given up")
        words = f"{cell.step} {self._words[cell.step]}"
        if is_phase_out and cell.is_norm:
            words = f"{words}, {_('the old way has stopped')}"
        return f"{words}, {_('blocked')}" if cell.is_blocked else words

    def _furthest(self, change: Change) -> str:
        found = (self.matrix.cells.get((change.pk, unit.pk)) for unit in self.matrix.units)
        steps = [cell.step for cell in found if cell is not None and not cell.is_given_up]
        if not steps:
            return f'<span class="sr">{_("nowhere yet")}</span>'
        furthest = max(steps)
        return _("%(step)s<br>at %(count)d") % {"step": self._words[furthest], "count": steps.count(furthest)}


def _without_first_word(names: dict[int, str]) -> dict[int, str]:
    """The same names without the first word, when all of several have it and none is left empty."""
    first_words = {name.partition(" ")[0] for name in names.values()}
    if len(names) < 2 or len(first_words) != 1 or not all(" " in name for name in names.values()):
        return names
    return {key: name.partition(" ")[2] for key, name in names.items()}


def _with(url: str, pk: int) -> str:
    return url.replace("/0/", f"/{pk}/")


def _nothing(first: bool) -> str:
    class_ = "none sep" if first else "none"
    return f'<td class="{class_}"><span aria-hidden="true">·</span><span class="sr">{_("does not apply")}</span></td>'


def _html(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every name and title above is escaped
