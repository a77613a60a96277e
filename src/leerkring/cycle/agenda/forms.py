from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.forms import PlainForm

SHORT = forms.Textarea(attrs={"rows": 2, "maxlength": 300})


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {date_words(obj.starts_at, 'long')}"


class QuestionChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}. {obj.wording}" if obj.code else obj.wording


class VersionForm(PlainForm):
    """Set the next version: at a meeting, or by a decision with a date."""

    meeting = MeetingChoice(
        Meeting.objects.none(), label=_("Set at"), required=False, empty_label=_("Not at a meeting")
    )
    decision = forms.CharField(
        label=_("Or by this decision"),
        help_text=_("For example: decision of the core group."),
        max_length=300,
        required=False,
    )
    set_on = forms.DateField(
        label=_("On"), help_text=_("Leave empty for the day of the meeting, or today."), required=False
    )
    note = forms.CharField(
        label=_("What should readers know of this version?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    label = forms.ChoiceField(
        label=_("Who may see this version"),
        help_text=_("Each question in it keeps its own label."),
        choices=[(value, words) for value, words in Label.choices if value != Label.GROUP],
        initial=Label.PROGRAMME,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = queries.meetings_to_set_at(person, community)  # type: ignore[attr-defined]


class SplitForm(PlainForm):
    one = forms.CharField(label=_("First question"), max_length=300, widget=SHORT)
    two = forms.CharField(label=_("Second question"), max_length=300, widget=SHORT)
    three = forms.CharField(label=_("Third question"), max_length=300, widget=SHORT, required=False)
    four = forms.CharField(label=_("Fourth question"), max_length=300, widget=SHORT, required=False)
    note = forms.CharField(label=_("Why"), max_length=300, required=False)

    @property
    def wordings(self) -> list[str]:
        values = (self.cleaned_data[name] for name in ("one", "two", "three", "four"))
        return [value for value in values if value]


class MergeForm(PlainForm):
    questions = QuestionChoice(
        LearningQuestion.objects.none(), label=_("Which questions?"), widget=forms.CheckboxSelectMultiple
    )
    wording = forms.CharField(label=_("The one question that they become"), max_length=300, widget=SHORT)
    note = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].queryset = queries.mergeable(person, community)  # type: ignore[attr-defined]


class StubbornForm(PlainForm):
    stubborn_after = forms.IntegerField(
        label=_("Stubborn after so many versions in a row"),
        help_text=_("Versions that were set keep the number of their day."),
        min_value=1,
        max_value=9,
    )


class ChooseForm(PlainForm):
    """Which two versions to compare."""

    def __init__(self, *args: Any, versions: list[AgendaVersion], **kwargs: Any) -> None:
        choices = [
            (
                str(version.number),
                _("Version %(number)d, %(day)s")
                % {"number": version.number, "day": date_words(version.set_on, "short_year")},
            )
            for version in versions
        ]
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.ChoiceField(label=_("From version"), choices=choices)
        self.fields["to"] = forms.ChoiceField(label=_("To version"), choices=choices)
        for name in ("from", "to"):
            self.fields[name].widget.attrs["class"] = "utrecht-select"
