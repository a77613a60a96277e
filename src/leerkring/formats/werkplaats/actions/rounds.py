from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.voices import settle_voices
from leerkring.formats.werkplaats.enums import NAMED_KINDS, PostKind, RoundKind, RoundState
from leerkring.formats.werkplaats.facts import (
    ResultsHidden,
    ResultsShown,
    RoundAdded,
    RoundChanged,
    RoundClosed,
    RoundMoved,
    RoundOpened,
    RoundRemoved,
    RoundRepeated,
    RoundSkipped,
)
from leerkring.formats.werkplaats.ground import fresh_secret, sentence
from leerkring.formats.werkplaats.models import Point, Post, Reply, Room, Round, Step, Walked, Wish
from leerkring.formats.werkplaats.queries.rooms import rounds_of
from leerkring.formats.werkplaats.run import USUAL_RUN, usual_title
from leerkring.formats.werkplaats.steps import Changes, inverse_of, later, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision

CHANGEABLE = frozenset(
    {"title", "prompt", "minutes", "takes", "is_anonymous", "budget", "most_per_target", "deadline_at"}
)
COUNTS_ONCE = frozenset({RoundKind.POINTS, RoundKind.LOOK_BACK})
"""Rounds in which a device that comes back without being recognised would count twice."""
WAITS = (RoundState.WAITING, RoundState.SKIPPED)


def make_default_run(room: Room, by: Person) -> None:
    """The usual rounds; which of them this meeting needs is chosen by its facilitator."""
    rounds = [
        Round(room=room, position=position, kind=part.kind, title=usual_title(part.kind), minutes=part.minutes,
              takes=",".join(part.takes), is_anonymous=part.is_anonymous, changed_by=by, changed_at=clock.now())
        for position, part in enumerate(USUAL_RUN, start=1)
    ]  # fmt: skip
    Round.objects.bulk_create(rounds)


def add_round(
    *,
    room: Room,
    kind: RoundKind,
    by: Person,
    title: str = "",
    prompt: str = "",
    minutes: int = 10,
    takes: Iterable[PostKind] = (),
    is_anonymous: bool = False,
    budget: int = 3,
    most_per_target: int | None = None,
    deadline_at: datetime | None = None,
    after: Round | None = None,
) -> Round:
    """Add a round, after another one or at the end; during the meeting too. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        lock_room(room, by)
        changes = Changes()
        last = room.rounds.aggregate(last=Max("position"))["last"] or 0
        round_ = Round(
            room=room, position=last + 1, kind=kind, title=title.strip() or usual_title(kind), prompt=prompt.strip(),
            minutes=minutes, takes=_takes(kind, takes), is_anonymous=is_anonymous, budget=budget,
            most_per_target=most_per_target, deadline_at=deadline_at, changed_by=by, changed_at=clock.now(),
        )  # fmt: skip
        _check(round_)
        round_.secret = _early_secret(round_)
        round_.save()
        changes.appear(round_, "removed_at", clock.now())
        if after is not None:
            _put_after(changes, room, round_, after)
        write_step(room, "add_round", by, changes)
        facts.record(
            RoundAdded(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round_.pk, kind=kind)
        )
    return round_


def change_round(*, round: Round, by: Person, revision: int | None = None, **values: Any) -> Round:
    """Change what a round asks. Names cannot be left out or asked for once somebody said something in it.

    Raises PermissionDenied, EditedMeanwhile when somebody else was first since `revision`, and Refused.
    """
    if unknown := set(values) - CHANGEABLE:
        raise TypeError(f"a round has no {', '.join(sorted(unknown))} to change")
    with transaction.atomic():
        room = lock_round(round, by)
        mine = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        if "takes" in mine:
            mine["takes"] = _takes(RoundKind(round.kind), mine["takes"])
        check_revision(round, revision, mine)
        if mine.get("is_anonymous", round.is_anonymous) != round.is_anonymous and _has_answers(round):
            raise Refused(_("People already said something here. Add a new round for this."))
        changed = copy(round)
        for name, value in mine.items():
            setattr(changed, name, value)
        _check(changed)
        changes = Changes()
        if not changes.alter([round], **mine):
            return round
        early = _early_secret(round)
        Round.objects.filter(pk=round.pk).update(
            revision=round.revision + 1, changed_by=by, changed_at=clock.now(), secret=early
        )
        round.revision, round.secret = round.revision + 1, early
        write_step(room, "change_round", by, changes)
        facts.record(
            RoundChanged(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk,
                revision=round.revision,
            )
        )  # fmt: skip
    return round


def move_round(*, round: Round, position: int, by: Person) -> Round:
    """Give a round another place in the run, counted from 1. Raises PermissionDenied."""
    with transaction.atomic():
        room = lock_round(round, by)
        changes = Changes()
        order = [other for other in rounds_of(room) if other.pk != round.pk]
        order.insert(max(0, min(position - 1, len(order))), round)
        _write_order(changes, order)
        if not changes.is_empty():
            write_step(room, "move_round", by, changes)
            facts.record(
                RoundMoved(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk,
                    position=round.position,
                )
            )  # fmt: skip
    return round


def skip_round(*, round: Round, by: Person) -> Round:
    """Leave a round out of the run. Twice is once. Raises PermissionDenied, Refused once it was opened."""
    with transaction.atomic():
        room = lock_round(round, by)
        if round.state == RoundState.SKIPPED:
            return round
        if round.state != RoundState.WAITING:
            raise Refused(_("This round was opened already. Close it instead."))
        changes = Changes()
        changes.alter([round], state=RoundState.SKIPPED)
        write_step(room, "skip_round", by, changes)
        facts.record(RoundSkipped(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def remove_round(*, round: Round, by: Person) -> Round:
    """Take a round off the run. Twice is once. Raises PermissionDenied, Refused once somebody said something in it."""
    with transaction.atomic():
        room = lock_round(round, by)
        if round.removed_at is not None:
            return round
        if round.state not in WAITS or _has_answers(round):
            raise Refused(_("This round was opened already. Close it instead."))
        changes = Changes()
        changes.alter([round], removed_at=clock.now())
        write_step(room, "remove_round", by, changes)
        facts.record(RoundRemoved(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def open_round(*, round: Round, by: Person) -> Round:
    """Open a round for everybody; the one that is open closes. Twice is once.

    Raises PermissionDenied; Refused before the meeting begins, after it ended, and for a round that was closed.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        if round.is_open:
            return round
        if round.state == RoundState.CLOSED:
            raise Refused(_("This round was closed. Repeat it if you want it once more."))
        _open(room, round, by, "open_round")
        facts.record(
            RoundOpened(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk, kind=round.kind
            )
        )
    return round


def close_round(*, round: Round, by: Person) -> Round:
    """Nothing more is said in this round; of an anonymous one the secret is destroyed. Twice is once.

    Raises PermissionDenied, Refused when it was not open.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        if round.state == RoundState.CLOSED:
            return round
        if not round.is_open:
            raise Refused(_("This round is not open."))
        close_now(round, by)
        Room.objects.filter(pk=room.pk, current_round=round).update(current_round=None)
        write_step(room, "close_round", by, Changes(), round_id=round.pk)
        facts.record(RoundClosed(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def repeat_round(*, round: Round, by: Person) -> Round:
    """Open a closed round once more. One in which people count once without names starts afresh, as a round of its own:
    nobody could tell any more who counted already. Gives back the round that is open now.

    Raises PermissionDenied, and Refused when it is not closed.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        if round.state != RoundState.CLOSED:
            raise Refused(_("Only a closed round can be repeated."))
        if round.is_anonymous and round.kind in COUNTS_ONCE:
            round = _copy(room, round, by)
        _open(room, round, by, "open_round")
        facts.record(RoundRepeated(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def show_results(*, round: Round, by: Person) -> Round:
    """Let everybody see what came out. Twice is once. Raises PermissionDenied, Refused while it is open for points."""
    with transaction.atomic():
        room = lock_round(round, by)
        if round.is_open and round.kind in COUNTS_ONCE:
            raise Refused(_("Close this round first: as long as people can change it, nobody sees the result."))
        changes = Changes()
        if changes.alter([round], is_shown=True):
            write_step(room, "show_results", by, changes)
            facts.record(ResultsShown(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def hide_results(*, round: Round, by: Person) -> Round:
    """The inverse of `show_results`. Raises PermissionDenied."""
    with transaction.atomic():
        room = lock_round(round, by)
        changes = Changes()
        if changes.alter([round], is_shown=False):
            write_step(room, "hide_results", by, changes)
            facts.record(ResultsHidden(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return round


def close_now(round_: Round, by: Person) -> None:
    """Close it, and destroy what ties words to devices: the secret, and of anonymous posts the voter too."""
    settle_voices(round_)
    round_.state, round_.closed_at, round_.secret = RoundState.CLOSED, clock.now(), None
    round_.ends_at, round_.left_seconds = None, None
    round_.save(update_fields=["state", "closed_at", "secret", "ends_at", "left_seconds"])
    if round_.is_anonymous:
        Post.objects.filter(round=round_).exclude(voter="").update(voter="")


def _open(room: Room, round_: Round, by: Person, verb: str) -> None:
    if room.began_at is None:
        raise Refused(_("Begin the meeting first."))
    if room.ended_at is not None:
        raise Refused(_("This meeting is over."))
    if round_.removed_at is not None:
        raise Refused(_("This round was taken off the run. Undo that first."))
    closed = list(room.rounds.filter(state=RoundState.OPEN).exclude(pk=round_.pk))
    for other in closed:
        close_now(other, by)
    now = clock.now()
    before = str(round_.state)
    round_.state, round_.opened_at, round_.closed_at = RoundState.OPEN, round_.opened_at or now, None
    round_.ends_at, round_.left_seconds, round_.is_shown = None, None, False
    if round_.is_anonymous and round_.secret is None:
        round_.secret = fresh_secret()
    round_.save(update_fields=["state", "opened_at", "closed_at", "ends_at", "left_seconds", "is_shown", "secret"])
    Room.objects.filter(pk=room.pk).update(current_round=round_)
    room.current_round_id = round_.pk
    write_step(room, verb, by, Changes(), round_id=round_.pk, before=before, closed=[other.pk for other in closed])


@inverse_of("open_round")
def _unopen(room: Room, step: Step, by: Person) -> None:
    """The round waits again; the one that was closed for it is open again, with a new secret if it has one."""
    round_ = Round.objects.get(pk=step.payload["round_id"])
    if not round_.is_open:
        raise later()
    was_closed = step.payload["before"] == RoundState.CLOSED
    if not was_closed and _has_answers(round_) and not round_.deadline_at:
        raise Refused(_("People already said something in this round. Close it instead."))
    if was_closed:
        close_now(round_, by)
    else:
        secret = round_.secret if round_.deadline_at else None
        Round.objects.filter(pk=round_.pk).update(
            state=step.payload["before"], opened_at=None, ends_at=None, left_seconds=None, secret=secret
        )
    Room.objects.filter(pk=room.pk).update(current_round=None)
    for id_ in step.payload["closed"]:
        _reopen(room, Round.objects.get(pk=id_))


@inverse_of("close_round")
def _unclose(room: Room, step: Step, by: Person) -> None:
    if room.rounds.filter(state=RoundState.OPEN).exists():
        raise later()
    _reopen(room, Round.objects.get(pk=step.payload["round_id"]))


def _reopen(room: Room, round_: Round) -> None:
    if round_.state != RoundState.CLOSED or room.ended_at is not None:
        raise later()
    if round_.is_anonymous and round_.kind in COUNTS_ONCE:
        raise Refused(_("Without names nobody can tell who counted already. Repeat this round: it starts afresh."))
    round_.state, round_.closed_at, round_.is_shown = RoundState.OPEN, None, False
    round_.secret = fresh_secret() if round_.is_anonymous else None
    round_.save(update_fields=["state", "closed_at", "is_shown", "secret"])
    Room.objects.filter(pk=room.pk).update(current_round=round_)


def _copy(room: Room, round_: Round, by: Person) -> Round:
    fresh = Round.objects.create(
        room=room, position=round_.position, kind=round_.kind, title=round_.title, prompt=round_.prompt,
        minutes=round_.minutes, takes=round_.takes, is_anonymous=True, budget=round_.budget,
        most_per_target=round_.most_per_target, changed_by=by, changed_at=clock.now(),
    )  # fmt: skip
    for ask in round_.asks.filter(removed_at__isnull=True):
        fresh.asks.create(text=ask.text, kind=ask.kind, position=ask.position)
    _put_after(Changes(), room, fresh, round_)
    return fresh


def lock_round(round_: Round, by: Person) -> Room:
    """The room, held; the round as it is now."""
    room = Room.objects.select_related("meeting__community").get(pk=round_.room_id)
    lock_room(room, by)
    round_.refresh_from_db()
    round_.room = room
    return room


def _put_after(changes: Changes, room: Room, round_: Round, after: Round) -> None:
    order = [other for other in rounds_of(room) if other.pk != round_.pk]
    index = next((index for index, other in enumerate(order, start=1) if other.pk == after.pk), len(order))
    order.insert(index, round_)
    _write_order(changes, order)


def _write_order(changes: Changes, order: list[Round]) -> None:
    for position, round_ in enumerate(order, start=1):
        changes.alter([round_], position=position)


def _takes(kind: RoundKind, takes: Iterable[PostKind] | str) -> str:
    if kind != RoundKind.RAISE:
        return ""
    words = takes.split(",") if isinstance(takes, str) else [str(word) for word in takes]
    chosen = [word for word in PostKind.values if word in words and word != PostKind.FEEDBACK]
    return ",".join(chosen or [str(PostKind.QUESTION)])


def _check(round_: Round) -> None:
    sentence(round_.title, 200)
    if round_.is_anonymous and round_.kind in NAMED_KINDS:
        raise Refused(_("This round is about who is who. It cannot be without names."))
    if round_.most_per_target is not None and not 1 <= round_.most_per_target <= round_.budget:
        raise Refused(_("At most on one cannot be more than the points that each has."))
    if round_.kind == RoundKind.POINTS and not 1 <= round_.budget <= 100:
        raise Refused(_("Give each between 1 and 100 points."))
    if round_.deadline_at is not None and round_.kind != RoundKind.RAISE:
        raise Refused(_("Only a round in which people bring something in can be open before the meeting."))
    check_fields(round_)


def _early_secret(round_: Round) -> bytes | None:
    """A round that is open before the meeting has its secret from then on."""
    if not round_.is_anonymous:
        return None
    kept = bytes(round_.secret) if round_.secret else None
    return kept or (fresh_secret() if round_.is_early(clock.now()) else None)


def _has_answers(round_: Round) -> bool:
    if Post.objects.filter(round=round_).exists() or Point.objects.filter(round=round_).exists():
        return True
    if Wish.objects.filter(round=round_).exists() or Walked.objects.filter(round=round_).exists():
        return True
    return Reply.objects.filter(ask__round=round_).exists()
