from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.platform import clock
from leerkring.platform.ui.forms import PlainForm

AFTERWARDS = timedelta(days=7)


class SpeakerForm(PlainForm):
    """Who speaks, what they are asked, and until when their link works."""

    given_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    prefix = forms.CharField(label=gettext_lazy("Prefix, such as 'van der'"), max_length=40, required=False)  # type: ignore[assignment]
    family_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100, required=False)
    address = forms.EmailField(label=gettext_lazy("E-mail address"))
    item = forms.ModelChoiceField(
        RunSheetItem.objects.none(),
        label=gettext_lazy("Their part of the run sheet"),
        empty_label=gettext_lazy("No part of their own"),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("What you ask of them"), max_length=10_000, required=False, widget=forms.Textarea
    )
    last_day = forms.DateField(label=gettext_lazy("Last day of their access"))
    sees_run_sheet = forms.BooleanField(
        label=gettext_lazy("They see the run sheet, without your own notes"), required=False, initial=True
    )
    sees_materials = forms.BooleanField(
        label=gettext_lazy("They see the materials of this meeting"), required=False, initial=True
    )

    def __init__(self, *args: Any, meeting: Meeting, items: Any, **kwargs: Any) -> None:
        last_day = max(meeting.last_day, clock.today()) + AFTERWARDS
        super().__init__(*args, initial={"last_day": last_day}, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = items
