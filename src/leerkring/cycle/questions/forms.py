from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.questions import queries
from leerkring.cycle.questions.enums import ActionKind, DropReason, QuestionPart, Size
from leerkring.cycle.questions.models import Action, LearningQuestion, Theme
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.direction.strategy.queries import activities_visible_to, goals_visible_to
from leerkring.platform.ui.forms import PlainForm, PlainModelForm

SHORT = forms.Textarea(attrs={"rows": 2, "maxlength": 300})


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {date_format(localtime(obj.starts_at), 'j F Y')}"


class ActivityChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.title}".strip()


def _labels(community: Community) -> list[tuple[str, Any]]:
    """Labels that a question of this community can bear."""
    return [(value, label) for value, label in Label.choices if value != Label.GROUP or community.root_id is not None]


class _InProgramme(PlainForm):
    """A form that offers what there is in the programme, as far as this person may know it."""

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "theme": lambda: queries.open_themes_of(community),
            "meeting": lambda: queries.meetings_to_name(person, community),
            "owner": lambda: queries.people_who_take_part(community),
            "owner_unit": lambda: queries.units_of(community),
            "goals": lambda: goals_visible_to(person, community),
            "activities": lambda: activities_visible_to(person, community),
        }
        for name, choose in choices.items():
            if name in self.fields:
                self.fields[name].queryset = choose()  # type: ignore[attr-defined]
        if "label" in self.fields:
            self.fields["label"].choices = _labels(community)  # type: ignore[attr-defined]


class RaiseForm(_InProgramme):
    wording = forms.CharField(
        label=_("Your question"),
        help_text=_("Begin with how, what, who or why. Ask about how we think, work or organise."),
        max_length=300,
        widget=SHORT,
    )
    barrier = forms.CharField(
        label=_("What gets in the way"),
        help_text=_("The trouble in your work that this question comes from."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme yet")
    )
    meeting = MeetingChoice(
        Meeting.objects.none(), label=_("Raised at"), required=False, empty_label=_("Not at a meeting")
    )
    label = forms.ChoiceField(label=_("Who may see this"), initial=Label.PROGRAMME)


class RewordForm(_InProgramme):
    wording = forms.CharField(label=_("Question"), max_length=300, widget=SHORT)
    barrier = forms.CharField(
        label=_("What gets in the way"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    meeting = MeetingChoice(
        Meeting.objects.none(), label=_("Said differently at"), required=False, empty_label=_("Not at a meeting")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SharpenForm(RewordForm):
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme yet")
    )
    field_order = ["wording", "barrier", "theme", "meeting", "revision"]


class AnswerForm(PlainForm):
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("A few sentences that a colleague elsewhere can use."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DropForm(PlainForm):
    reason = forms.ChoiceField(label=_("Why"), choices=DropReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Explanation"), max_length=300, required=False)


class OwnerForm(_InProgramme):
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Person"), required=False, empty_label=_("Nobody"))
    owner_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("No unit"))


class ThemeOfQuestionForm(_InProgramme):
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme yet")
    )

    def __init__(self, *args: Any, question: LearningQuestion, **kwargs: Any) -> None:
        super().__init__(*args, initial={"theme": question.theme_id}, **kwargs)
        field: Any = self.fields["theme"]
        field.queryset = queries.themes_for(question)
        if not self.is_bound:
            field.choices = [("", field.empty_label), *queries.names_of_themes(kwargs["community"], question)]


class LabelForm(_InProgramme):
    label = forms.ChoiceField(label=_("Who may see this"))


class LinksForm(_InProgramme):
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(), label=_("Goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    activities = ActivityChoice(
        Activity.objects.none(), label=_("Activities"), required=False, widget=forms.CheckboxSelectMultiple
    )


class ActionForm(_InProgramme):
    text = forms.CharField(label=_("Action"), help_text=_("Begin with a verb."), max_length=300, widget=SHORT)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ActionKind.choices, widget=forms.RadioSelect, initial=ActionKind.MORE
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who does it"), required=False, empty_label=_("Nobody yet")
    )
    due_on = forms.DateField(label=_("Before"), required=False)
    effort = forms.ChoiceField(label=_("Effort"), choices=Size.choices, initial=Size.MEDIUM)
    impact = forms.ChoiceField(label=_("Impact"), choices=Size.choices, initial=Size.MEDIUM)


class EffectForm(PlainForm):
    effect = forms.CharField(
        label=_("What came of it"),
        help_text=_("Nothing is a result as well. Say what you saw."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ThemeForm(PlainModelForm):
    class Meta:
        model = Theme
        fields = ["name", "explanation"]
        widgets = {"explanation": forms.Textarea(attrs={"rows": 3})}


class FilterForm(PlainForm):
    """What of the list to show; anything that makes no sense is left out."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    part = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All questions")), *QuestionPart.choices]
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("All themes"))
    without_owner = forms.BooleanField(label=_("Without owner"), required=False)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = queries.themes_of(community)  # type: ignore[attr-defined]
        self.fields["words"].widget.input_type = "search"

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def action_values(action: Action) -> dict[str, Any]:
    return {name: getattr(action, name) for name in ("text", "kind", "owner", "due_on", "effort", "impact")}
