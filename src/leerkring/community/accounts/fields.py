from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


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


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("The six digits in the e-mail"),
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
            **kwargs,
        )
