from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leerkring.platform.ui.forms import PlainForm


def has_at(value: str) -> None:
    if value and "@" not in value:
        raise ValidationError(_("This address has no @. Your text is still there."), code="no_at")


class AddressField(forms.EmailField):
    """One error at a time: what is missing first."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs.update({"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"})

    def run_validators(self, value: Any) -> None:
        has_at(value)
        super().run_validators(value)


class SignInForm(PlainForm):
    address = AddressField()
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("The six digits in the e-mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "pattern": "[0-9 ]*"}),
    )


class AddressForm(PlainForm):
    address = AddressField(label=_("Another e-mail address"))
