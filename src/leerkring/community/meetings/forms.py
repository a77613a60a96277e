from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.actions import Line, Noted
from leerkring.community.meetings.enums import IntervisieStep, MeetingKind, Presence
from leerkring.community.meetings.models import DAY_IN_MINUTES, Attendance, Meeting, RunSheetItem
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform.ui.forms import PlainForm

LABELS = [
    (Label.GROUP, gettext_lazy("the group alone, or the programme team")),
    (Label.PROGRAMME, gettext_lazy("everyone in the programme")),
    (Label.ORGANISATIONS, gettext_lazy("everyone of the organisations that take part")),
    (Label.PUBLIC, gettext_lazy("everyone, also without an account")),
]
KINDS = [("", gettext_lazy("All kinds")), *MeetingKind.choices]
TYPED_LINE = re.compile(r"\s*(\d{1,4})(?:\s*(?:min|minuten|minutes|m|')\.?(?=[\s:;,-]))?[\s:;,-]+(\S.*?)\s*")


class KindFilterForm(PlainForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, required=False)

    def asked(self) -> str:
        """The kind asked for, or nothing: a forged kind is as good as none."""
        return str(self.cleaned_data.get("kind", "")) if self.is_valid() else ""


class MeetingForm(PlainForm):
    """A meeting as one plans it: one day, a start and an end."""

    circle = forms.ModelChoiceField(Community.objects.none(), label=gettext_lazy("For whom"), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("An intervisie gets a number of its own: leave it empty."),
    )
    day = forms.DateField(label=gettext_lazy("Day"))
    starts = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput)
    ends = forms.TimeField(label=gettext_lazy("To"), widget=forms.TimeInput)
    last_day = forms.DateField(label=gettext_lazy("Last day"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300, required=False)
    online_url = forms.URLField(
        label=gettext_lazy("Link to take part online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only those who belong to the programme see it."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("One or two sentences. An intervisie keeps no text: leave it empty."),
    )
    facilitator = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Facilitator"), empty_label=gettext_lazy("Nobody"), required=False
    )
    label = forms.ChoiceField(label=gettext_lazy("Who may see this meeting?"), choices=LABELS)
    is_open = forms.BooleanField(
        label=gettext_lazy("Open to newcomers: whoever can see it, can sign up"), required=False
    )
    places_count = forms.IntegerField(
        label=gettext_lazy("Number of places"), min_value=1, max_value=10_000, required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        circles: QuerySet[Community],
        people: QuerySet[Person],
        meeting: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        if meeting is not None:
            kwargs["initial"] = {**_initial(meeting), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        _choose(self, "circle", circles)
        _choose(self, "facilitator", people)
        if meeting is not None:
            del self.fields["circle"], self.fields["kind"]
            if not meeting.keeps_text:
                del self.fields["title"], self.fields["purpose"]
        else:
            del self.fields["revision"]
            self.fields["title"].required = self.data.get("kind") != MeetingKind.INTERVISIE
            if len(circles) == 1:
                self.fields["circle"].widget = forms.HiddenInput()

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"]).strip()
        if not title and self.fields["title"].required:
            raise ValidationError(_("Give the meeting a title."))
        return title

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_moment("starts", cleaned.get("day"))
        self._clean_moment("ends", cleaned.get("last_day") or cleaned.get("day"))
        if "starts_at" in cleaned and "ends_at" in cleaned and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", _("The end comes before the start. Change one of the two."))
        return cleaned

    def _clean_moment(self, name: str, day: date | None) -> None:
        hour = self.cleaned_data.get(name)
        if day is None or hour is None:
            return
        try:
            self.cleaned_data[f"{name}_at"] = from_current_timezone(datetime.combine(day, hour))
        except ValidationError:
            self.add_error(name, _("The clock changes that night and this time is not clear. Take another."))

    def values(self) -> dict[str, Any]:
        """What the action takes, once the form is valid."""
        names = {"title", "purpose", "place", "online_url", "label", "facilitator", "is_open", "places_count"}
        values = {name: self.cleaned_data[name] for name in names & self.fields.keys()}
        return {**values, "starts_at": self.cleaned_data["starts_at"], "ends_at": self.cleaned_data["ends_at"]}


class LineForm(PlainForm):
    """One part of a run sheet, as fast as one types."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=DAY_IN_MINUTES)
    title = forms.CharField(label=gettext_lazy("What happens"), max_length=200)

    def line(self) -> Line:
        return Line(**self.cleaned_data)


class StepLineForm(PlainForm):
    """One part of the run sheet of an intervisie: a step, never a text (rule 6)."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=DAY_IN_MINUTES)
    step = forms.ChoiceField(label=gettext_lazy("Step"), choices=IntervisieStep.choices)

    def line(self) -> Line:
        return Line(**self.cleaned_data)


class LinesForm(PlainForm):
    """Many parts at once, one on a line."""

    lines = forms.CharField(
        label=gettext_lazy("Several parts at once"),
        max_length=20_000,
        widget=forms.Textarea,
        help_text=gettext_lazy("One part on a line: minutes first, then what happens. For instance: 10 Welcome"),
    )

    def clean_lines(self) -> list[Line]:
        found: list[Line] = []
        for number, text in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not text.strip():
                continue
            match = TYPED_LINE.fullmatch(text)
            if match is None:
                raise ValidationError(
                    _("Line %(number)d does not begin with minutes: %(text)s"),
                    params={"number": number, "text": text.strip()[:60]},
                )
            found.append(Line(int(match[1]), match[2]))
        return found


class ItemForm(LineForm):
    """Everything about one part."""

    note = forms.CharField(label=gettext_lazy("For everyone"), max_length=10_000, required=False, widget=forms.Textarea)
    facilitator_note = forms.CharField(
        label=gettext_lazy("For facilitators only"), max_length=10_000, required=False, widget=forms.Textarea
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StepItemForm(StepLineForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MaterialForm(PlainForm):
    """A link or a file."""

    url = forms.URLField(label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("PDF, Word, Excel, PowerPoint, OpenDocument, image or text. At most 20 MB."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty, it gets the name of the file or the link."),
    )
    label = forms.ChoiceField(label=gettext_lazy("Who may see it?"), choices=LABELS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            if bool(cleaned.get("url")) == bool(cleaned.get("file")):
                raise ValidationError(_("Give a link or a file: one of the two."))
            file = cleaned.get("file")
            cleaned["title"] = (cleaned["title"].strip() or (file.name if file else cleaned["url"]))[:200]
        return cleaned


class PeopleForm(PlainForm):
    """Whom one expects, from those who are not on the list yet."""

    people = forms.ModelMultipleChoiceField(Person.objects.none(), label=gettext_lazy("People"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "people", people)


class WalkInForm(PlainForm):
    """Somebody who came without being on the list."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Somebody else who was there"),
        empty_label=gettext_lazy("Choose a person"),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", people)


@dataclass
class SheetRow:
    """A person on the attendance list, with what is chosen."""

    attendance: Attendance
    presence: str
    minutes: str
    error: str = ""
    came_in: datetime | None = None
    is_corrected: bool = False


class AttendanceSheet:
    """The attendance list of a meeting: plain radio buttons, because hundreds of form fields would be slow.

    Each row carries what it said before (`was_`), so that two people who note different persons do not undo each other.
    """

    def __init__(self, attendances: Iterable[Attendance], data: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.rows = [self._row(attendance) for attendance in attendances]

    def _row(self, attendance: Attendance) -> SheetRow:
        minutes = "" if attendance.minutes is None else str(attendance.minutes)
        if self.data is None:
            return SheetRow(attendance, attendance.presence, minutes)
        key = attendance.person_id
        return SheetRow(
            attendance,
            self.data.get(f"is_{key}", attendance.presence),
            self.data.get(f"minutes_{key}", minutes).strip(),
        )

    def mark(self, *, came_in: Mapping[int, datetime], corrected: set[int]) -> None:
        """What one wants to know beside the answer."""
        for row in self.rows:
            key = row.attendance.person_id
            row.came_in, row.is_corrected = came_in.get(key), key in corrected

    def notes(self, *, rest_was_there: bool) -> list[Noted]:
        """What is new on the list. Raises ValidationError, with the error on its row, for minutes that are none."""
        found = []
        for row in self.rows:
            presence = row.presence
            if rest_was_there and presence == Presence.EXPECTED:
                presence = Presence.PRESENT
            if presence not in Presence.values:
                row.error = _("Choose one of the answers.")
                continue
            minutes = self._minutes(row) if presence == Presence.PARTLY else None
            if not row.error and self._is_new(row, presence):
                found.append(Noted(row.attendance.person, Presence(presence), minutes))
        if any(row.error for row in self.rows):
            raise ValidationError(_("Look at the rows with a mark."))
        return found

    def _is_new(self, row: SheetRow, presence: str) -> bool:
        key = row.attendance.person_id
        before = self.data.get(f"was_{key}", "") if self.data else ""
        return before != f"{presence}:{row.minutes if presence == Presence.PARTLY else ''}"

    def _minutes(self, row: SheetRow) -> int | None:
        meeting = row.attendance.meeting
        if not row.minutes:
            return None
        if not row.minutes.isascii() or not row.minutes.isdigit() or not 0 < int(row.minutes[:5]) <= meeting.minutes:
            row.error = _("Give whole minutes, up to %(minutes)d.") % {"minutes": meeting.minutes}
            return None
        return int(row.minutes)


class AttendanceForm(PlainForm):
    """Of one person: there or not, and when partly, for which parts or how many minutes."""

    presence = forms.ChoiceField(label=gettext_lazy("Was there"), choices=Presence.choices, widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Partly: for these parts"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Or so many minutes"), min_value=1, max_value=DAY_IN_MINUTES, required=False
    )

    def __init__(
        self, *args: Any, attendance: Attendance, items: list[RunSheetItem], attended: set[int], **kwargs: Any
    ) -> None:
        self.items = {str(item.pk): item for item in items}
        minutes = None if attended else attendance.minutes
        parts = [str(pk) for pk in attended]
        kwargs["initial"] = {"presence": attendance.presence, "parts": parts, "minutes": minutes}
        super().__init__(*args, **kwargs)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [
            (key, _("%(name)s (%(minutes)d min)") % {"name": item.name, "minutes": item.minutes})
            for key, item in self.items.items()
        ]
        if not items:
            del self.fields["parts"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("parts") and cleaned.get("presence") == Presence.PARTLY and cleaned.get("minutes"):
            self.add_error("minutes", _("Tick parts or give minutes: one of the two."))
        return cleaned

    def chosen_parts(self) -> list[RunSheetItem]:
        """The parts that count: those of somebody who was there partly."""
        is_partly = self.cleaned_data["presence"] == Presence.PARTLY
        return [self.items[key] for key in self.cleaned_data.get("parts", [])] if is_partly else []


def _initial(meeting: Meeting) -> dict[str, Any]:
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    names = ("title", "purpose", "place", "online_url", "label", "is_open", "places_count", "revision")
    return {
        **{name: getattr(meeting, name) for name in names},
        "facilitator": meeting.facilitator_id,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


def _choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = rows


class CodeForm(PlainForm):
    code = forms.CharField(label=gettext_lazy("Code on the screen"), max_length=20, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        )


class CheckInForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Your name, if you like"),
        help_text=gettext_lazy("The facilitators see it, and who sits at your table."),
        max_length=100,
        required=False,
    )
