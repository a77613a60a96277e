from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.accounts.fields import AddressField, CodeField
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.fields import NameField
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.direction.programmes.enums import EnrolmentState, ProgrammeKind
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.platform.ui.forms import PlainForm


class TextsForm(PlainForm):
    """What a programme says of itself."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    headline = forms.CharField(
        label=gettext_lazy("What we learn, in one sentence"),
        max_length=200,
        help_text=gettext_lazy("It stands at the top of the public page."),
    )
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=10_000, widget=forms.Textarea)
    host = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Host"), empty_label=gettext_lazy("Choose an organisation")
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Open: everybody may see the public page and what bears the label public"), required=False
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "host", organisations)


class SettingsForm(TextsForm):
    """The same, for a programme that runs."""

    long_term_goals = forms.CharField(
        label=gettext_lazy("Long-term goals"), max_length=10_000, required=False, widget=forms.Textarea
    )
    publications_to_come = forms.CharField(
        label=gettext_lazy("Publications to come"), max_length=10_000, required=False, widget=forms.Textarea
    )
    ended_on = forms.DateField(
        label=gettext_lazy("Ended on"), required=False, help_text=gettext_lazy("Leave it empty while it runs.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        names = ("headline", "purpose", "long_term_goals", "publications_to_come", "ended_on", "revision")
        return {
            **{name: getattr(programme, name) for name in names},
            "name": programme.community.name,
            "is_public": programme.community.is_public,
            "host": programme.host_id,
        }

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ProgrammeForm(TextsForm):
    """A programme to start: the least that it needs; the rest stands in its settings."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            (ProgrammeKind.LEERPROGRAMMA, gettext_lazy("learning programme: a fixed period and a fixed group")),
            (ProgrammeKind.LEERGEMEENSCHAP, gettext_lazy("learning community: open, from werkplaats to werkplaats")),
        ],
        widget=forms.RadioSelect,
    )
    slug = forms.CharField(
        label=gettext_lazy("Web address"),
        max_length=60,
        help_text=gettext_lazy(
            "Lower-case letters, digits and hyphens, such as west-brabant. It cannot be changed later."
        ),
    )


class EditionForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    starts_on = forms.DateField(label=gettext_lazy("Starts on"))
    ends_on = forms.DateField(label=gettext_lazy("Ends on"))
    places_count = forms.IntegerField(
        label=gettext_lazy("Number of places"), min_value=1, max_value=10_000, required=False
    )

    @staticmethod
    def initial_of(edition: Edition) -> dict[str, Any]:
        return {name: getattr(edition, name) for name in EditionForm.base_fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end comes before the start. Change one of the two."))
        return cleaned


class NewEditionForm(EditionForm):
    """The rule of completion is announced up front and does not change later."""

    fully_from_count = forms.IntegerField(
        label=gettext_lazy("Meetings needed to complete it fully"),
        min_value=1,
        max_value=1_000,
        help_text=gettext_lazy("People read this before they enrol, so it does not change later."),
    )


class MeetingsForm(PlainForm):
    """Which meetings count for an edition."""

    meetings = forms.ModelMultipleChoiceField(
        Meeting.objects.none(), label=gettext_lazy("Meetings that count"), required=False
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "meetings", meetings)


class EnrolForm(PlainForm):
    """Whom the team enrols, and how."""

    people = forms.ModelMultipleChoiceField(Person.objects.none(), label=gettext_lazy("People"))
    state = forms.ChoiceField(
        label=gettext_lazy("How do they join?"),
        choices=[
            (EnrolmentState.CONFIRMED, gettext_lazy("they take part")),
            (EnrolmentState.INVITED, gettext_lazy("invite them, and they answer for themselves")),
        ],
        initial=EnrolmentState.CONFIRMED,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "people", people)


class RegisterForm(PlainForm):
    """One's own registration. Fields with nothing to choose from are not asked."""

    organisation: Any = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Where do you work?"),
        empty_label=gettext_lazy("Choose an organisation"),
    )
    unit: Any = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("In which part of it?"),
        empty_label=gettext_lazy("No part"),
        required=False,
    )
    policy_field: Any = forms.ModelChoiceField(
        PolicyField.objects.none(),
        label=gettext_lazy("Policy field"),
        empty_label=gettext_lazy("None of these"),
        required=False,
    )
    personal_question = forms.CharField(
        label=gettext_lazy("What do you want to learn?"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("In one sentence. The programme team reads it."),
    )
    manager_contact = forms.CharField(
        label=gettext_lazy("Contact details of your manager"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Only if you want us to be able to reach your manager. Only the programme team sees it."
        ),
    )
    field_order = ["name", "address", "organisation", "unit", "policy_field", "personal_question", "manager_contact"]

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        units: QuerySet[Unit],
        fields: QuerySet[PolicyField],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("organisation", organisations), ("unit", units), ("policy_field", fields)):
            _choose(self, name, rows)
        parts = _by_organisation(list(units))
        self.fields["unit"].widget.choices = [("", gettext_lazy("No part")), *parts]
        if not parts:
            del self.fields["unit"]
        if not fields.exists():
            del self.fields["policy_field"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, organisation = cleaned.get("unit"), cleaned.get("organisation")
        if unit is not None and organisation is not None and unit.organisation_id != organisation.pk:
            self.add_error("unit", _("This part belongs to another organisation. Choose one that fits."))
        return cleaned


class VisitorForm(RegisterForm):
    """The same for somebody whom nobody knows yet: an address proves itself by mail."""

    name = NameField(label=gettext_lazy("Your name"), longest=200)
    address = AddressField(help_text=gettext_lazy("Your work address. We mail you a link and a code."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class RegistrationCodeForm(PlainForm):
    code = CodeField()


class RegistrationForm(PlainForm):
    """How people register for an edition."""

    is_open_to_all = forms.ChoiceField(
        label=gettext_lazy("Who may register?"),
        choices=[
            ("links", gettext_lazy("people of the programme and its organisations, and anyone with a link from you")),
            ("all", gettext_lazy("anybody")),
        ],
        widget=forms.RadioSelect,
    )
    confirms_at_once = forms.ChoiceField(
        label=gettext_lazy("Who says yes?"),
        choices=[
            ("team", gettext_lazy("the team looks at each application")),
            ("places", gettext_lazy("whoever registers is in, as long as there are places")),
        ],
        widget=forms.RadioSelect,
    )
    offer_days = forms.IntegerField(
        label=gettext_lazy("Days to answer when a place comes free"),
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("After that the place goes to the next person on the waiting list."),
    )
    wanted_fields = forms.ModelMultipleChoiceField(
        PolicyField.objects.none(),
        label=gettext_lazy("Policy fields that you look for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("If you choose none, every field counts."),
    )
    invitation_nl = forms.CharField(
        label=gettext_lazy("Invitation in Dutch"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 7, "lang": "nl"}),
    )
    invitation_en = forms.CharField(
        label=gettext_lazy("Invitation in English"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 7, "lang": "en"}),
    )

    def __init__(self, *args: Any, fields: QuerySet[PolicyField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "wanted_fields", fields)

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            **cleaned,
            "is_open_to_all": cleaned["is_open_to_all"] == "all",
            "confirms_at_once": cleaned["confirms_at_once"] == "places",
            "wanted_fields": list(cleaned["wanted_fields"]),
        }


class AimForm(PlainForm):
    """At whom a call is aimed."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        empty_label=gettext_lazy("Every organisation"),
        required=False,
    )
    policy_field = forms.ModelChoiceField(
        PolicyField.objects.none(),
        label=gettext_lazy("Policy field"),
        empty_label=gettext_lazy("Every field"),
        required=False,
    )

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], fields: QuerySet[PolicyField], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "organisation", organisations)
        _choose(self, "policy_field", fields)


class CallTextForm(PlainForm):
    text_nl = forms.CharField(
        label=gettext_lazy("Invitation in Dutch"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 7, "lang": "nl"}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("Invitation in English"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 7, "lang": "en"}),
    )


class CallMailForm(PlainForm):
    """To whom we mail a call."""

    contact_name = NameField(label=gettext_lazy("Name of the contact"))
    contact_address = AddressField(label=gettext_lazy("E-mail address of the contact"))
    contact_language = forms.ChoiceField(label=gettext_lazy("In which language?"), choices=settings.LANGUAGES)


class ForwardingForm(PlainForm):
    people = forms.ModelMultipleChoiceField(Person.objects.none(), label=gettext_lazy("People"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "people", people)


class CycleForm(PlainForm):
    """The werkplaats with which a cycle opens."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=gettext_lazy("Werkplaats"), empty_label=gettext_lazy("Choose a werkplaats")
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "meeting", meetings)


def _choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = rows


def _by_organisation(units: list[Unit]) -> list[Any]:
    """Parts under the name of their organisation; one organisation needs no name."""
    groups = [
        (name, [(unit.pk, unit.name) for unit in group])
        for name, group in groupby(units, lambda unit: unit.organisation.name)
    ]
    return groups[0][1] if len(groups) == 1 else groups
