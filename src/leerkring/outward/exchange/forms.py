from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label, Level
from leerkring.outward.exchange import sheets
from leerkring.outward.exchange.columns import CHOICES, Column
from leerkring.outward.exchange.enums import ImportKind, Thing
from leerkring.outward.exchange.looking import Look
from leerkring.outward.exchange.matching import NearMatch
from leerkring.outward.exchange.people_import import Decision
from leerkring.outward.exchange.sheets import Unreadable
from leerkring.platform.ui.forms import PlainForm, dress

NEAR_ON_PAGE = 300
"""Names to decide on one page; further ones stay open, and their people come in without."""
LABELS = [Label.PROGRAMME, Label.ORGANISATIONS, Label.PUBLIC]


class UploadForm(PlainForm):
    """Choose a list."""

    kind = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[(ImportKind.PEOPLE, _("People")), (ImportKind.ACTIVITIES, _("Activities under the goals"))],
        initial=ImportKind.PEOPLE,
        widget=forms.RadioSelect,
    )
    list = forms.FileField(
        label=_("The list"),
        help_text=_("An .xlsx or .csv file of at most 5 MB. Nothing comes in before you have looked at it."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_list(self) -> UploadedFile:
        uploaded: UploadedFile = self.cleaned_data["list"]
        try:
            sheets.check_size(uploaded.size or 0)
        except Unreadable as unreadable:
            raise ValidationError(unreadable.message) from None
        return uploaded


class ReviewForm(PlainForm):
    """Everything about a list that a person decides: sheet, columns, names that are almost known, level, label."""

    def __init__(self, look: Look, kept: Mapping[str, Any], *, may_add: bool, data: Any = None) -> None:
        super().__init__(data)
        self.look, self.kept, self.may_add = look, kept, may_add
        self.near: dict[str, NearMatch] = {}
        self.without_level: list[int] = []
        self._add("sheet", self._sheet())
        for column in look.columns.columns:
            self._add(f"column-{column.index}", self._column(column))
        if look.people is not None:
            for near in look.people.near[:NEAR_ON_PAGE]:
                name = f"near-{hashlib.sha256(near.key.encode()).hexdigest()[:16]}"
                self.near[name] = near
                self._add(name, self._near(near))
            self.without_level = [person.line.row for person in look.people.people if person.line.level is None]
            self._add("usual_level", self._level())
        if look.activities is not None:
            self._add("label", self._label())

    def _add(self, name: str, field: forms.Field) -> None:
        field.required = False
        dress(name, field)
        self.fields[name] = field

    def _sheet(self) -> forms.Field:
        names = self.look.spreadsheet.names
        return forms.ChoiceField(
            label=_("Sheet"), choices=[(name, name) for name in names], initial=self.look.sheet, required=False
        )

    def _column(self, column: Column) -> forms.Field:
        purposes = [(purpose.value, purpose.label) for purpose in CHOICES[self.look.columns.kind]]
        return forms.ChoiceField(
            label=gettext("What is in column %(name)s?") % {"name": column.name},
            choices=[("", _("leave out")), *purposes],
            initial=column.purpose or "",
        )

    def _near(self, near: NearMatch) -> forms.Field:
        """The likely name stands ready, and is named as likely beside it; whoever presses the button decides."""
        choices: list[tuple[str, Any]] = []
        if near.likely is not None:
            choices.append((str(near.likely.id), near.likely.name))
        if self.may_add and near.thing != Thing.FIELD:
            choices.append((Decision.NEW.value, gettext("new: %(name)s") % {"name": near.text.strip()}))
        choices.append((Decision.LEAVE_OUT.value, _("leave open")))
        choices += [(str(known.id), known.name) for known in near.options if known != near.likely]
        kept = self.kept.get("decisions", {}).get(near.key)
        return forms.ChoiceField(
            label=gettext("What is %(name)s?") % {"name": near.text.strip()},
            choices=choices,
            initial=kept if kept in dict(choices) else choices[0][0],
        )

    def _level(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Level for these rows"),
            choices=[(level.value, level.label) for level in Level],
            initial=self.kept.get("usual_level", Level.ACTIVE.value),
        )

    def _label(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Who may see these activities?"),
            choices=[(label.value, label.label) for label in LABELS],
            initial=self.kept.get("label", Label.PROGRAMME.value),
        )

    def columns(self) -> Iterator[tuple[Column, forms.BoundField]]:
        for column in self.look.columns.columns:
            yield column, self[f"column-{column.index}"]

    def open_columns(self) -> list[tuple[Column, forms.BoundField]]:
        """Those about which we ask."""
        return [pair for pair in self.columns() if not self._is_settled(pair[0])]

    def settled_columns(self) -> list[tuple[Column, forms.BoundField]]:
        return [pair for pair in self.columns() if self._is_settled(pair[0])]

    def _is_settled(self, column: Column) -> bool:
        return not (column.asked or column.examples or self.look.columns.missing)

    def near_fields(self) -> Iterator[tuple[NearMatch, forms.BoundField]]:
        for name, near in self.near.items():
            yield near, self[name]

    def choices(self) -> dict[str, Any]:
        """What is decided by now, to keep with the waiting file. What was posted, checked, on top of what was kept."""
        said = self.cleaned_data
        decisions = dict(self.kept.get("decisions", {}))
        decisions |= {near.key: said[name] for name, near in self.near.items() if said.get(name)}
        columns = {
            str(column.index): said.get(f"column-{column.index}", "")
            for column in self.look.columns.columns
            if f"column-{column.index}" in self.data
        }
        return {
            "sheet": said.get("sheet") or self.look.sheet,
            "columns": columns or self.kept.get("columns"),
            "decisions": decisions,
            "usual_level": said.get("usual_level") or self.kept.get("usual_level", Level.ACTIVE.value),
            "label": said.get("label") or self.kept.get("label", Label.PROGRAMME.value),
        }

    def reads_otherwise(self) -> bool:
        """Whether another sheet or other columns were chosen than those that were looked at."""
        chosen = {
            column.index: self.cleaned_data.get(f"column-{column.index}", "") for column, _field in self.columns()
        }
        shown = {column.index: column.purpose or "" for column in self.look.columns.columns}
        return (self.cleaned_data.get("sheet") or self.look.sheet) != self.look.sheet or chosen != shown
