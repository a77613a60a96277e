from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.uptake.enums import ChangeKind, CommitmentOutcome
from leerkring.cycle.uptake.forms.rows import LABELS, PersonField, RowField
from leerkring.cycle.uptake.models import Commitment
from leerkring.platform import clock
from leerkring.platform.ui.forms import PlainForm

SOON = timedelta(weeks=6)
"""A commitment without a day of its own is for before the first look back."""


class CommitmentForm(PlainForm):
    text = forms.CharField(label=_("What I shall do"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    with_whom = forms.CharField(label=_("With whom"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Before"))
    is_shared = forms.BooleanField(label=_("Others of the programme may see it"), required=False)
    meeting = RowField(Meeting.objects.none(), label=_("Made at"), empty_label=None)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": clock.today() + SOON, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]


class PaperForm(PlainForm):
    """What somebody wrote on paper, typed by the facilitator."""

    person = PersonField(Person.objects.none(), label=_("Whose paper is it"), empty_label=_("Choose somebody"))
    text = forms.CharField(label=_("What it says"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    with_whom = forms.CharField(label=_("With whom"), max_length=200, required=False)
    due_on = forms.DateField(label=_("Before"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": clock.today() + SOON, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class PromoteForm(PlainForm):
    """Whose commitment a line of the harvest is."""

    person = PersonField(Person.objects.none(), label=_("Who will do this"), empty_label=_("Choose somebody"))
    due_on = forms.DateField(label=_("Before"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]


class LookBackForm(PlainForm):
    """How it went; carries what was known when the page was opened."""

    outcome = forms.ChoiceField(label=_("How did it go"), choices=CommitmentOutcome.choices, widget=forms.RadioSelect)
    line = forms.CharField(label=_("In one line"), max_length=300, required=False)
    helped = forms.CharField(label=_("What helped"), max_length=300, required=False)
    hindered = forms.CharField(label=_("What hindered"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(commitment: Commitment, outcome: str = "") -> dict[str, Any]:
        return {
            "outcome": outcome or commitment.outcome,
            "line": commitment.looked_back,
            "helped": commitment.helped,
            "hindered": commitment.hindered,
            "revision": commitment.revision,
        }

    def stand_on(self, revision: int) -> None:
        """After another answer came first: saying it again is now a choice, with that one in sight."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        self.data = data


class OfItForm(PlainForm):
    """What came of a commitment, for others; to show it to all the world goes through a facilitator."""

    label = forms.ChoiceField(label=_("Who may see this"), choices=LABELS)
    field_order = ("sentence", "wording", "title", "kind", "unit", "recipient_name", "label")

    def __init__(self, *args: Any, may_show_to_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [choice for choice in LABELS if may_show_to_all or choice[0] != Label.PUBLIC]
        self.fields["label"].choices = labels  # type: ignore[attr-defined]


class InsightOfItForm(OfItForm):
    sentence = forms.CharField(
        label=_("What can others use of this?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence in new words. What you meant to do stays where it is."),
    )


class QuestionOfItForm(OfItForm):
    wording = forms.CharField(
        label=_("What did you run into that others should think about?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A question in new words. What you meant to do stays where it is."),
    )


class UptakeOfItForm(OfItForm):
    title = forms.CharField(
        label=_("Which way of working came of it?"),
        max_length=200,
        help_text=_("In a few words anybody knows. What you meant to do stays where it is."),
    )
    kind = forms.ChoiceField(label=_("What kind of change"), choices=ChangeKind.choices, widget=forms.RadioSelect)
    unit = RowField(Unit.objects.none(), label=_("Where"), empty_label=_("Choose a unit"))
    recipient_name = forms.CharField(label=_("Who has to take it over"), max_length=200, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
