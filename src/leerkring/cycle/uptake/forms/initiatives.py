from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake.forms.rows import LABELS, EditForm, PersonField, RowField
from leerkring.cycle.uptake.models import Change, Initiative
from leerkring.direction.strategy.models import Goal
from leerkring.platform.ui.forms import PlainForm


class InitiativeForm(EditForm):
    title = forms.CharField(label=_("Name of the initiative"), max_length=200)
    description = forms.CharField(label=_("What it is"), required=False, max_length=5000, widget=forms.Textarea)
    effort = forms.ChoiceField(label=_("Effort"), choices=Size.choices, initial=Size.MEDIUM)
    impact = forms.ChoiceField(label=_("Impact"), choices=Size.choices, initial=Size.MEDIUM)
    partners = forms.CharField(label=_("Partners"), required=False, max_length=300)
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    next_step_by = PersonField(
        Person.objects.none(), label=_("Who does the next step"), required=False, empty_label=_("Nobody yet")
    )
    next_step_on = forms.DateField(label=_("Before"), required=False)
    carrier = PersonField(Person.objects.none(), label=_("Carried by"), required=False, empty_label=_("Nobody yet"))
    label = forms.ChoiceField(label=_("Who may see this"), choices=LABELS, initial=Label.PROGRAMME)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = people.all()
        self.fields["carrier"].offer(rows)  # type: ignore[attr-defined]
        self.fields["next_step_by"].offer(rows)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(initiative: Initiative) -> dict[str, Any]:
        return {
            "title": initiative.title,
            "description": initiative.description,
            "effort": initiative.effort,
            "impact": initiative.impact,
            "partners": initiative.partners,
            "next_step": initiative.next_step,
            "next_step_by": initiative.next_step_by_id,
            "next_step_on": initiative.next_step_on,
            "carrier": initiative.carrier_id,
            "label": initiative.label,
            "revision": initiative.revision,
        }


class OrganisationForm(PlainForm):
    organisation = RowField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]


class JudgeForm(PlainForm):
    """What it asks and what it brings, each for oneself."""

    effort = forms.ChoiceField(label=_("What does it ask?"), choices=Size.choices, widget=forms.RadioSelect)
    impact = forms.ChoiceField(label=_("What does it bring?"), choices=Size.choices, widget=forms.RadioSelect)


class InitiativeLinkForm(PlainForm):
    """To a goal that it serves, or to a change that came of it: one of the two."""

    goal = RowField(Goal.objects.none(), label=_("Goal that it serves"), required=False, empty_label=_("Choose a goal"))
    change = RowField(
        Change.objects.none(), label=_("Change that came of it"), required=False, empty_label=_("Choose a change")
    )

    def __init__(self, *args: Any, goals: QuerySet[Goal], changes: QuerySet[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].offer(goals)  # type: ignore[attr-defined]
        self.fields["change"].offer(changes)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("goal") and not said.get("change"):
            raise forms.ValidationError(_("Choose a goal or a change."))
        return said
