from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleFact(Fact):
    community_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(PeopleFact):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRenamed(PeopleFact):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRemoved(PeopleFact):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class UnitAdded(PeopleFact):
    organisation_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(PeopleFact):
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class UnitMoved(PeopleFact):
    unit_id: int
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class UnitRemoved(PeopleFact):
    organisation_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class PolicyFieldAdded(PeopleFact):
    policy_field_id: int


@dataclass(frozen=True, kw_only=True)
class PolicyFieldRenamed(PeopleFact):
    policy_field_id: int


@dataclass(frozen=True, kw_only=True)
class PolicyFieldRemoved(PeopleFact):
    policy_field_id: int


@dataclass(frozen=True, kw_only=True)
class PersonAdded(PeopleFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PeopleAdded(PeopleFact):
    """People of a list, added at once."""

    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PeopleTakenBack(PeopleFact):
    """A list was taken back: these people never acted, and are gone."""

    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class ProfileEdited(PeopleFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonLeft(PeopleFact):
    """The person left the product: the account is gone, and so is the name."""

    person_id: int
