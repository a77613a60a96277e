from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.fields import AddressField, CodeField
from leerkring.community.memberships import queries
from leerkring.community.memberships.enums import PROGRAMME_ROLES, Door, Level, Role
from leerkring.community.memberships.models import Community, Placement
from leerkring.community.memberships.words import LEVEL_WORDS, ROLE_WORDS
from leerkring.community.people.fields import NameField
from leerkring.community.people.models import Organisation, Unit
from leerkring.platform.ui.forms import PlainForm


def level_choices() -> list[tuple[str, SafeString]]:
    return [(level.value, _with_words(level.label, LEVEL_WORDS[level])) for level in Level]


def _with_words(label: Any, words: Any) -> SafeString:
    return format_html("<span>{}<small>{}</small></span>", capfirst(str(label)), words)


class LevelField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("How far do you take part?"))
        super().__init__(choices=level_choices, widget=forms.RadioSelect, **kwargs)


class PlaceFields(PlainForm):
    """Where somebody works: an organisation that takes part, and a part of it. One organisation needs no question."""

    organisation: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), required=False, empty_label=_("Choose one")
    )
    unit: Any = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Part of the organisation"), required=False, empty_label=_("Not said")
    )

    def __init__(self, *args: Any, community: Community, place: Placement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations, self.units = list(queries.organisations_of(community)), list(queries.units_in(community))
        self.only = organisations[0] if len(organisations) == 1 else None
        several = organisations if len(organisations) > 1 else []
        self._offer("organisation", queries.organisations_of(community), [(row.pk, row.name) for row in several])
        self._offer("unit", queries.units_in(community), _by_organisation(self.units))
        if place is not None:
            self.initial.setdefault("organisation", place.organisation_id)
            self.initial.setdefault("unit", place.unit_id)

    def _offer(self, name: str, rows: Any, choices: list[Any]) -> None:
        """Ask only where there is something to choose. The choices are read once."""
        if not choices:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.queryset = rows
        field.widget.choices = [("", field.empty_label), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, organisation = cleaned.get("unit"), cleaned.get("organisation") or self.only
        if unit is not None and organisation is not None and unit.organisation_id != organisation.pk:
            raise ValidationError({"unit": _("This part belongs to another organisation. Choose one that fits.")})
        cleaned["unit"] = unit
        cleaned["organisation"] = organisation or (unit.organisation if unit else None)
        return cleaned


def _by_organisation(units: list[Unit]) -> list[Any]:
    """Parts under the name of their organisation; one organisation needs no name."""
    groups = [
        (name, [(unit.pk, unit.name) for unit in group])
        for name, group in groupby(units, lambda unit: unit.organisation.name)
    ]
    return groups[0][1] if len(groups) == 1 else groups


class PlaceForm(PlaceFields):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_said = any(name in self.data for name in ("organisation", "unit"))
        if (cleaned["organisation"] is None or not is_said) and not self.errors:
            raise ValidationError(_("Choose where you work."))
        return cleaned


class LevelForm(PlainForm):
    level = LevelField()


class JoinForm(PlaceFields):
    """Somebody who is signed in takes part with one press."""

    level = LevelField()
    field_order = ["organisation", "unit", "level"]


class FullNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Your name"), longest=200, **kwargs)
        self.widget.attrs["autocomplete"] = "name"


class NewcomerForm(PlaceFields):
    """Somebody whom nobody knows yet."""

    name = FullNameField()
    address = AddressField(help_text=_("Your work address. We mail you a link and a code."))
    level = LevelField()
    field_order = ["name", "address", "organisation", "unit", "level"]


class FollowerForm(PlainForm):
    name = FullNameField()
    address = AddressField(help_text=_("We mail you a link and a code."))


class JoinCodeForm(PlainForm):
    code = CodeField()


class PeopleFilter(PlaceFields):
    """What the list is narrowed to; nothing typed, everybody."""

    q = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"type": "search"}))
    level = forms.ChoiceField(label=_("Level"), required=False)
    field_order = ["q", "organisation", "unit", "level"]

    def __init__(self, *args: Any, sees_levels: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "unit"):
            if name in self.fields:
                choices: Any = self.fields[name].widget
                choices.choices = [("", _("All")), *choices.choices[1:]]
        if "unit" in self.fields:
            self.fields["unit"].label = _("Part")
        if sees_levels:
            level: Any = self.fields["level"]
            level.choices = [("", _("All")), *Level.choices, ("unconfirmed", _("stated by the team"))]
        else:
            del self.fields["level"]

    def clean(self) -> dict[str, Any]:
        """Two filters that exclude each other give an empty list, no error; a single organisation is no filter."""
        cleaned = self.cleaned_data
        return {name: cleaned.get(name) for name in ("q", "organisation", "unit", "level")}


class RoleForm(PlainForm):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    until_on = forms.DateField(
        label=_("Up to and including"), required=False, help_text=_("Leave empty when there is no last day.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        offered = [role_ for role_ in queries.ROLE_ORDER if role_ in PROGRAMME_ROLES]
        role.choices = [(role_.value, _with_words(Role(role_).label, ROLE_WORDS[role_])) for role_ in offered]


class InvitationForm(PlainForm):
    organisation: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("For people of"), required=False, empty_label=_("Everybody")
    )
    level = forms.ChoiceField(label=_("Suggested level"), choices=Level.choices, initial=Level.ACTIVE)
    expires_on = forms.DateField(label=_("Works until"), required=False)
    max_uses = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=10_000, initial=100)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations_of(community)  # type: ignore[attr-defined]


def door_choices() -> list[tuple[str, str]]:
    return [(door.value, capfirst(str(door.label))) for door in Door]


class DoorForm(PlainForm):
    follow_door = forms.ChoiceField(label=_("Who may follow"), choices=door_choices, widget=forms.RadioSelect)
    member_door = forms.ChoiceField(label=_("Who may take part"), choices=door_choices, widget=forms.RadioSelect)


class OrganisationsForm(PlainForm):
    name = NameField(label=_("Name of the organisation"))


class OwnUnitForm(PlainForm):
    organisation: Any = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose one")
    )
    name = NameField(label=_("Name of the part"))

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations_of(community)  # type: ignore[attr-defined]


class AdminForm(PlainForm):
    address = AddressField(label=_("E-mail address of a person here"))


class PersonForm(PlainForm):
    name = FullNameField()
    address = AddressField()
