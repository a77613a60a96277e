from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leerkring.community.meetings.rhythm.days import BOUNDS, Rhythm, letter_in_words, may_differ
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.platform.ui.forms import PlainForm, dress


@dataclass(frozen=True)
class Row:
    """One letter: whether it goes, and when. `days` is None where there is nothing to choose."""

    goes: BoundField
    days: BoundField | None


class RhythmForm(PlainForm):
    """A letter on a line: a tick, and its days between bounds."""

    def __init__(self, *args: Any, letters: Rhythm, days: Rhythm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for moment in LetterMoment:
            said = str(moment.label) if may_differ(moment) else letter_in_words(moment, days[moment])
            self._add(moment.value, forms.BooleanField(label=capfirst(said), required=False, initial=moment in letters))
            if may_differ(moment):
                self._add(f"{moment.value}_days", _days_field(moment, days[moment]))

    def _add(self, name: str, field: forms.Field) -> None:
        dress(name, field)
        self.fields[name] = field

    def rows(self) -> Iterator[Row]:
        for moment in LetterMoment:
            yield Row(self[moment.value], self[f"{moment.value}_days"] if may_differ(moment) else None)

    def chosen(self) -> dict[LetterMoment, int]:
        """Those that are ticked; where the days were left empty, as they are."""
        return {moment: self._days_of(moment) for moment in LetterMoment if self.cleaned_data[moment.value]}

    def _days_of(self, moment: LetterMoment) -> int:
        if not may_differ(moment):
            return BOUNDS[moment][0]
        name = f"{moment.value}_days"
        days: int = self.cleaned_data[name] or self.fields[name].initial
        return days


def _days_field(moment: LetterMoment, days: int) -> forms.IntegerField:
    least, most = BOUNDS[moment]
    said = {"least": least, "most": most}
    label = (
        _("Days after, from %(least)d to %(most)d") if moment.is_after else _("Days before, from %(least)d to %(most)d")
    )
    wrong = _("Choose from %(least)d to %(most)d days.") % said
    return forms.IntegerField(
        label=label % said,
        min_value=least,
        max_value=most,
        initial=days,
        required=False,
        error_messages={"min_value": wrong, "max_value": wrong},
    )
