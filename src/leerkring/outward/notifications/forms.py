from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.outward.notifications import kinds
from leerkring.platform.ui.forms import PlainForm


class MailForm(PlainForm):
    wanted = forms.MultipleChoiceField(
        label=_("Which letters do you want?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, muted: Collection[str] = (), **kwargs: Any) -> None:
        chosen = [kind.name for kind in kinds.to_choose() if kind.name not in muted]
        super().__init__(*args, initial={"wanted": chosen}, **kwargs)
        field = self.fields["wanted"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared
        field.choices = [(kind.name, kind.label) for kind in kinds.to_choose()]
