"""Choices among many rows, and the form that carries the revision it started from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from leerkring.community.memberships.enums import Label
from leerkring.platform.ui.forms import PlainForm

LABELS = [(label.value, label.label) for label in Label if label != Label.GROUP]


class QuickSelect(forms.Select):
    """A select of a thousand people in a millisecond or two: written at once, not option by option by template."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any | None = None
    ) -> SafeString:
        chosen = str(value or "")
        options: Iterable[tuple[Any, Any]] = self.choices
        rows = ((key, " selected" if str(key) == chosen else "", text) for key, text in options)
        return format_html(
            "<select{}>{}</select>",
            format_html_join("", ' {}="{}"', _attributes({**self.attrs, **(attrs or {}), "name": name})),
            format_html_join("", '<option value="{}"{}>{}</option>', rows),
        )


def _attributes(attrs: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(key, key if value is True else value) for key, value in attrs.items() if value not in (None, False)]


class RowField(forms.ModelChoiceField):
    """One of many rows, read once to be shown; `has_rows` says whether there is anything to choose."""

    widget = QuickSelect
    has_rows = False

    def offer(self, rows: QuerySet[Any]) -> None:
        self.queryset = rows
        found = [(row.pk, self.label_from_instance(row)) for row in rows]
        self.has_rows = bool(found)
        nobody = [] if self.empty_label is None else [("", self.empty_label)]
        self.choices = [*nobody, *found]


class PersonField(RowField):
    """Somebody of the programme, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class EditForm(PlainForm):
    """A form that carries the revision it started from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def stand_on(self, revision: int) -> None:
        """After two people wrote at once: saving again is now a choice, with both texts in sight."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        self.data = data
