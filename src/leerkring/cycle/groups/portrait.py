"""One group as one reader may see it: everything its page shows, fetched in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.access import may_plan_meeting
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.enums import GROUP_TRANSITIONS, GroupState
from leerkring.cycle.groups.models import Case, GroupStateChange, LearningGroup, Leaving, ResultPage
from leerkring.cycle.groups.rows import people_words
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock

TIME_TO_WRITE = timedelta(weeks=4)
_G = GroupState

MOVES: dict[tuple[GroupState, GroupState], str | Promise] = {
    (_G.PROPOSED, _G.FORMED): _("Form the group"),
    (_G.PROPOSED, _G.FINISHED): _("Let it go"),
    (_G.FORMED, _G.WORKING): _("Start working"),
    (_G.FORMED, _G.FINISHED): _("Close the group"),
    (_G.WORKING, _G.PRESENTING): _("Ready to present"),
    (_G.WORKING, _G.DORMANT): _("Quiet for now"),
    (_G.WORKING, _G.FINISHED): _("Close the group"),
    (_G.DORMANT, _G.WORKING): _("Go on working"),
    (_G.DORMANT, _G.FINISHED): _("Close the group"),
    (_G.PRESENTING, _G.WORKING): _("Go on working"),
    (_G.PRESENTING, _G.FINISHED): _("Close the group"),
    (_G.FINISHED, _G.WORKING): _("Go on after all"),
}
"""What the button says that brings a group from one state to the next."""


@dataclass(frozen=True)
class Move:
    state: GroupState
    words: str | Promise


@dataclass(frozen=True)
class Member:
    person: Person
    place: str
    is_contact: bool
    is_reader: bool


@dataclass
class Portrait:
    person: Person | None
    group: LearningGroup

    @cached_property
    def sees_people(self) -> bool:
        return access.may_see_people(self.person, self.group)

    @cached_property
    def memberships(self) -> list[Any]:
        """With the columns that `memberships_of` adds."""
        return list(queries.memberships_of(self.group))

    @property
    def has_contact(self) -> bool:
        return any(membership.is_contact for membership in self.memberships)

    @cached_property
    def members(self) -> list[Member]:
        """With where they work; nobody for readers to whom names are not shown."""
        if not self.sees_people:
            return []
        return [
            Member(
                person=membership.person,
                place=membership.unit_name or membership.organisation_name or "",
                is_contact=membership.is_contact,
                is_reader=membership.person == self.person,
            )
            for membership in self.memberships
        ]

    @property
    def people_words(self) -> str:
        return people_words(len(self.memberships), exact=self.sees_people)

    @cached_property
    def questions(self) -> list[LearningQuestion]:
        return list(queries.questions_of(self.person, self.group))

    @cached_property
    def cases(self) -> list[Case]:
        return list(queries.cases_with_roles(self.person, self.group))

    @cached_property
    def _around(self) -> list[Meeting]:
        return list(queries.meetings_around(self.person, self.group))

    @cached_property
    def meetings(self) -> list[Meeting]:
        return [meeting for meeting in self._around if meeting.community_id == self.group.circle_id]

    @property
    def next_werkplaats(self) -> Meeting | None:
        to_come = [m for m in self._around if m.community_id != self.group.circle_id and not m.is_cancelled]
        return to_come[-1] if to_come else None

    @property
    def meetings_to_come(self) -> list[Meeting]:
        return [m for m in reversed(self.meetings) if m.ends_at >= clock.now() and not m.is_cancelled]

    @property
    def meetings_past(self) -> list[Meeting]:
        return [m for m in self.meetings if m.ends_at < clock.now() or m.is_cancelled]

    @cached_property
    def results(self) -> list[ResultPage]:
        return list(queries.results_visible_to(self.person, self.group))

    @cached_property
    def history(self) -> list[GroupStateChange]:
        return list(queries.history_of(self.group))

    @cached_property
    def came_from(self) -> list[LearningGroup]:
        return list(queries.origins_of(self.person, self.group)) if getattr(self.group, "came_of_some", True) else []

    @cached_property
    def went_to(self) -> list[LearningGroup]:
        return (
            list(queries.successors_of(self.person, self.group)) if getattr(self.group, "some_came_of_it", True) else []
        )

    # What this reader is here, and may do

    @cached_property
    def is_member(self) -> bool:
        return self.person is not None and any(m.person_id == self.person.pk for m in self.memberships)

    @cached_property
    def may_join(self) -> bool:
        return self.group.is_living and not self.is_member and access.may_join_group(self.person, self.group)

    @cached_property
    def leaving(self) -> Leaving | None:
        """A leaving of today that can still be undone."""
        if self.person is None or self.is_member or not self.may_join:
            return None
        if not getattr(self.group, "left_lately", True):
            return None
        return queries.leaving_to_undo(self.group, self.person)

    @cached_property
    def may_change(self) -> bool:
        return access.may_change_group(self.person, self.group)

    @cached_property
    def may_work(self) -> bool:
        return access.is_of_group(self.person, self.group)

    @cached_property
    def may_rearrange(self) -> bool:
        return access.may_rearrange_group(self.person, self.group) and self.group.may_become(GroupState.SPLIT)

    @cached_property
    def may_plan(self) -> bool:
        return self.group.is_living and self.may_work and may_plan_meeting(self.person, self.group.circle)

    @cached_property
    def moves(self) -> list[Move]:
        """The states that this reader may bring the group to, the natural next one first."""
        now = GroupState(self.group.state)
        return [
            Move(after, words)
            for (before, after), words in MOVES.items()
            if before == now
            and after in GROUP_TRANSITIONS[now]
            and access.may_move_group(self.person, self.group, after)
        ]

    @cached_property
    def result_to_write(self) -> Meeting | None:
        """The coming werkplaats for which this reader can still write the group's page."""
        if not self.may_work or not self.group.is_living or self.group.state == GroupState.PROPOSED:
            return None
        meeting = self.next_werkplaats
        if (
            meeting is None
            or meeting.starts_at - clock.now() > TIME_TO_WRITE
            or any(result.meeting_id == meeting.pk for result in self.results)
        ):
            return None
        return meeting

    @cached_property
    def is_quiet(self) -> bool:
        """As far as this reader can tell: who may not know of the meetings sees only what the group says itself."""
        if not self.may_work:
            return self.group.state == GroupState.DORMANT
        signs = [self.last_met.starts_at] if self.last_met else []
        signs += [change.at for change in self.history]
        return self.group.is_quiet(
            last_on=localdate(max(signs)) if signs else None,
            meets_again=bool(self.meetings_to_come),
            today=clock.today(),
        )

    @property
    def last_met(self) -> Meeting | None:
        return next((m for m in self.meetings_past if not m.is_cancelled), None)

    @property
    def is_of_programme(self) -> bool:
        return standing_of(self.person).belongs_to(self.group.community)


def portrait_of(person: Person | None, group: LearningGroup) -> Portrait:
    return Portrait(person, group)
