from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.facts import TimerSet
from leerkring.formats.werkplaats.models import Room, Round
from leerkring.formats.werkplaats.steps import Changes, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

MOST_MINUTES = 600


def set_timer(*, round: Round, minutes: int, by: Person) -> Round:
    """Start the clock anew. Raises PermissionDenied, Refused when the round is not open."""
    if not 0 < minutes <= MOST_MINUTES:
        raise Refused(_("Give a number of minutes between 1 and 600."))
    with transaction.atomic():
        room = _lock_open(round, by)
        _set(room, round, by, ends_in=timedelta(minutes=minutes))
    return round


def pause_timer(*, round: Round, by: Person) -> Round:
    """Stop the clock for a while. Twice is once. Raises PermissionDenied, Refused when no clock runs."""
    with transaction.atomic():
        room = _lock_open(round, by)
        if round.left_seconds is not None:
            return round
        if round.ends_at is None:
            raise Refused(_("No clock runs in this round."))
        left = max(0, int((round.ends_at - clock.now()).total_seconds()))
        _set(room, round, by, left_seconds=left)
    return round


def resume_timer(*, round: Round, by: Person) -> Round:
    """Let the clock go on. Twice is once. Raises PermissionDenied, Refused when the round is not open."""
    with transaction.atomic():
        room = _lock_open(round, by)
        if round.left_seconds is not None:
            _set(room, round, by, ends_in=timedelta(seconds=round.left_seconds))
    return round


def add_minutes(*, round: Round, minutes: int, by: Person) -> Round:
    """Give more time, or less (below zero). Raises PermissionDenied, Refused when the round is not open."""
    with transaction.atomic():
        room = _lock_open(round, by)
        extra = timedelta(minutes=max(-MOST_MINUTES, min(minutes, MOST_MINUTES)))
        if round.left_seconds is not None:
            _set(room, round, by, left_seconds=max(0, round.left_seconds + int(extra.total_seconds())))
        else:
            now = clock.now()
            _set(room, round, by, ends_in=max(timedelta(), max(round.ends_at or now, now) - now + extra))
    return round


def _set(
    room: Room, round_: Round, by: Person, *, ends_in: timedelta | None = None, left_seconds: int | None = None
) -> None:
    changes = Changes()
    ends_at = clock.now() + ends_in if ends_in is not None else None
    if changes.alter([round_], ends_at=ends_at, left_seconds=left_seconds):
        write_step(room, "set_timer", by, changes)
        facts.record(
            TimerSet(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round_.pk,
                is_paused=left_seconds is not None,
            )
        )  # fmt: skip


def _lock_open(round_: Round, by: Person) -> Room:
    room = lock_round(round_, by)
    if not round_.is_open:
        raise Refused(_("This round is not open."))
    return room
