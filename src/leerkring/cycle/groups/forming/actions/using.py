from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.people.models import Person
from leerkring.cycle.groups.actions.life import form_group
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.facts import FormingUsed
from leerkring.cycle.groups.forming import queries
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, lock_unused
from leerkring.cycle.groups.forming.models import Forming, PossibleGroup
from leerkring.cycle.groups.models import LearningGroup
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

FIRST_MEETING = timedelta(minutes=90)


def make_groups(*, forming: Forming, by: Person, contacts: Mapping[int, Person] | None = None) -> list[LearningGroup]:
    """Make a learning group of each possible group that has people, with its contact and its first date. Twice is once.

    `contacts` names the contact by possible group. Raises PermissionDenied; Refused when there is no division, when a
    format makes the groups itself, or for a name that is in use.
    """
    with transaction.atomic():
        if forming.is_used:
            return _made(forming)
        lock_to_prepare(forming, by)
        if forming.ref:
            raise Refused(_("The groups of this meeting are made at its own desk."))
        if not forming.has_division:
            raise Refused(_("There are no groups yet. Form the groups first."))
        people = _people(forming)
        groups = []
        for possible in queries.possible_groups_of(forming):
            if people[possible.pk]:
                groups.append(_make(forming, possible, people[possible.pk], (contacts or {}).get(possible.pk), by))
        if not groups:
            raise Refused(_("Nobody has a group yet. Form the groups first."))
        forming.state, forming.used_at = FormingState.USED, clock.now()
        forming.save(update_fields=["state", "used_at"])
        facts.record(
            FormingUsed(
                community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk,
                group_ids=tuple(group.pk for group in groups),
            )
        )  # fmt: skip
    return groups


def tie_groups(*, forming: Forming, groups: Mapping[str, LearningGroup], by: Person) -> Forming:
    """Note which groups a format made of which of its tables, so that members can see why they are where they are.

    Raises PermissionDenied.
    """
    with transaction.atomic():
        lock_unused(forming, by)
        for possible in forming.possible_groups.filter(ref__in=list(groups), group__isnull=True):
            possible.group = groups[possible.ref]
            possible.save(update_fields=["group"])
        facts.record(
            FormingUsed(
                community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk,
                group_ids=tuple(group.pk for group in groups.values()),
            )
        )  # fmt: skip
    return forming


def close_forming(*, forming: Forming, by: Person) -> None:
    """A format made its groups of it: nothing is left to divide. Twice is once. Raises PermissionDenied."""
    with transaction.atomic():
        if forming.is_used:
            return
        lock_unused(forming, by)
        forming.state, forming.used_at = FormingState.USED, clock.now()
        forming.save(update_fields=["state", "used_at"])
        facts.record(FormingUsed(community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk, group_ids=()))


def _made(forming: Forming) -> list[LearningGroup]:
    return [group.group for group in forming.possible_groups.select_related("group") if group.group is not None]


def _people(forming: Forming) -> dict[int, list[Person]]:
    """Who is there, by the group where they sit; guests wait until they have an account."""
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for candidate in queries.candidates_of(forming):
        place = forming.place_of(candidate.pk)
        if candidate.person is not None and place is not None and not candidate.is_absent:
            found[place].append(candidate.person)
    return found


def _make(
    forming: Forming, possible: PossibleGroup, people: list[Person], contact: Person | None, by: Person
) -> LearningGroup:
    if contact is not None and contact not in people:
        sentence = _("The contact of %(name)s is not in it. Choose somebody of the group.")
        raise Refused(sentence % {"name": possible.name})
    group = form_group(
        community=forming.community, name=possible.name, by=by, people=people, contact=contact, theme=possible.theme,
        questions=[possible.question] if possible.question else [], meeting=forming.meeting,
    )  # fmt: skip
    PossibleGroup.objects.filter(pk=possible.pk).update(group=group)
    if possible.first_at is not None:
        meetings.plan_meeting(
            community=group.circle, kind=MeetingKind.GROUP_MEETING, starts_at=possible.first_at,
            ends_at=possible.first_at + FIRST_MEETING, title=possible.name, by=by,
        )  # fmt: skip
    return group
