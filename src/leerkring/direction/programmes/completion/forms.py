from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from leerkring.direction.programmes.enums import Completion
from leerkring.platform.ui.forms import PlainForm


class ExceptionForm(PlainForm):
    """What the team decides, and why."""

    completion = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=[
            (Completion.FULLY, gettext_lazy("completed fully")),
            (Completion.PARTLY, gettext_lazy("completed partly")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person reads it. It does not come on the certificate."),
    )


class RevokeForm(PlainForm):
    """Why a certificate no longer holds, and whether another one takes its place."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person reads it. Who checks the certificate reads only that it was revoked."),
    )
    again = forms.BooleanField(label=gettext_lazy("Issue another one, with what is noted now"), required=False)


class CodeForm(PlainForm):
    """The code on a certificate."""

    code = forms.CharField(
        label=gettext_lazy("Code on the certificate"),
        max_length=40,
        help_text=gettext_lazy("Four times four letters and digits. Capitals and hyphens do not matter."),
    )
