from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import DropReason
from leerkring.cycle.uptake.forms.rows import PersonField, RowField
from leerkring.platform.ui.forms import PlainForm


class ToPersonForm(PlainForm):
    to = PersonField(Person.objects.none(), label=_("To whom?"), empty_label=_("Choose somebody"))
    note = forms.CharField(label=_("What should the other know?"), max_length=300, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, RowField)  # noqa: S101
        field.offer(people)


class ToProgrammeForm(PlainForm):
    to_team = RowField(Community.objects.none(), label=_("To which programme?"), empty_label=_("Choose a programme"))
    note = forms.CharField(label=_("What should the other know?"), max_length=300, required=False)

    def __init__(self, *args: Any, programmes: QuerySet[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_team"]
        assert isinstance(field, RowField)  # noqa: S101
        field.offer(programmes)
        self.has_programmes = field.has_rows


class LetGoForm(PlainForm):
    """What the page of a question asks when it is let go; it is sent there."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[(reason.value, capfirst(reason.label)) for reason in DropReason],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Explanation"), max_length=300, required=False)
