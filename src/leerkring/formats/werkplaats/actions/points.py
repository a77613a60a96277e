from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import PostState, RoundKind
from leerkring.formats.werkplaats.facts import PointsGiven, PointsTyped
from leerkring.formats.werkplaats.ground import (
    lock_voice,
    require_here,
    require_open,
    require_sheets,
    round_now,
    teller,
    voter_on_paper,
)
from leerkring.formats.werkplaats.models import Cluster, Point, Post, Round
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.steps import Changes, write_step
from leerkring.platform import facts
from leerkring.platform.prepared import prepared
from leerkring.platform.rules import Refused

_points = prepared(int, str)(
    lambda round_id, voter: Point.objects.filter(round=round_id, voter=voter).exclude(post__taken_back_at__isnull=False)
)


def give_points(*, round: Round, seat: Seat, target: Cluster | Post, count: int) -> int:
    """Say how many points one gives this pile or post, until the round closes; says how many are left.

    The value is set, not added, so that a retry changes nothing. At most six queries, and no lock but that of the own
    seats. Raises Refused: closed, more than the budget or than is allowed on one, or a pile or post that is gone.
    """
    if count < 0:
        raise Refused(_("Give zero points or more."))
    with transaction.atomic():
        lock_voice(seat)
        now_ = round_now(round)
        require_here(now_, seat)
        require_open(now_, RoundKind.POINTS)
        voter = now_.voter_of(seat)
        family = _family(now_, target)
        mine = _points(now_.pk, voter)
        on_target = [point for point in mine if _is_on(point, target, family)]
        before = sum(point.count for point in on_target)
        left = now_.budget - (sum(point.count for point in mine) - before) - count
        _require_within(now_, count, before, left)
        if count != before:
            _write(now_, voter, target, on_target, count)
            facts.record(
                PointsGiven(
                    community_id=now_.room.community_id,
                    by_id=teller(now_, seat),
                    room_id=now_.room_id,
                    round_id=now_.pk,
                    cluster_id=target.pk if isinstance(target, Cluster) else None,
                    post_id=target.pk if isinstance(target, Post) else None,
                )
            )
    return left


def type_points(
    *, round: Round, points: Mapping[Cluster | Post, int], by: Person, key: UUID | None = None
) -> list[Point]:
    """A facilitator enters the sheet of one person, also after the phones were closed. Same key, same sheet.

    Raises PermissionDenied; Refused: no round of points that has begun, an empty sheet, more than the budget or than
    is allowed on one, or a pile or post that is gone.
    """
    given = {target: count for target, count in points.items() if count > 0}
    voter = voter_on_paper(key or uuid4())
    with transaction.atomic():
        room = lock_round(round, by)
        require_sheets(round, RoundKind.POINTS)
        if entered := list(Point.objects.filter(round=round, voter=voter)):
            return entered
        _require_sheet_within(round, list(given.values()))
        changes, rows = Changes(), []
        for target, count in given.items():
            _family(round, target)
            on = {"cluster": target} if isinstance(target, Cluster) else {"post": target}
            rows.append(Point(round=round, voter=voter, count=count, **on))
            changes.make(rows[-1])
        write_step(room, "type_points", by, changes)
        facts.record(PointsTyped(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return rows


def _require_sheet_within(round_: Round, counts: list[int]) -> None:
    if not counts:
        raise Refused(_("Fill in the points of the sheet first."))
    if sum(counts) > round_.budget:
        raise Refused(
            ngettext("One sheet has %(count)d point in all.", "One sheet has %(count)d points in all.", round_.budget)
            % {"count": round_.budget}
        )
    if round_.most_per_target is not None and max(counts) > round_.most_per_target:
        raise Refused(_("At most %(count)d on one.") % {"count": round_.most_per_target})


def _family(round_: Round, target: Cluster | Post) -> set[int]:
    """The pile and those that were put on it. Raises Refused for what is not (any more) there to choose."""
    gone = Refused(_("This is no longer there to choose. Look at the list again."))
    if isinstance(target, Post):
        shown = Post.objects.filter(
            pk=target.pk, room=round_.room_id, state=PostState.RELEASED, taken_back_at__isnull=True
        )
        if not shown.exists():
            raise gone
        return set()
    piles = Piles.of(round_.room_id)
    if piles.final(target.pk) != target.pk:
        raise gone
    return piles.family(target.pk)


def _is_on(point: Point, target: Cluster | Post, family: set[int]) -> bool:
    return point.post_id == target.pk if isinstance(target, Post) else point.cluster_id in family


def _require_within(round_: Round, count: int, before: int, left: int) -> None:
    if count <= before:
        return
    if left < 0:
        raise Refused(
            ngettext(
                "You have %(count)d point in all. Take one back elsewhere first.",
                "You have %(count)d points in all. Take one back elsewhere first.",
                round_.budget,
            )
            % {"count": round_.budget}
        )
    if round_.most_per_target is not None and count > round_.most_per_target:
        raise Refused(_("At most %(count)d on one.") % {"count": round_.most_per_target})


def _write(round_: Round, voter: str, target: Cluster | Post, on_target: list[Point], count: int) -> None:
    """Raise the value on the target itself; lower it there first, and then on the piles that were put on it."""
    own = next((point for point in on_target if target.pk in (point.cluster_id, point.post_id)), None)
    before = sum(point.count for point in on_target)
    if count > before:
        if own is None:
            key = {"cluster_id": target.pk} if isinstance(target, Cluster) else {"post_id": target.pk}
            Point.objects.create(round=round_, voter=voter, count=count - before, **key)
        else:
            Point.objects.filter(pk=own.pk).update(count=own.count + count - before)
        return
    over = before - count
    for point in sorted(on_target, key=lambda point: point is not own):
        off = min(point.count, over)
        over -= off
        if off:
            Point.objects.filter(pk=point.pk).update(count=point.count - off)
