from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leerkring.platform import clock
from leerkring.platform.ui.forms import PlainForm

SALT = "leerkring.publishing.contact"
FASTEST = 3
LASTS = 24 * 3600


class ContactForm(PlainForm):
    """Write to the team. No puzzle: a field that people do not see, and a moment before which nobody has typed."""

    prefix = "contact"

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    text = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opened", _mark())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("website"):
            raise ValidationError(_("A field that people do not see was filled in. Press the button once more."))
        if not self.errors and self._seconds() < FASTEST:
            raise ValidationError(_("That was very quick. Read your message once more, then press the button again."))
        return said

    def _seconds(self) -> float:
        """How long ago the form was opened; a form without a good mark was opened just now."""
        opened = _opened_at(self.cleaned_data.get("opened") or "")
        return clock.now().timestamp() - opened if opened is not None else 0

    def make_ready(self) -> None:
        """Let what was typed be sent once more: the hidden field empty, and a mark that counts."""
        names = (self.add_prefix(name) for name in self.fields)
        data = {name: self.data.get(name, "") for name in names}
        data[self.add_prefix("website")] = ""
        if _opened_at(data[self.add_prefix("opened")]) is None:
            data[self.add_prefix("opened")] = _mark()
        self.data = data


def _mark() -> str:
    return signing.dumps(clock.now().timestamp(), salt=SALT)


def _opened_at(mark: str) -> float | None:
    try:
        opened = float(signing.loads(mark, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return opened if clock.now().timestamp() - opened < LASTS else None
