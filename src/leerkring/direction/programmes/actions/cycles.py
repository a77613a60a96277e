from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, rules
from leerkring.direction.programmes.facts import CycleClosed, CycleOpened
from leerkring.direction.programmes.models import Cycle, Programme
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def open_cycle(*, programme: Programme, meeting: Meeting, by: Person) -> Cycle:
    """Open a cycle with a werkplaats; the one before closes with it. A second click changes nothing.

    Raises PermissionDenied, and Refused for another kind of meeting or one that has not begun.
    """
    rules.require(access.may_change_programme(by, programme))
    _require_werkplaats(programme, meeting)
    with transaction.atomic():
        locked = Programme.objects.select_for_update().get(pk=programme.pk)
        last = locked.cycles.last()
        if last is not None and last.opened_by_id == meeting.pk:
            return last
        if locked.cycles.filter(opened_by=meeting).exists():
            raise Refused(_("This werkplaats has opened a cycle already."))
        if last is not None and last.opened_by.starts_at > meeting.starts_at:
            raise Refused(_("This werkplaats came before the one that opened the current cycle."))
        if last is not None and last.is_open:
            _close(last, meeting)
        cycle = Cycle.objects.create(programme=programme, number=(last.number if last else 0) + 1, opened_by=meeting)
        facts.record(
            CycleOpened(community_id=programme.community_id, by_id=by.pk, cycle_id=cycle.pk, meeting_id=meeting.pk)
        )
    return cycle


def close_cycle(*, cycle: Cycle, meeting: Meeting, by: Person) -> Cycle:
    """Close a cycle with a werkplaats without opening the next. A second click changes nothing.

    Raises PermissionDenied and Refused.
    """
    rules.require(access.may_change_programme(by, cycle.programme))
    _require_werkplaats(cycle.programme, meeting)
    if meeting.pk == cycle.opened_by_id:
        raise Refused(_("A cycle closes with a later werkplaats than the one that opened it."))
    with transaction.atomic():
        locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if locked.is_open:
            _close(locked, meeting)
            facts.record(
                CycleClosed(community_id=meeting.community_id, by_id=by.pk, cycle_id=cycle.pk, meeting_id=meeting.pk)
            )
    cycle.refresh_from_db()
    return cycle


def _close(cycle: Cycle, meeting: Meeting) -> None:
    cycle.closed_by = meeting
    cycle.save(update_fields=["closed_by"])


def _require_werkplaats(programme: Programme, meeting: Meeting) -> None:
    if meeting.community_id != programme.community_id or meeting.kind != MeetingKind.WERKPLAATS:
        raise Refused(_("A cycle goes from one werkplaats of the programme to the next. Choose a werkplaats."))
    if meeting.is_cancelled or meeting.day > clock.today():
        raise Refused(_("This werkplaats has not begun yet."))
