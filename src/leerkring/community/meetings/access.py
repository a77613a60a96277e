from __future__ import annotations

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person


def may_plan_meeting(person: Person | None, community: Community) -> bool:
    """Facilitators, keepers and the team; in a group its contact as well."""
    standing = standing_of(person)
    return standing.is_facilitator(community) or standing.is_contact(community)


def may_plan_somewhere(person: Person | None, community: Community) -> bool:
    """Here, or in some group of which this person is the contact."""
    if may_plan_meeting(person, community):
        return True
    contact_of = {pk for pk, roles in standing_of(person).roles.items() if Role.CONTACT in roles}
    return bool(contact_of) and community.parts.filter(pk__in=contact_of).exists()


def may_change_meeting(person: Person | None, meeting: Meeting) -> bool:
    """Whoever may plan meetings here, and the facilitator of this one."""
    return may_plan_meeting(person, meeting.community) or facilitates(person, meeting)


def may_see_attendance(person: Person | None, meeting: Meeting) -> bool:
    """Persons are seen by the programme team and the facilitator of this very meeting, by nobody else (rule 7)."""
    return standing_of(person).is_team(meeting.community) or facilitates(person, meeting)


def may_note_attendance(person: Person | None, meeting: Meeting) -> bool:
    return may_see_attendance(person, meeting)


def may_see_names(person: Person | None, meeting: Meeting) -> bool:
    """Who is coming: for those who take part beside them, as far as the label reaches."""
    standing = standing_of(person)
    return may_see_attendance(person, meeting) or (
        standing.may_read(meeting)
        and (meeting.community_id in standing.active or standing.is_facilitator(meeting.community))
    )


def may_sign_up(person: Person | None, meeting: Meeting) -> bool:
    """Whoever belongs to the programme and can read the meeting; newcomers when it is open to them."""
    if person is None:
        return False
    standing = standing_of(person)
    if not (standing.may_read(meeting) or facilitates(person, meeting)):
        return False
    return meeting.is_open or standing.belongs_to(meeting.community) or is_part_of(person, meeting.community)


def facilitates(person: Person | None, meeting: Meeting) -> bool:
    """Is the facilitator of this meeting, and still belongs to its programme or group."""
    return person is not None and meeting.facilitator_id == person.pk and is_part_of(person, meeting.community)


def is_part_of(person: Person | None, community: Community) -> bool:
    """Belongs to the programme, or has a place in this very community (a partner, the contact of a group)."""
    standing = standing_of(person)
    return standing.belongs_to(community) or community.id in standing.group_communities


def may_keep_door(person: Person | None, meeting: Meeting) -> bool:
    """Open, lock and rotate; put somebody out: whoever may change the meeting."""
    return may_change_meeting(person, meeting)


def may_take_seat(person: Person | None, meeting: Meeting) -> bool:
    """Without a code: whoever belongs to the programme and can read of the meeting."""
    return standing_of(person).may_read(meeting) and is_part_of(person, meeting.community)
