from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.actions import Noted
from leerkring.community.meetings.enums import MeetingKind, Presence
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.facts import (
    IntervisieRoundChanged,
    IntervisieRoundPlanned,
    IntervisieRoundRemoved,
)
from leerkring.formats.intervisie.ground import lock_group, lock_round, require
from leerkring.formats.intervisie.library import Sheet
from leerkring.formats.intervisie.models import IntervisieGroup, Round
from leerkring.formats.intervisie.sheets import minutes_of
from leerkring.platform import facts
from leerkring.platform.rules import Refused

ROOM_TO_COME_IN = timedelta(minutes=15)


def plan_round(*, group: IntervisieGroup, meeting: Meeting, sheet: Sheet, by: Person) -> Round:
    """A round of this group at an intervisie of the programme or of the group.

    Raises PermissionDenied, and Refused when the meeting is no intervisie or the group has its round there.
    """
    require(access.may_plan_at(by, meeting, group))
    if meeting.kind != MeetingKind.INTERVISIE or meeting.keeps_text or meeting.is_cancelled or meeting.is_held:
        raise Refused(_("A round belongs to an intervisie that is still to come."))
    if meeting.community_id not in (group.circle_id, group.community_id):
        raise Refused(_("This is a meeting of another group."))
    try:
        with transaction.atomic():
            lock_group(group)
            if group.closed_at is not None:
                raise Refused(_("This group has stopped. Put it back first."))
            round_ = Round.objects.create(group=group, meeting=meeting, **_method(sheet))
            if access.may_note_who_is_here(by, round_):
                meetings.expect_people(meeting=meeting, people=queries.members_of(group), by=by)
            facts.record(
                IntervisieRoundPlanned(
                    community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk,
                    intervisie_round_id=round_.pk, meeting_id=meeting.pk,
                )
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("This group has its round at this meeting already.")) from None
    return round_


def plan_round_on(*, group: IntervisieGroup, starts_at: datetime, sheet: Sheet, by: Person, place: str = "") -> Round:
    """A round at a meeting of its own, planned with it: as long as the method, with time to come in.

    Raises PermissionDenied and Refused.
    """
    require(access.may_plan_round(by, group))
    length = minutes_of(sheet, is_first=not queries.has_done_rounds(group))
    with transaction.atomic():
        meeting = meetings.plan_meeting(
            community=group.circle, kind=MeetingKind.INTERVISIE, starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=length) + ROOM_TO_COME_IN, place=place, by=by,
        )  # fmt: skip
        return plan_round(group=group, meeting=meeting, sheet=sheet, by=by)


def change_round(*, round: Round, sheet: Sheet, by: Person) -> Round:
    """Another method, before it begins. Raises PermissionDenied, Refused afterwards."""
    require(access.may_run(by, round))
    with transaction.atomic():
        _lock_planned(round)
        for name, value in _method(sheet).items():
            setattr(round, name, value)
        round.version += 1
        round.save(update_fields=["built_in", "method_id", "version"])
        facts.record(
            IntervisieRoundChanged(
                community_id=round.group.circle_id, by_id=by.pk, intervisie_group_id=round.group_id,
                intervisie_round_id=round.pk,
            )
        )  # fmt: skip
    return round


def remove_round(*, round: Round, by: Person) -> None:
    """Take a round that did not begin off its meeting. Raises PermissionDenied, Refused once it began."""
    require(access.may_plan_round(by, round.group))
    with transaction.atomic():
        _lock_planned(round)
        facts.record(
            IntervisieRoundRemoved(
                community_id=round.group.circle_id, by_id=by.pk, intervisie_group_id=round.group_id,
                intervisie_round_id=round.pk,
            )
        )  # fmt: skip
        round.delete()


def note_who_is_here(*, round: Round, people: Iterable[Person], by: Person) -> None:
    """The attendance of the group: these are here, the others not. Raises PermissionDenied and Refused."""
    require(access.may_note_who_is_here(by, round))
    here = {person.pk for person in people}
    notes = [
        Noted(person, Presence.PRESENT if person.pk in here else Presence.ABSENT)
        for person in queries.members_of(round.group)
    ]
    meetings.note_attendances(meeting=round.meeting, notes=notes, by=by)


def _lock_planned(round_: Round) -> None:
    lock_round(round_)
    if not round_.is_planned:
        raise Refused(_("This round has begun."))


def _method(sheet: Sheet) -> dict[str, object]:
    return {
        "built_in": sheet.key if sheet.is_built_in else "",
        "method_id": sheet.method_id,
    }
