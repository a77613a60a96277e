from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person, Unit
from leerkring.direction.strategy.enums import ActivityState
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.ui.forms import PlainForm

LABELS = [
    (Label.PUBLIC, gettext_lazy("everyone, also without an account")),
    (Label.ORGANISATIONS, gettext_lazy("everyone of the organisations that take part")),
    (Label.PROGRAMME, gettext_lazy("everyone in the programme")),
    (Label.GROUP, gettext_lazy("the programme team alone")),
]


class GoalForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Goal"), max_length=200)
    target_year = forms.IntegerField(label=gettext_lazy("Target year"), min_value=1990, max_value=2200)
    measured_in = forms.CharField(
        label=gettext_lazy("Measured in"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Kilotons of new material, per cent of the purchases, ..."),
    )
    target_value = forms.DecimalField(
        label=gettext_lazy("Target value"), max_digits=14, decimal_places=2, required=False, localize=True
    )
    explanation = forms.CharField(
        label=gettext_lazy("How we measure it, and what we do not know yet"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea,
    )
    label = forms.ChoiceField(label=gettext_lazy("Who may see it?"), choices=LABELS)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(goal: Goal) -> dict[str, Any]:
        return {name: getattr(goal, name) for name in GoalForm.base_fields}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class MeasureForm(PlainForm):
    """A measured value, with where it comes from."""

    measured_on = forms.DateField(label=gettext_lazy("Measured on"))
    value = forms.DecimalField(label=gettext_lazy("Value"), max_digits=14, decimal_places=2, localize=True)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)


class ActivityForm(PlainForm):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=20, required=False)
    title = forms.CharField(label=gettext_lazy("Activity"), max_length=300)
    description = forms.CharField(
        label=gettext_lazy("Description"), max_length=10_000, required=False, widget=forms.Textarea
    )
    chain = forms.CharField(label=gettext_lazy("Value chain"), max_length=100, required=False)
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(), label=gettext_lazy("Goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Owner"), empty_label=gettext_lazy("Nobody yet"), required=False
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=gettext_lazy("No unit"), required=False
    )
    starts_on = forms.DateField(label=gettext_lazy("Starts"), required=False)
    ends_on = forms.DateField(label=gettext_lazy("Ends"), required=False)
    label = forms.ChoiceField(label=gettext_lazy("Who may see it?"), choices=LABELS)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, goals: QuerySet[Goal], people: QuerySet[Person], units: QuerySet[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("goals", goals), ("owner", people), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows

    @staticmethod
    def initial_of(activity: Activity) -> dict[str, Any]:
        names = ("number", "title", "description", "chain", "starts_on", "ends_on", "label", "revision")
        return {
            **{name: getattr(activity, name) for name in names},
            "owner": activity.owner_id,
            "unit": activity.unit_id,
            "goals": list(activity.goals.all()),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end comes before the start. Change one of the two."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ActivityFilterForm(PlainForm):
    """What to show of many activities; a forged choice shows everything."""

    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=gettext_lazy("Goal"), empty_label=gettext_lazy("All goals"), required=False
    )
    chain = forms.ChoiceField(label=gettext_lazy("Value chain"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("All states")), *ActivityState.choices], required=False
    )
    words = forms.CharField(label=gettext_lazy("Words or number"), max_length=100, required=False)

    def __init__(self, *args: Any, goals: QuerySet[Goal], chains: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["goal"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = goals
        self.fields["chain"] = forms.ChoiceField(
            label=self.fields["chain"].label,
            choices=[("", _("All value chains")), *((chain, chain) for chain in chains)],
            required=False,
            widget=forms.Select(attrs={"class": "utrecht-select"}),
        )
        self.is_valid()

    def asked(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
