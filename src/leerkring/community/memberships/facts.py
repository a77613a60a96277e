from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CommunityOpened(Fact):
    """A programme's community, or the circle of a group within it."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class CommunityEdited(Fact):
    pass


@dataclass(frozen=True, kw_only=True)
class OrganisationTookPart(Fact):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationWithdrew(Fact):
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Fact):
    membership_id: int
    person_id: int
    level: str
    stated_by_team: bool


@dataclass(frozen=True, kw_only=True)
class MembersJoined(Fact):
    """A list of people came in at once, brought by the team."""

    membership_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class MembersTakenBack(Fact):
    """A list was taken back."""

    membership_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class MembersPlaced(Fact):
    """A list said where members work of whom nobody knew it."""

    placement_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PlacesTakenBack(Fact):
    placement_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Fact):
    membership_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MemberCameBack(Fact):
    membership_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class LevelChosen(Fact):
    membership_id: int
    before: str
    level: str


@dataclass(frozen=True, kw_only=True)
class LevelStated(Fact):
    """The team wrote down a level that the person has not confirmed (rule 8)."""

    membership_id: int
    before: str
    level: str


@dataclass(frozen=True, kw_only=True)
class LevelConfirmed(Fact):
    membership_id: int
    level: str


@dataclass(frozen=True, kw_only=True)
class MemberPlaced(Fact):
    membership_id: int
    organisation_id: int
    unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    person_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Fact):
    person_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class InvitationMade(Fact):
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationClosed(Fact):
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationReopened(Fact):
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Fact):
    invitation_id: int
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class JoiningAsked(Fact):
    """A newcomer filled in the form; nothing stands until the click in the mail."""

    joining_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationAdminAppointed(Fact):
    organisation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationAdminDismissed(Fact):
    organisation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PlatformAdminAppointed(Fact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PlatformAdminDismissed(Fact):
    person_id: int
