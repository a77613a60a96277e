"""Lines, insights and threads for the tests of insights."""

from typing import Any

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import (
    facts_named,
    make_group,
    make_member,
    make_question,
    make_theme,
    only_fact,
)
from leerkring.cycle.insights import actions
from leerkring.cycle.insights.models import HarvestItem, Insight, Thread
from tests.cast import ProgrammeCast

__all__ = [
    "facts_named",
    "make_group",
    "make_group_meeting",
    "make_insight",
    "make_line",
    "make_meeting",
    "make_member",
    "make_question",
    "make_theme",
    "make_thread",
    "only_fact",
]


def make_meeting(own: ProgrammeCast, **values: Any) -> Meeting:
    """A werkplaats of yesterday that was held."""
    values = {"days": -1, "state": MeetingState.HELD, **values}
    return own.meeting(values.pop("kind", MeetingKind.WERKPLAATS), **values)


def make_group_meeting(own: ProgrammeCast, group: LearningGroup, label: Label = Label.GROUP) -> Meeting:
    meeting = make_meeting(own, kind=MeetingKind.GROUP_MEETING, label=label)
    Meeting.objects.filter(pk=meeting.pk).update(community=group.circle, facilitator=own.member)
    return Meeting.objects.get(pk=meeting.pk)


def make_line(
    own: ProgrammeCast,
    text: str = "Bel eerder",
    *,
    meeting: Meeting | None = None,
    by: Person | None = None,
    **values: Any,
) -> HarvestItem:
    return actions.harvest(meeting=meeting or make_meeting(own), text=text, by=by or own.facilitator, **values)


def make_insight(
    own: ProgrammeCast, sentence: str = "Wie vroeg belt, krijgt ruimte.", *, by: Person | None = None, **values: Any
) -> Insight:
    return actions.write_insight(community=own.community, sentence=sentence, by=by or own.member, **values)


def make_thread(own: ProgrammeCast, title: str = "Op tijd erbij", *, by: Person | None = None, **values: Any) -> Thread:
    return actions.put_thread(community=own.community, title=title, by=by or own.member, **values)
