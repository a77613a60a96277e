from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.formats.intervisie.models import AGREEMENTS
from leerkring.platform.ui.forms import PlainForm

OWN = "own"


class AgreementsForm(PlainForm):
    lines = forms.CharField(
        label=_("Agreements, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        validators=[AGREEMENTS],
        help_text=_("Leave it empty to have the list that comes with Leerkring."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PointForm(PlainForm):
    """The one sentence that a case bringer releases. The names of who will see it stand beside each choice."""

    sentence = forms.CharField(label=_("What you learned, in one sentence"), max_length=300)
    label = forms.ChoiceField(label=_("Who may see it?"), choices=Label.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = choices  # type: ignore[attr-defined]


class PlanForm(PlainForm):
    """Which method, and when: at an intervisie that is planned, or at a moment of the group's own."""

    method = forms.ChoiceField(label=_("Method"))
    meeting = forms.ChoiceField(label=_("When"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day"), required=False)
    starts = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)

    def __init__(
        self, *args: Any, methods: list[tuple[str, str]], meetings: list[tuple[Meeting, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = methods  # type: ignore[attr-defined]
        if not meetings:
            self.fields["meeting"].widget = forms.HiddenInput()
            for name in ("day", "starts"):
                self.fields[name].required = True
        own = [(OWN, _("At a moment of our own, below"))]
        moments = [(str(each.pk), words) for each, words in meetings]
        self.fields["meeting"].choices = moments + own  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("meeting") == OWN:
            for name in ("day", "starts"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in."))
        return values
