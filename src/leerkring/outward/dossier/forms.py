from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from leerkring.community.memberships.enums import Label
from leerkring.platform.ui.forms import PlainForm


class DossierForm(PlainForm):
    """Down to which label."""

    narrowest = forms.ChoiceField(
        label=gettext_lazy("What goes in?"),
        choices=[
            (Label.GROUP.value, gettext_lazy("Everything that the team may read, also what is for a group alone")),
            (Label.PROGRAMME.value, gettext_lazy("What is for the whole programme, and what is wider")),
            (Label.ORGANISATIONS.value, gettext_lazy("What is for the organisations, and what is public")),
            (Label.PUBLIC.value, gettext_lazy("Only what is public, without names")),
        ],
        initial=Label.GROUP.value,
        widget=forms.RadioSelect,
    )
