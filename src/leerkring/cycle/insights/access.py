from __future__ import annotations

from leerkring.community.meetings.access import facilitates, may_change_meeting
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups.access import is_contact_or_facilitator, is_of_group
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import Insight, Thread


def may_harvest(person: Person | None, meeting: Meeting) -> bool:
    """The facilitator of the meeting, the contact of its group, facilitators, keepers and the team."""
    reads = standing_of(person).may_read(meeting) or facilitates(person, meeting)
    return reads and may_change_meeting(person, meeting)


def may_write_insight(person: Person | None, community: Community, group: LearningGroup | None = None) -> bool:
    """Who takes part; for a group, who is of that group."""
    if group is not None:
        return is_of_group(person, group)
    return standing_of(person).takes_part(community)


def may_change_insight(person: Person | None, insight: Insight) -> bool:
    """Who wrote it, the contact of its group, facilitators and above."""
    standing = standing_of(person)
    if person is None or not standing.may_read(insight):
        return False
    if insight.group is not None and is_contact_or_facilitator(person, insight.group):
        return True
    is_own = insight.by_id == person.pk and standing.takes_part(insight.community)
    return is_own or standing.is_facilitator(insight.community)


def may_show_to_all(person: Person | None, community: Community) -> bool:
    """What all the world can read goes through a facilitator, keeper or the team."""
    return standing_of(person).is_facilitator(community)


def may_label_insight(person: Person | None, insight: Insight, label: Label) -> bool:
    """As changing it; showing it to all the world, or no longer, is for facilitators and above."""
    if Label.PUBLIC in (label, insight.label) and not may_show_to_all(person, insight.community):
        return False
    return may_change_insight(person, insight)


def may_follow_up(person: Person | None, insight: Insight) -> bool:
    standing = standing_of(person)
    return standing.may_read(insight) and standing.takes_part(insight.community)


def may_see_author(person: Person | None, insight: Insight) -> bool:
    """Names stay among those of the programme (rule 12)."""
    standing = standing_of(person)
    return standing.belongs_to(insight.community) or insight.community_id in standing.group_communities


def may_put_thread(person: Person | None, community: Community) -> bool:
    return standing_of(person).takes_part(community)


def may_change_thread(person: Person | None, thread: Thread) -> bool:
    """Who made it, facilitators and above."""
    standing = standing_of(person)
    if person is None or not standing.may_read(thread):
        return False
    is_own = thread.by_id == person.pk and standing.takes_part(thread.community)
    return is_own or standing.is_facilitator(thread.community)
