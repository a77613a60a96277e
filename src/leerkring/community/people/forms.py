from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.models import Account
from leerkring.community.people import queries
from leerkring.community.people.enums import Digest, OrganisationKind
from leerkring.community.people.fields import NameField
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.platform.ui.forms import PlainForm


class ProfileForm(PlainForm):
    given_name = NameField(label=_("First name"), longest=100)
    prefix = NameField(label=_("Prefix, such as 'van der'"), longest=40, required=False)  # type: ignore[assignment]
    family_name = NameField(label=_("Last name"), longest=100, required=False)
    policy_field: Any = forms.ModelChoiceField(
        queryset=None, label=_("Policy field"), required=False, empty_label=_("No field in particular")
    )
    language = forms.ChoiceField(label=_("Language of your mail and screens"), choices=settings.LANGUAGES)
    digest = forms.ChoiceField(label=_("Overview by mail"), choices=Digest.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["policy_field"]
        field.queryset = queries.policy_fields()


def profile_of(person: Person, account: Account) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    return {
        "given_name": person.given_name,
        "prefix": person.prefix,
        "family_name": person.family_name,
        "policy_field": person.policy_field_id,
        "language": account.language,
        "digest": person.digest,
    }


class OrganisationForm(PlainForm):
    name = NameField(label=_("Name of the organisation"))
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)


class OrganisationNameForm(PlainForm):
    name = NameField(label=_("Name of the organisation"))


class UnitForm(PlainForm):
    name = NameField(label=_("Name of the part"))
    short_name = NameField(label=_("Short name, for small pictures"), longest=20, required=False)
    parent: Any = forms.ModelChoiceField(queryset=None, label=_("Is part of"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.queryset = queries.possible_parents(organisation, unit)
        field.empty_label = organisation.name


class PolicyFieldForm(PlainForm):
    name = NameField(label=_("Policy field"), longest=100)
