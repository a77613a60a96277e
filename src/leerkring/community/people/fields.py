from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = {"max_length": _("Use at most %(limit_value)d characters. What you typed is still there.")}


class NameField(forms.CharField):
    def __init__(self, *, label: Any, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label=label, max_length=longest, error_messages=TOO_LONG, **kwargs)
        # Typed beyond the limit, a text comes back with an error instead of being cut off.
        self.widget.attrs.pop("maxlength", None)
