from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, ReviewOutcome, Step
from leerkring.cycle.uptake.forms.rows import LABELS, EditForm, PersonField, RowField
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.cycle.uptake.queries import MatrixFilter
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform import clock
from leerkring.platform.ui.forms import PlainForm


class MatrixFilterForm(PlainForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    theme = RowField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("All themes"))
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    step = forms.TypedChoiceField(label=_("Step"), required=False, coerce=int, empty_value=None)
    blocked = forms.BooleanField(label=_("Only blocked"), required=False)

    def __init__(self, *args: Any, themes: QuerySet[Theme], units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *ChangeKind.choices]  # type: ignore[attr-defined]
        self.fields["theme"].offer(themes)  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("All units")), *((unit.pk, unit.name) for unit in units)]  # type: ignore[attr-defined]
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            ("", _("All steps")),
            *((step.value, f"{step.value} {step.label}") for step in Step),
        ]

    def asked(self) -> MatrixFilter:
        """What was asked; a choice that is not there asks nothing."""
        self.is_valid()
        found = self.cleaned_data
        theme = found.get("theme")
        return MatrixFilter(
            kind=found.get("kind", ""),
            theme_id=theme.pk if theme else None,
            unit_id=found.get("unit"),
            step=found.get("step"),
            only_blocked=found.get("blocked", False),
        )


class ChangeForm(EditForm):
    title = forms.CharField(
        label=_("The new way of working"), max_length=200, help_text=_("What is done, in a few words anybody knows.")
    )
    kind = forms.ChoiceField(label=_("What kind of change"), choices=ChangeKind.choices, widget=forms.RadioSelect)
    explanation = forms.CharField(label=_("Explanation"), required=False, max_length=5000, widget=forms.Textarea)
    anchor_kind = forms.ChoiceField(
        label=_("Where it will be fixed"), required=False, choices=[("", _("Not known yet")), *AnchorKind.choices]
    )
    anchor = forms.CharField(
        label=_("Name of that anchor"), required=False, max_length=300, help_text=_("For instance: contract text 2.4.")
    )
    carrier = PersonField(Person.objects.none(), label=_("Carried by"), required=False, empty_label=_("Nobody yet"))
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme"))
    label = forms.ChoiceField(label=_("Who may see this"), choices=LABELS, initial=Label.PROGRAMME)
    insight = RowField(
        Insight.objects.none(), label=_("Rests on this insight"), required=False, empty_label=_("Choose later")
    )

    def __init__(
        self,
        *args: Any,
        themes: QuerySet[Theme],
        people: QuerySet[Person] | None,
        insights: QuerySet[Insight] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]
        if people is None:
            del self.fields["carrier"]
        else:
            self.fields["carrier"].offer(people)  # type: ignore[attr-defined]
        if insights is None:
            del self.fields["insight"]
        else:
            self.fields["insight"].offer(insights)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(change: Change) -> dict[str, Any]:
        return {
            "title": change.title,
            "kind": change.kind,
            "explanation": change.explanation,
            "anchor_kind": change.anchor_kind,
            "anchor": change.anchor,
            "carrier": change.carrier_id,
            "theme": change.theme_id,
            "label": change.label,
            "revision": change.revision,
        }


class StartForm(PlainForm):
    """Begin to follow a change in a unit."""

    unit = RowField(Unit.objects.none(), label=_("In which unit"), empty_label=None)
    recipient_name = forms.CharField(
        label=_("Who receives it there"),
        max_length=200,
        required=False,
        help_text=_("A role is enough: team leader permits."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]


class InsightLinkForm(PlainForm):
    insight = RowField(Insight.objects.none(), label=_("Insight"), empty_label=_("Choose an insight"))

    def __init__(self, *args: Any, insights: QuerySet[Insight], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insight"].offer(insights)  # type: ignore[attr-defined]


class GoalLinkForm(PlainForm):
    goal = RowField(Goal.objects.none(), label=_("Goal"), empty_label=_("Choose a goal"))

    def __init__(self, *args: Any, goals: QuerySet[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].offer(goals)  # type: ignore[attr-defined]


class ActivityLinkForm(PlainForm):
    activity = RowField(Activity.objects.none(), label=_("Activity"), empty_label=_("Choose an activity"))

    def __init__(self, *args: Any, activities: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].offer(activities)  # type: ignore[attr-defined]


class StepUpForm(PlainForm):
    """The one next step: evidence, a name, a day; for the norm a review date."""

    to = forms.IntegerField(widget=forms.HiddenInput)
    evidence = forms.CharField(label=_("Evidence"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Who says so"), max_length=200)
    taken_on = forms.DateField(label=_("On which day"))
    review_on = forms.DateField(
        label=_("Review on"), help_text=_("Look again after six to twelve months whether it still is the norm.")
    )
    evidence_url = forms.URLField(label=_("Link to the evidence"), required=False, max_length=500)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = EVIDENCE[step]
        if step != Step.NORM:
            del self.fields["review_on"]

    @staticmethod
    def initial_of(uptake: Uptake) -> dict[str, Any]:
        return {"to": uptake.next_step, "taken_on": clock.today(), "review_on": in_half_a_year()}


EVIDENCE = {
    Step.INSIGHT: _("The sentence that was learned."),
    Step.HANDED_OVER: _("When was it handed over, and how do you know that it was understood?"),
    Step.TRIED: _("In which case was it done on purpose?"),
    Step.ADOPTED: _("What does the unit say? It does so without the pioneers."),
    Step.ANCHORED: _("In which anchor does it stand? Name the text, and link to it when you can."),
    Step.NORM: _("Not doing it needs explaining now, and the old way has stopped. How do you know?"),
}
"""What counts as evidence on each step of the ladder."""


def in_half_a_year() -> date:
    today = clock.today()
    month = today.month + 6
    return date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, min(today.day, 28))


class StepDownForm(PlainForm):
    to = forms.TypedChoiceField(label=_("Back to"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=5000, widget=forms.Textarea)

    def __init__(self, *args: Any, uptake: Uptake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lower = [step for step in reversed(Step) if step < uptake.step]
        self.fields["to"].choices = [(step.value, f"{step.value} {step.label}") for step in lower]  # type: ignore[attr-defined]


class ReviewForm(PlainForm):
    outcome = forms.ChoiceField(label=_("What did you find"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(label=_("How do you know"), max_length=5000, widget=forms.Textarea)
    name = forms.CharField(label=_("Who says so"), max_length=200)
    next_review_on = forms.DateField(label=_("Next review on"), required=False)


class BlockForm(PlainForm):
    reason = forms.CharField(label=_("What holds it up, in one sentence"), max_length=300)


class UnblockForm(PlainForm):
    note = forms.CharField(label=_("What solved it"), max_length=300, required=False)


class AskForm(PlainForm):
    wording = forms.CharField(
        label=_("Learning question"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("Ask how or what, about the way you work together."),
    )


class QuestionLinkForm(PlainForm):
    question = RowField(
        LearningQuestion.objects.none(), label=_("Question on the agenda"), empty_label=_("Choose a question")
    )

    def __init__(self, *args: Any, questions: QuerySet[LearningQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].offer(questions)  # type: ignore[attr-defined]


class GiveUpForm(PlainForm):
    reason = forms.CharField(label=_("Why it is given up here"), max_length=300)


class RecipientForm(PlainForm):
    recipient = PersonField(
        Person.objects.none(),
        label=_("Somebody of the programme"),
        required=False,
        empty_label=_("Nobody from the list"),
    )
    recipient_name = forms.CharField(
        label=_("Or a name or role"), max_length=200, required=False, help_text=_("For whoever is not in the list.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].offer(people)  # type: ignore[attr-defined]
