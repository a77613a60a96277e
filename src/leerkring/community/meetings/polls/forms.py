from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.enums import MeetingKind, PollReply
from leerkring.community.meetings.forms import LABELS
from leerkring.community.meetings.polls.actions import Guest, Slot
from leerkring.community.meetings.polls.models import PollOption, PollVoice
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person
from leerkring.platform.ui.forms import PlainForm, dress

ROWS = 6


class DatesForm(PlainForm):
    """Several dates at once. Hours that are left empty are those of the row above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self._add(f"day_{number}", forms.DateField(label=_("Day"), required=False))
            self._add(f"starts_{number}", forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput()))
            self._add(f"ends_{number}", forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput()))

    def _add(self, name: str, field: forms.Field) -> None:
        dress(name, field)
        self.fields[name] = field

    def rows(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField, forms.BoundField]]:
        for number in range(1, ROWS + 1):
            yield number, self[f"day_{number}"], self[f"starts_{number}"], self[f"ends_{number}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.slots: list[Slot] = []
        starts: time | None = None
        ends: time | None = None
        for number in range(1, ROWS + 1):
            day = cleaned.get(f"day_{number}")
            if day is None:
                continue
            starts = cleaned.get(f"starts_{number}") or starts
            ends = cleaned.get(f"ends_{number}") or ends
            if starts is None:
                self.add_error(f"starts_{number}", _("Write a time, such as 13:00."))
            elif ends is None:
                self.add_error(f"ends_{number}", _("Write a time, such as 13:00."))
            elif ends <= starts:
                self.add_error(f"ends_{number}", _("The end comes before the start. Change one of the two."))
            else:
                self._keep(number, day, starts, ends)
        if not self.slots and not self.errors:
            self.add_error("day_1", _("Propose at least one date."))
        return cleaned

    def _keep(self, number: int, day: date, starts: time, ends: time) -> None:
        try:
            slot = Slot(*(from_current_timezone(datetime.combine(day, hour)) for hour in (starts, ends)))
        except ValidationError:
            self.add_error(
                f"starts_{number}", _("The clock changes that night and this time is not clear. Take another.")
            )
            return
        if slot not in self.slots:
            self.slots.append(slot)


class PollForm(DatesForm):
    """What the meeting is, until when people answer, and the dates. For a meeting that stands already less is asked."""

    circle = forms.ModelChoiceField(Community.objects.none(), label=gettext_lazy("For whom"), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("An intervisie gets a number of its own: leave it empty."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=10_000, required=False, widget=forms.Textarea)
    closes_on = forms.DateField(label=gettext_lazy("Last day to answer"))
    label = forms.ChoiceField(label=gettext_lazy("Who may see this meeting?"), choices=LABELS)

    def __init__(self, *args: Any, circles: QuerySet[Community], is_for_meeting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_for_meeting:
            for name in ("circle", "kind", "title", "place", "purpose", "label"):
                del self.fields[name]
            return
        self.fields["title"].required = self.data.get("kind") != MeetingKind.INTERVISIE
        field = self.fields["circle"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = circles
        if len(circles) == 1:
            field.widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        names = ("title", "place", "purpose", "closes_on", "label")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class WordsForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=10_000, required=False, widget=forms.Textarea)


class CloseForm(PlainForm):
    closes_on = forms.DateField(label=gettext_lazy("Last day to answer"))


class NeededForm(PlainForm):
    """Who must be there."""

    people = forms.ModelMultipleChoiceField(Person.objects.none(), label=gettext_lazy("Who must be there?"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = people
        field.widget.attrs["size"] = min(max(len(people), 3), 10)


class AnswerForm(PlainForm):
    """Yes, if need be or no for each date; and for a visitor a name."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Your organisation"),
        empty_label=gettext_lazy("Another one, or none"),
        required=False,
    )
    organisation_name = forms.CharField(label=gettext_lazy("Another organisation"), max_length=200, required=False)
    address = forms.EmailField(
        label=gettext_lazy("E-mail address, if you want to hear which date it becomes"), required=False
    )

    def __init__(
        self,
        *args: Any,
        options: list[PollOption],
        organisations: QuerySet[Organisation],
        voice: PollVoice | None,
        said: dict[int, str],
        is_known: bool,
        **kwargs: Any,
    ) -> None:
        initial = {f"option_{pk}": answer for pk, answer in said.items()}
        if voice is not None and voice.person_id is None:
            initial |= {
                "name": voice.name, "organisation_name": voice.organisation_name, "address": voice.address,
                "organisation": str(voice.organisation_id or ""),
            }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.options = options
        if is_known:
            for name in ("name", "organisation", "organisation_name", "address"):
                del self.fields[name]
        else:
            self.fields["name"].widget.attrs["autocomplete"] = "name"
            field = self.fields["organisation"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = organisations
        for option in options:
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(choices=PollReply.choices, required=False)

    def rows(self) -> list[tuple[PollOption, str, str]]:
        """Each date with the name of its field and what is chosen."""
        found = []
        for option in self.options:
            name = f"option_{option.pk}"
            found.append((option, name, str(self[name].value() or "")))
        return found

    def answers(self) -> dict[int, PollReply]:
        said = {option.pk: self.cleaned_data.get(f"option_{option.pk}") for option in self.options}
        return {pk: PollReply(answer) for pk, answer in said.items() if answer}

    def guest(self) -> Guest | None:
        if "name" not in self.fields:
            return None
        values = self.cleaned_data
        organisation = values["organisation"]
        return Guest(
            values["name"], organisation, "" if organisation else values["organisation_name"], values["address"]
        )
