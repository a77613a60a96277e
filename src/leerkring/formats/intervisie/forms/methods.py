from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.formats.intervisie.actions import StepText
from leerkring.formats.intervisie.actions.methods import MOST_STEPS
from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.formats.intervisie.library import Sheet
from leerkring.formats.intervisie.models import MOST_MINUTES
from leerkring.platform.ui.forms import PlainForm

ANY = [("", _("It does not matter"))]


class FindForm(PlainForm):
    """What a method must fit. A forged value is as good as none."""

    minutes = forms.IntegerField(label=_("Minutes you have"), min_value=1, max_value=600, required=False)
    people = forms.IntegerField(label=_("How many people"), min_value=2, max_value=20, required=False)
    experience = forms.ChoiceField(label=_("Experience"), choices=ANY + Experience.choices, required=False)

    def asked(self) -> dict[str, Any]:
        values = self.cleaned_data if self.is_valid() else {}
        experience = values.get("experience")
        return {
            "minutes": values.get("minutes"),
            "people": values.get("people"),
            "experience": Experience(experience) if experience else None,
        }


class MethodForm(PlainForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    fits = forms.CharField(label=_("When it fits"), max_length=300, required=False)
    experience = forms.ChoiceField(label=_("Experience"), choices=Experience.choices)
    size_min = forms.IntegerField(label=_("From how many people"), min_value=2, max_value=20)
    size_max = forms.IntegerField(label=_("To how many people"), min_value=2, max_value=20)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class StepForm(PlainForm):
    """One step. Its place is a number, so that the order can be changed without script; emptied, it goes."""

    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=99, required=False)
    name = forms.CharField(label=_("Step"), max_length=100, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, required=False)
    speaker = forms.ChoiceField(label=_("Who speaks"), choices=Speaker.choices, initial=Speaker.EVERYONE)
    say = forms.CharField(
        label=_("What the chair says"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    not_now = forms.CharField(
        label=_("What is not allowed now"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("name") and not values.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how many minutes this step takes."))
        return values

    @property
    def is_kept(self) -> bool:
        return bool(self.cleaned_data.get("name"))

    def step(self) -> StepText:
        values = self.cleaned_data
        return StepText(values["name"], values["minutes"], Speaker(values["speaker"]), values["say"], values["not_now"])


StepFormSet = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS + 1, validate_max=True, absolute_max=30)


def initial_steps(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "place": number, "name": step.name, "minutes": step.minutes, "speaker": step.speaker,
            "say": step.say, "not_now": step.not_now,
        }
        for number, step in enumerate(sheet.steps, start=1)
    ]  # fmt: skip


def typed_steps(formset: Any) -> list[StepText]:
    kept = [form for form in formset.forms if form.is_kept]
    kept.sort(key=lambda form: form.cleaned_data.get("place") or 99)
    return [form.step() for form in kept]
