from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.platform.ui.forms import PlainForm


class RhythmForm(PlainForm):
    moments = forms.MultipleChoiceField(
        label=gettext_lazy("Around each meeting"),
        required=False,
        choices=LetterMoment.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> list[LetterMoment]:
        return [LetterMoment(moment) for moment in self.cleaned_data["moments"]]
