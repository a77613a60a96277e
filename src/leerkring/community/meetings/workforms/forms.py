from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.forms import ItemForm
from leerkring.community.meetings.workforms.actions import Texts
from leerkring.community.meetings.workforms.card import Asked, Card
from leerkring.community.meetings.workforms.enums import Aim
from leerkring.community.meetings.workforms.models import LARGEST, LONGEST
from leerkring.community.memberships.enums import Label
from leerkring.platform.ui.forms import PlainForm

AIMS = [("", gettext_lazy("It does not matter")), *((aim.value, aim.label) for aim in Aim)]
WHO = [
    (Label.PROGRAMME, gettext_lazy("everyone in the programme")),
    (Label.GROUP, gettext_lazy("the programme team")),
]


class FindForm(PlainForm):
    """What a form has to fit. A forged value is as good as none."""

    aim = forms.ChoiceField(label=gettext_lazy("What for"), choices=AIMS, required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes you have"), min_value=1, max_value=LONGEST, required=False)
    people = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, max_value=LARGEST, required=False)
    words = forms.CharField(label=gettext_lazy("Word"), max_length=60, required=False)

    def asked(self) -> Asked:
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        aim = values.get("aim")
        return Asked(
            words=str(values.get("words") or ""),
            aim=Aim(aim) if aim else None,
            minutes=values.get("minutes"),
            people=values.get("people"),
        )


class WorkformForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for, in one sentence"),
        max_length=300,
        help_text=gettext_lazy("What do people have afterwards that they did not have before?"),
    )
    aim = forms.ChoiceField(label=gettext_lazy("Aim"), choices=Aim.choices)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes, usually"), min_value=1, max_value=LONGEST)
    minutes_min = forms.IntegerField(label=gettext_lazy("At least"), min_value=1, max_value=LONGEST)
    minutes_max = forms.IntegerField(label=gettext_lazy("At most"), min_value=1, max_value=LONGEST)
    size_min = forms.IntegerField(label=gettext_lazy("People, from"), min_value=1, max_value=LARGEST)
    size_max = forms.IntegerField(label=gettext_lazy("People, up to"), min_value=1, max_value=LARGEST)
    steps = forms.CharField(
        label=gettext_lazy("Steps"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One on each line, with its minutes: what do you say, and what do people do?"),
    )
    materials = forms.CharField(
        label=gettext_lazy("What it needs"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One thing on each line. It comes on the list of what to take along."),
    )
    fits = forms.CharField(label=gettext_lazy("When to use it"), max_length=300, required=False)
    fits_not = forms.CharField(label=gettext_lazy("When not to"), max_length=300, required=False)
    watch = forms.CharField(
        label=gettext_lazy("What to watch"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    label = forms.ChoiceField(label=gettext_lazy("Who may see it?"), choices=WHO)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_team: bool, **kwargs: Any) -> None:
        """Without a choice of who may see it for who is not of the team: then it is for everyone."""
        super().__init__(*args, **kwargs)
        if not is_team:
            del self.fields["label"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        least, usual, most = (cleaned.get(name) for name in ("minutes_min", "minutes", "minutes_max"))
        if least and usual and least > usual:
            self.add_error("minutes_min", _("This is more than what it usually takes."))
        if most and usual and most < usual:
            self.add_error("minutes_max", _("This is less than what it usually takes."))
        if cleaned.get("size_min") and cleaned.get("size_max") and cleaned["size_min"] > cleaned["size_max"]:
            self.add_error("size_max", _("The largest group cannot be smaller than the smallest."))
        return cleaned

    def texts(self) -> Texts:
        values = {name: self.cleaned_data[name] for name in Texts.__dataclass_fields__}
        return Texts(**{**values, "aim": Aim(values["aim"])})

    def chosen_label(self) -> Label | None:
        label = self.cleaned_data.get("label")
        return Label(label) if label else None


class PartForm(ItemForm):
    """A part of a run sheet with the form that it follows."""

    workform = forms.ChoiceField(label=gettext_lazy("Working form"), required=False)

    def __init__(self, *args: Any, cards: Iterable[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = {card.key: card for card in cards}
        field = self.fields["workform"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared
        field.choices = [("", _("None")), *((key, card.name) for key, card in self.cards.items())]

    def changes(self) -> dict[str, Any]:
        """What the action takes."""
        changes = {name: value for name, value in self.cleaned_data.items() if name not in ("workform", "revision")}
        if "workform" in self.fields:
            changes["card"] = self.cards.get(self.cleaned_data["workform"])
        return changes
