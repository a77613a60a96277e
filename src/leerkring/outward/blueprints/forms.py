from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.rhythm.days import Rhythm
from leerkring.outward.blueprints.blueprint import Blueprint, Moment
from leerkring.outward.blueprints.comparing import LONGEST_NAME, Chosen, Compared
from leerkring.outward.blueprints.document import MOST_BYTES, Found, Unreadable, read
from leerkring.outward.blueprints.enums import Choice
from leerkring.platform.ui.forms import PlainForm, dress

BUILT_IN_CHOICES = [
    (Choice.OURS.value, gettext_lazy("Keep the one that comes with Leerkring")),
    (Choice.BESIDE.value, gettext_lazy("Take theirs beside it, under another name")),
]


class FileForm(PlainForm):
    method = forms.FileField(
        label=gettext_lazy("Method file"), help_text=gettext_lazy("A file that another programme handed on (.json).")
    )

    found: Found

    def clean_method(self) -> UploadedFile:
        uploaded: UploadedFile = self.cleaned_data["method"]
        try:
            self.found = read(uploaded.read(MOST_BYTES + 1))
        except Unreadable as unreadable:
            raise forms.ValidationError(unreadable.sentences) from None
        return uploaded


class FirstDayForm(PlainForm):
    """From the first day all others are proposed."""

    first = forms.DateField(label=gettext_lazy("First meeting on"))


@dataclass(frozen=True)
class Row:
    """One meeting of the form, with its fields."""

    moment: Moment
    keep: BoundField
    day: BoundField
    begins: BoundField


class PlanForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Name of the edition"), max_length=200)
    places_count = forms.IntegerField(
        label=gettext_lazy("Number of places"), min_value=1, max_value=10_000, required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For all meetings; change it later where it differs."),
    )

    takes_mails = forms.BooleanField(
        label=gettext_lazy("Also send the letters as this method does"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, blueprint: Blueprint, first: date, mails_now: Rhythm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blueprint = blueprint
        if blueprint.mails is None or blueprint.mails == mails_now:
            del self.fields["takes_mails"]
        if not blueprint.makes_edition:
            del self.fields["name"], self.fields["places_count"]
        for number, (moment, day) in enumerate(zip(blueprint.moments, blueprint.dates_from(first), strict=True)):
            is_kept = not self.is_bound or bool(self.data.get(f"keep_{number}"))
            self._add(f"day_{number}", forms.DateField(label=_("Day"), required=is_kept, initial=day))
            self._add(
                f"begins_{number}", forms.TimeField(label=_("Begins at"), required=is_kept, initial=moment.begins)
            )
            self._add(f"keep_{number}", forms.BooleanField(label=_("Plan this one"), required=False, initial=True))

    def _add(self, name: str, field: forms.Field) -> None:
        dress(name, field)
        self.fields[name] = field

    def rows(self) -> Iterator[Row]:
        for number, moment in enumerate(self.blueprint.moments):
            yield Row(moment, self[f"keep_{number}"], self[f"day_{number}"], self[f"begins_{number}"])

    def begins(self) -> list[datetime | None]:
        """For each meeting of the blueprint its moment here, None where it is left out."""
        return [self._at(number) for number in range(len(self.blueprint.moments))]

    def _at(self, number: int) -> datetime | None:
        if not self.cleaned_data[f"keep_{number}"]:
            return None
        day, begins = self.cleaned_data[f"day_{number}"], self.cleaned_data[f"begins_{number}"]
        return timezone.make_aware(datetime.combine(day, begins))


@dataclass(frozen=True)
class ChoiceRow:
    """Something that is here with other words, and the fields to choose with."""

    compared: Compared
    choice: BoundField
    name: BoundField


class ChoicesForm(PlainForm):
    """For each thing that is here under the same name with other words: ours, theirs, or both."""

    def __init__(self, *args: Any, compared: Iterable[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = [each for each in compared if each.differs]
        for each in self.differing:
            self._add(
                each.key,
                forms.ChoiceField(
                    label=_("What do you want to do with %(name)s?") % {"name": each.name},
                    choices=BUILT_IN_CHOICES if each.is_built_in else Choice.choices,
                    widget=forms.RadioSelect,
                    initial=Choice.OURS,
                    required=False,
                ),
            )
            self._add(
                f"{each.key}-name",
                forms.CharField(
                    label=_("Name of theirs, if you take both"),
                    max_length=LONGEST_NAME,
                    initial=each.free_name,
                    required=False,
                ),
            )

    def _add(self, name: str, field: forms.Field) -> None:
        dress(name, field)
        self.fields[name] = field

    def rows(self) -> Iterator[ChoiceRow]:
        for each in self.differing:
            yield ChoiceRow(each, self[each.key], self[f"{each.key}-name"])

    def chosen(self) -> dict[str, Chosen]:
        """What was chosen; nothing said is ours."""
        said = self.cleaned_data
        return {
            each.key: Chosen(Choice(said[each.key] or Choice.OURS), said[f"{each.key}-name"]) for each in self.differing
        }
