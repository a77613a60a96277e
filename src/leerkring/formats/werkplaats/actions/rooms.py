from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.actions.mirroring import mirror
from leerkring.formats.werkplaats.actions.rounds import close_now, make_default_run
from leerkring.formats.werkplaats.enums import RoundState
from leerkring.formats.werkplaats.facts import RoomBegun, RoomEnded, RoomPrepared, ScreeningSet, StepUndone
from leerkring.formats.werkplaats.models import Room, Step
from leerkring.formats.werkplaats.steps import Changes, inverse_of, lock_room, touches, undo_step, write_step
from leerkring.platform import clock, facts
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused


def prepare_room(*, meeting: Meeting, by: Person, is_screened: bool = True) -> Room:
    """Make the room of a meeting, with a usual run of rounds. Twice is one room.

    Raises PermissionDenied, and Refused for a meeting that keeps no text, is cancelled or is over.
    """
    if not access.may_prepare_room(by, meeting):
        raise PermissionDenied
    if not meeting.keeps_text:
        raise Refused(_("Of an intervisie no text is kept. Plan a werkplaats for this."))
    with transaction.atomic():
        meeting.refresh_from_db(fields=["state"], from_queryset=Meeting.objects.select_for_update(no_key=True))
        room = Room.objects.filter(meeting=meeting).first()
        if room is not None:
            room.meeting = meeting
            return room
        if meeting.is_cancelled or meeting.is_held:
            raise Refused(_("This meeting is over, or cancelled. Plan a new one."))
        last = FactRow.objects.aggregate(last=Max("id"))["last"] or 0
        room = Room.objects.create(meeting=meeting, is_screened=is_screened, facts_from=last, seed=meeting.pk)
        make_default_run(room, by)
        facts.record(RoomPrepared(community_id=room.community_id, by_id=by.pk, room_id=room.pk, meeting_id=meeting.pk))
    return room


def begin_room(*, room: Room, by: Person) -> Room:
    """The meeting is on: its door opens, phones and projector follow. Twice is once.

    Raises PermissionDenied, and Refused for a meeting that is cancelled or over.
    """
    with transaction.atomic():
        lock_room(room, by)
        if room.began_at is not None and room.ended_at is None:
            return room
        meeting = room.meeting
        meetings.open_door(meeting=meeting, by=by)
        if not meeting.is_held:
            meetings.move_meeting(meeting=meeting, state=MeetingState.LIVE, by=by)
        changes = Changes()
        changes.alter([room], began_at=room.began_at or clock.now(), ended_at=None)
        write_step(room, "begin_room", by, changes)
        facts.record(RoomBegun(community_id=room.community_id, by_id=by.pk, room_id=room.pk))
    return room


def end_room(*, room: Room, by: Person) -> Room:
    """The meeting is over: the open round closes, nobody new comes in. Twice is once.

    Raises PermissionDenied, and Refused before it began.
    """
    with transaction.atomic():
        lock_room(room, by)
        if room.ended_at is not None:
            return room
        if room.began_at is None:
            raise Refused(_("This meeting has not begun yet."))
        changes = Changes()
        for round_ in room.rounds.filter(state=RoundState.OPEN):
            close_now(round_, by)
        changes.alter([room], ended_at=clock.now(), current_round_id=None)
        meeting = room.meeting
        if not meeting.is_held:
            meetings.move_meeting(meeting=meeting, state=MeetingState.HELD, by=by)
        meetings.lock_door(meeting=meeting, by=by)
        write_step(room, "end_room", by, changes)
        facts.record(RoomEnded(community_id=room.community_id, by_id=by.pk, room_id=room.pk))
    return room


@inverse_of("end_room")
def _go_on(room: Room, step: Step, by: Person) -> None:
    """The room goes on; the round that was closed with it is repeated when somebody wants it."""
    if room.harvested_at is not None or room.ended_at is None:
        raise Refused(_("The harvest of this meeting is made. Plan a new meeting."))
    Room.objects.filter(pk=room.pk).update(ended_at=None)
    meetings.unlock_door(meeting=room.meeting, by=by)


@inverse_of("begin_room")
def _not_yet(room: Room, step: Step, by: Person) -> None:
    if room.rounds.exclude(state__in=(RoundState.WAITING, RoundState.SKIPPED)).exists():
        raise Refused(_("A round was opened already. End the meeting instead."))
    Room.objects.filter(pk=room.pk).update(began_at=None)


def set_screening(*, room: Room, is_on: bool, by: Person) -> Room:
    """Whether a post waits until a facilitator has seen it. What waits, waits. Raises PermissionDenied."""
    with transaction.atomic():
        lock_room(room, by)
        changes = Changes()
        if changes.alter([room], is_screened=is_on):
            write_step(room, "set_screening", by, changes)
            facts.record(ScreeningSet(community_id=room.community_id, by_id=by.pk, room_id=room.pk, is_on=is_on))
    return room


def undo(*, step: Step, by: Person) -> Step:
    """Take back what a facilitator did, whoever of them it was. Twice is once.

    Raises PermissionDenied, and Refused when something later stands on it or when it cannot be taken back.
    """
    with transaction.atomic():
        room = Room.objects.select_related("meeting__community").get(pk=step.room_id)
        lock_room(room, by)
        step.refresh_from_db(from_queryset=Step.objects.select_for_update())
        if step.undone_at is not None:
            return step
        undo_step(room, step, by)
        if touches(step, "Placing"):
            mirror(room, by)
        step.undone_at, step.undone_by = clock.now(), by
        step.save(update_fields=["undone_at", "undone_by"])
        facts.record(
            StepUndone(community_id=room.community_id, by_id=by.pk, room_id=room.pk, step_id=step.pk, verb=step.verb)
        )
    return step
