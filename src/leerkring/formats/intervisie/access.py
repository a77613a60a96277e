"""Who may what. `group` is an IntervisieGroup with its circle at hand."""

from __future__ import annotations

from leerkring.community.meetings.access import may_change_meeting, may_note_attendance, may_plan_meeting
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.formats.intervisie.models import IntervisieGroup, LearningPoint, Round


def may_see_intervisie(person: Person | None, community: Community) -> bool:
    """The methods and the released learning points: whoever belongs to the programme."""
    return standing_of(person).belongs_to(community)


def may_write_methods(person: Person | None, community: Community) -> bool:
    """Facilitators, keepers and the team."""
    return standing_of(person).is_facilitator(community)


def may_form_groups(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_facilitator(community)


def guides(person: Person | None, group: IntervisieGroup) -> bool:
    """Whoever forms groups in the programme, without being in this one."""
    return standing_of(person).is_facilitator(group.circle)


def is_member(person: Person | None, group: IntervisieGroup) -> bool:
    """In this very group; the team of the programme is not, by that alone."""
    return group.circle_id in standing_of(person).active


def may_see_group(person: Person | None, group: IntervisieGroup) -> bool:
    return is_member(person, group) or guides(person, group)


def may_change_group(person: Person | None, group: IntervisieGroup) -> bool:
    return guides(person, group)


def may_write_agreements(person: Person | None, group: IntervisieGroup) -> bool:
    return may_see_group(person, group)


def may_accept(person: Person | None, group: IntervisieGroup) -> bool:
    """Each for oneself: nobody agrees for somebody else."""
    return is_member(person, group)


def may_plan_round(person: Person | None, group: IntervisieGroup) -> bool:
    return may_plan_meeting(person, group.circle)


def may_run(person: Person | None, round_: Round) -> bool:
    """No hierarchy: each member may be the chair; beside them who guides groups, and the facilitator of the meeting."""
    return may_see_group(person, round_.group) or may_change_meeting(person, round_.meeting)


def may_plan_at(person: Person | None, meeting: Meeting, group: IntervisieGroup) -> bool:
    return may_plan_round(person, group) and meeting.community.root_pk == group.community_id


def may_note_who_is_here(person: Person | None, round_: Round) -> bool:
    return may_note_attendance(person, round_.meeting)


def may_release(person: Person | None, group: IntervisieGroup) -> bool:
    """A member; that they had a turn is asked of the row of turns."""
    return is_member(person, group)


def may_withdraw(person: Person | None, point: LearningPoint) -> bool:
    """Only who released it, also after leaving the group."""
    return person is not None and point.person_id == person.pk
