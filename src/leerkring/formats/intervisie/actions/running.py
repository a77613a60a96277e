"""A round by the clock. The clock is the server's; nothing goes on by itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.access import may_change_meeting
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.enums import RoundState
from leerkring.formats.intervisie.facts import (
    IntervisieRoundBegun,
    IntervisieRoundEnded,
    IntervisieStepOpened,
    IntervisieTimerSet,
    TimeCaughtUp,
)
from leerkring.formats.intervisie.ground import lock_round, require
from leerkring.formats.intervisie.models import Round, RoundStep
from leerkring.formats.intervisie.sheets import plan_of, sheet_of_round
from leerkring.formats.intervisie.timing import Slot, end_of, lost_minutes, spread
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

FORGOTTEN = timedelta(hours=1)
"""Later than this after the end, nobody pressed the button: the minutes are those of the method."""
MOST_ADDED = 120


def begin_round(*, round: Round, by: Person) -> Round:
    """Open the first step. Twice is once.

    Raises PermissionDenied, and Refused while a member who is not away did not accept the agreements.
    """
    require(access.may_run(by, round))
    try:
        with transaction.atomic():
            lock_round(round)
            if round.is_running:
                return round
            if round.is_done:
                raise Refused(_("This round is done."))
            _require_agreed(round)
            plan = plan_of(sheet_of_round(round), is_first=queries.is_first_round(round))
            rows = [
                RoundStep(round=round, position=position, step_number=number, minutes=minutes)
                for position, (number, minutes) in enumerate(plan)
            ]
            RoundStep.objects.bulk_create(rows)
            now = clock.now()
            round.state, round.current, round.began_at = RoundState.RUNNING, 0, now
            round.due_at = now + timedelta(minutes=sum(minutes for _number, minutes in plan))
            round.ends_at = now + timedelta(minutes=plan[0][1])
            _save(round)
            facts.record(IntervisieRoundBegun(**_ids(round, by)))
            _move_meeting(round, MeetingState.LIVE, by)
    except IntegrityError:
        raise Refused(_("Another round of this group is running. End it first.")) from None
    return round


def go_on(*, round: Round, position: int, by: Person) -> Round:
    """From this step to the next. Pressed on a step that is not on any more, nothing happens.

    Raises PermissionDenied, Refused when it does not run or this is the last step.
    """
    return _open(round, position, position + 1, by)


def go_back(*, round: Round, position: int, by: Person) -> Round:
    """From this step to the one before, with what was left of it. Raises PermissionDenied, Refused at the first."""
    return _open(round, position, position - 1, by)


def pause_round(*, round: Round, by: Person) -> Round:
    """Stop the clock for a while. Twice is once. Raises PermissionDenied, Refused when it does not run."""
    with transaction.atomic():
        _lock_running(round, by)
        if round.left_seconds is None:
            round.left_seconds, round.ends_at = round.left(clock.now()), None
            _save(round)
            facts.record(IntervisieTimerSet(**_ids(round, by), is_paused=True))
    return round


def resume_round(*, round: Round, by: Person) -> Round:
    """Let the clock go on. Twice is once. Raises PermissionDenied, Refused when it does not run."""
    with transaction.atomic():
        _lock_running(round, by)
        if round.left_seconds is not None:
            round.ends_at, round.left_seconds = clock.now() + timedelta(seconds=round.left_seconds), None
            _save(round)
            facts.record(IntervisieTimerSet(**_ids(round, by), is_paused=False))
    return round


def add_minute(*, round: Round, position: int, by: Person) -> Round:
    """One minute more for this step. Pressed on a step that is not on any more, nothing happens.

    Raises PermissionDenied, Refused when it does not run.
    """
    with transaction.atomic():
        _lock_running(round, by)
        if round.current != position:
            return round
        if round.added_minutes >= MOST_ADDED:
            raise Refused(_("This round has had two hours more already. Go on to the next step."))
        step = RoundStep.objects.get(round=round, position=position)
        step.minutes += 1
        step.save(update_fields=["minutes"])
        round.added_minutes += 1
        if round.left_seconds is not None:
            round.left_seconds += 60
        elif round.ends_at is not None:
            round.ends_at += timedelta(minutes=1)
        _save(round)
        facts.record(IntervisieTimerSet(**_ids(round, by), is_paused=round.is_paused))
    return round


def catch_up(*, round: Round, by: Person) -> int:
    """Take the lost minutes off the steps to come; says how many. None lost: nothing happens.

    Raises PermissionDenied, and Refused when no step to come has a minute to spare.
    """
    with transaction.atomic():
        _lock_running(round, by)
        steps = queries.steps_of(round)
        slots = [Slot(step.minutes, step.spent_seconds) for step in steps]
        now, current = clock.now(), round.current or 0
        assert round.due_at is not None  # noqa: S101 - it runs
        lost = lost_minutes(end_of(slots, current, round.left(now), now), round.due_at)
        if not lost:
            return 0
        coming = steps[current + 1 :]
        taken = spread(lost, [slot.rest // 60 for slot in slots[current + 1 :]])
        if not sum(taken):
            raise Refused(_("The steps to come have no minutes to spare. Agree on a later end, or leave a step out."))
        for step, minutes in zip(coming, taken, strict=True):
            step.minutes -= minutes
        RoundStep.objects.bulk_update(coming, ["minutes"])
        round.caught_up_minutes += sum(taken)
        _save(round)
        facts.record(TimeCaughtUp(**_ids(round, by), minutes=sum(taken)))
    return sum(taken)


def end_round(*, round: Round, by: Person) -> Round:
    """Close the round: what stays is how many minutes it took. Twice is once. Raises PermissionDenied, Refused."""
    require(access.may_run(by, round))
    with transaction.atomic():
        lock_round(round)
        if round.is_done:
            return round
        if not round.is_running:
            raise Refused(_("This round has not begun yet."))
        assert round.began_at is not None and round.due_at is not None  # noqa: S101, PT018 - it runs
        now = clock.now()
        took = now - round.began_at if now - round.due_at < FORGOTTEN else round.due_at - round.began_at
        round.minutes = max(1, round_minutes(took))
        round.state, round.current = RoundState.DONE, None
        round.began_at = round.due_at = round.ends_at = round.left_seconds = None
        round.added_minutes = round.caught_up_minutes = 0
        RoundStep.objects.filter(round=round).delete()
        _save(round)
        facts.record(IntervisieRoundEnded(**_ids(round, by), minutes=round.minutes))
        if not queries.others_to_end(round):
            _move_meeting(round, MeetingState.HELD, by)
    return round


def round_minutes(took: timedelta) -> int:
    return int(took.total_seconds() / 60 + 0.5)


def _open(round_: Round, position: int, to: int, by: Person) -> Round:
    with transaction.atomic():
        _lock_running(round_, by)
        if round_.current != position:
            return round_
        steps = {step.position: step for step in RoundStep.objects.filter(round=round_)}
        if to not in steps:
            raise Refused(_("This is the last step. End the round.") if to > position else _("This is the first step."))
        now = clock.now()
        step, other = steps[position], steps[to]
        step.spent_seconds = max(0, step.minutes * 60 - round_.left(now))
        step.save(update_fields=["spent_seconds"])
        left = other.minutes * 60 - other.spent_seconds
        round_.current, round_.left_seconds = to, None
        round_.ends_at = now + timedelta(seconds=left)
        other.spent_seconds = 0
        other.save(update_fields=["spent_seconds"])
        _save(round_)
        facts.record(IntervisieStepOpened(**_ids(round_, by), position=to))
    return round_


def _lock_running(round_: Round, by: Person) -> None:
    require(access.may_run(by, round_))
    lock_round(round_)
    if not round_.is_running:
        raise Refused(_("This round is not running."))


def _require_agreed(round_: Round) -> None:
    names = [person.name for person in queries.waiting_for(round_)]
    if names:
        raise Refused(
            _("First everybody accepts the agreements. Still to do: %(names)s.") % {"names": ", ".join(names)}
        )


def _move_meeting(round_: Round, state: MeetingState, by: Person) -> None:
    """The meeting follows the first and the last of its rounds, where whoever runs it may say so."""
    meeting = round_.meeting
    meeting.refresh_from_db(fields=["state"])
    if may_change_meeting(by, meeting) and meeting.state != state and meeting.may_become(state):
        meetings.move_meeting(meeting=meeting, state=state, by=by)


def _save(round_: Round) -> None:
    round_.version += 1
    round_.save()


def _ids(round_: Round, by: Person) -> dict[str, int]:
    return {
        "community_id": round_.group.circle_id,
        "by_id": by.pk,
        "intervisie_group_id": round_.group_id,
        "intervisie_round_id": round_.pk,
    }
