from __future__ import annotations

from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GroupFact(Fact):
    """Something happened to a group. `community_id` is the programme's."""

    group_id: int


@dataclass(frozen=True, kw_only=True)
class GroupProposed(GroupFact):
    pass


@dataclass(frozen=True, kw_only=True)
class GroupFormed(GroupFact):
    people_count: int


@dataclass(frozen=True, kw_only=True)
class GroupMoved(GroupFact):
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class GroupChanged(GroupFact):
    revision: int


@dataclass(frozen=True, kw_only=True)
class GroupSplit(GroupFact):
    successor_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class GroupsMerged(GroupFact):
    """`group_id` is the group that came of it."""

    predecessor_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class GroupJoined(GroupFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class GroupLeft(GroupFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class LeavingUndone(GroupFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ContactMade(GroupFact):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class GroupQuestionAdded(GroupFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class GroupQuestionRemoved(GroupFact):
    question_id: int


@dataclass(frozen=True, kw_only=True)
class CasePut(GroupFact):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseChanged(GroupFact):
    case_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class CaseClosed(GroupFact):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class CaseReopened(GroupFact):
    case_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRoleTaken(GroupFact):
    case_id: int
    role_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRoleLaidDown(GroupFact):
    case_id: int
    role_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRolePut(Fact):
    role_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRoleChanged(Fact):
    role_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRoleRetired(Fact):
    role_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRoleBroughtBack(Fact):
    role_id: int


@dataclass(frozen=True, kw_only=True)
class TransitionRolesStarted(Fact):
    role_count: int


@dataclass(frozen=True, kw_only=True)
class ResultWritten(GroupFact):
    meeting_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class FormingFact(Fact):
    """Something happened to a division that is being prepared or made."""

    forming_id: int


@dataclass(frozen=True, kw_only=True)
class FormingOpened(FormingFact):
    pass


@dataclass(frozen=True, kw_only=True)
class FormingChanged(FormingFact):
    """What goes in changed: settings, people, possible groups, wishes or rules."""

    revision: int


@dataclass(frozen=True, kw_only=True)
class FormingBegun(FormingFact):
    run: int


@dataclass(frozen=True, kw_only=True)
class FormingFinished(FormingFact):
    run: int
    people_count: int


@dataclass(frozen=True, kw_only=True)
class FormingFailed(FormingFact):
    run: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class FormingRearranged(FormingFact):
    """Somebody moved people by hand, or took that back."""

    moved_count: int


@dataclass(frozen=True, kw_only=True)
class FormingThrownAway(FormingFact):
    """The division is gone; what went into it stays."""


@dataclass(frozen=True, kw_only=True)
class FormingBroughtBack(FormingFact):
    """The division that was thrown away is there again."""


@dataclass(frozen=True, kw_only=True)
class FormingUsed(FormingFact):
    group_ids: tuple[int, ...]
