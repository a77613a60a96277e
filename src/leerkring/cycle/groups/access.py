from __future__ import annotations

from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import Case, LearningGroup, RoleTaken


def may_see_group(person: Person | None, group: LearningGroup) -> bool:
    """By its label, or because one is part of it."""
    standing = standing_of(person)
    return group.circle_id in standing.group_communities or standing.may_read_label(group.label, group.community)


def may_see_people(person: Person | None, group: LearningGroup) -> bool:
    """Names are for those of the programme; others see a number (rules 7 and 12)."""
    standing = standing_of(person)
    return group.circle_id in standing.group_communities or standing.belongs_to(group.community)


def may_propose_group(person: Person | None, community: Community) -> bool:
    return standing_of(person).takes_part(community)


def may_form_group(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_facilitator(community)


def is_contact_or_facilitator(person: Person | None, group: LearningGroup) -> bool:
    standing = standing_of(person)
    return may_see_group(person, group) and (
        standing.is_contact(group.circle) or standing.is_facilitator(group.community)
    )


def is_of_group(person: Person | None, group: LearningGroup) -> bool:
    """Takes part in the group, guides it, is its partner for a time, or facilitates in the programme."""
    standing = standing_of(person)
    if person is not None and person.pk == group.guide_id:
        return True
    if standing.is_member(group.circle) or standing.has_role(group.circle, Role.PARTNER):
        return True
    return is_contact_or_facilitator(person, group)


def may_change_group(person: Person | None, group: LearningGroup) -> bool:
    return is_contact_or_facilitator(person, group)


def may_move_group(person: Person | None, group: LearningGroup, state: GroupState) -> bool:
    """Forming is for facilitators and above, the rest also for the contact of the group."""
    if state == GroupState.FORMED:
        return may_see_group(person, group) and may_form_group(person, group.community)
    return is_contact_or_facilitator(person, group)


def may_rearrange_group(person: Person | None, group: LearningGroup) -> bool:
    """Split it, or merge it with another."""
    return may_see_group(person, group) and may_form_group(person, group.community)


def may_join_group(person: Person | None, group: LearningGroup) -> bool:
    """Members and followers of the programme may join a group that they can see."""
    standing = standing_of(person)
    return may_see_group(person, group) and group.community_id in standing.communities and group.label != Label.GROUP


def may_make_contact(person: Person | None, group: LearningGroup) -> bool:
    return is_contact_or_facilitator(person, group)


def may_add_question(person: Person | None, group: LearningGroup) -> bool:
    return is_of_group(person, group)


def may_put_case(person: Person | None, group: LearningGroup) -> bool:
    return is_of_group(person, group)


def may_change_case(person: Person | None, case: Case) -> bool:
    return is_of_group(person, case.group)


def may_take_role(person: Person | None, case: Case, taker: Person) -> bool:
    """For oneself; the contact and facilitators may note down what the group agreed."""
    if person is None:
        return False
    if person.pk == taker.pk:
        return is_of_group(person, case.group)
    return is_contact_or_facilitator(person, case.group)


def may_lay_down_role(person: Person | None, taken: RoleTaken) -> bool:
    return person is not None and (person.pk == taken.person_id or is_contact_or_facilitator(person, taken.case.group))


def may_edit_roles(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_team(community)


def may_write_result(person: Person | None, group: LearningGroup) -> bool:
    return is_of_group(person, group)
