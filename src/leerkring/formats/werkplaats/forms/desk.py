from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.formats.werkplaats.enums import PostKind, RoundKind
from leerkring.formats.werkplaats.models import Round
from leerkring.platform.ui.forms import PlainForm

ASKED = [(value, label) for value, label in PostKind.choices if value != PostKind.FEEDBACK]
ONLY_FOR = {
    "takes": {RoundKind.RAISE},
    "deadline_at": {RoundKind.RAISE},
    "budget": {RoundKind.POINTS},
    "most_per_target": {RoundKind.POINTS},
    "is_anonymous": {RoundKind.RAISE, RoundKind.POINTS, RoundKind.PRESENT, RoundKind.LOOK_BACK},
}
MOMENT = ["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M"]


class RoundForm(PlainForm):
    """What a round asks; a field that its kind does not know is not there."""

    title = forms.CharField(label=_("What stands on the screen"), max_length=200)
    prompt = forms.CharField(label=_("Explanation, on phones and paper"), max_length=300, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    takes = forms.MultipleChoiceField(
        label=_("What can people bring in?"), choices=ASKED, widget=forms.CheckboxSelectMultiple
    )
    is_anonymous = forms.BooleanField(
        label=_("Without names: nobody can find out who said what, we neither"), required=False
    )
    budget = forms.IntegerField(label=_("Points for each person"), min_value=1, max_value=100)
    most_per_target = forms.IntegerField(label=_("At most on one"), min_value=1, max_value=100, required=False)
    deadline_at = forms.DateTimeField(
        label=_("Open before the meeting, until"),
        required=False,
        input_formats=MOMENT,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT[0]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        initial = {name: getattr(round, name) for name in self.base_fields}
        initial["takes"] = list(round.post_kinds)
        super().__init__(*args, initial=initial, prefix=kwargs.pop("prefix", None), **kwargs)
        for name, kinds in ONLY_FOR.items():
            if round.kind not in kinds:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
