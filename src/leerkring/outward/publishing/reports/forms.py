from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from leerkring.direction.programmes.models import Edition
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.platform.ui.forms import PlainForm


class ReportForm(PlainForm):
    """About what, and for whom."""

    audience = forms.ChoiceField(
        label=gettext_lazy("For whom?"),
        choices=[(audience.value, capfirst(audience.label)) for audience in Audience],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It decides what may stand in it. No report names a person."),
    )
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        label=gettext_lazy("About what?"),
        empty_label=gettext_lazy("The whole programme"),
        required=False,
    )

    def __init__(self, *args: Any, editions: QuerySet[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = editions
