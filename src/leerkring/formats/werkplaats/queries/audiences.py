from __future__ import annotations

from typing import Any

from leerkring.formats.werkplaats.enums import PostState, RoundKind
from leerkring.formats.werkplaats.models import Room, Step
from leerkring.formats.werkplaats.queries.doings import step_views
from leerkring.formats.werkplaats.queries.rooms import rooms
from leerkring.formats.werkplaats.queries.scene import Scene, is_released, with_counts
from leerkring.formats.werkplaats.snapshots import (
    DeskView,
    PhoneView,
    PileView,
    PostView,
    ProjectorView,
    RoomView,
)
from leerkring.platform import clock

STEPS = 8
ABOUT_POSTS = frozenset({RoundKind.RAISE, RoundKind.SCREEN, RoundKind.CLUSTER, RoundKind.POINTS})
ABOUT_TABLES = frozenset({RoundKind.WISH, RoundKind.FORM, RoundKind.ANNOUNCE})


def projector_view(room: Room) -> ProjectorView:
    """What the hall sees. At most eight queries."""
    scene = _scene(room)
    return ProjectorView(**_for_the_hall(scene, about=ABOUT_POSTS))


def phone_view(room: Room) -> PhoneView:
    """What every phone has in common; the words of others only where one chooses among them. At most eight queries."""
    scene = _scene(room)
    now = clock.now()
    early = tuple(scene.round_view(round_) for round_ in scene.rounds if round_.is_early(now))
    parts = _for_the_hall(scene, about=frozenset({RoundKind.POINTS}), counts_givers=False)
    return PhoneView(**parts, early=early)


def desk_view(room: Room) -> DeskView:
    """What facilitators work with, names included where the round has names. At most fifteen queries."""
    scene = _scene(room)
    # What lies where is asked for in the rounds about it, and when the meeting is over.
    lies = _kind(scene) in ABOUT_POSTS or room.ended_at is not None
    unseen = scene.posts if lies else scene.unseen
    waiting = [scene.post_view(post, authors=True) for post in unseen if post.state == PostState.WAITING]
    held = [scene.post_view(post, authors=True) for post in unseen if post.state == PostState.HELD]
    piles, loose = scene.lying(is_released, authors=True) if lies else ([], [])
    tables = _kind(scene) in ABOUT_TABLES
    steps = Step.objects.filter(room=scene.room).select_related("by", "undone_by").order_by("-id")[:STEPS]
    parts = {
        **_parts(scene, piles, loose, is_desk=True),
        "tables": tuple(scene.tables(seated=True, wishes=True)) if tables else (),
    }
    return DeskView(
        **parts,
        rounds=tuple(scene.round_view(round_) for round_ in scene.rounds),
        waiting=tuple(waiting),
        held=tuple(held),
        steps=step_views(scene, steps),
        seated=sum(table.seated for table in parts["tables"]),
    )


def _scene(room: Room) -> Scene:
    """A room that was read with its counts is as good as new."""
    return Scene(room if hasattr(room, "version_number") else with_counts(rooms()).get(pk=room.pk))


def _kind(scene: Scene) -> RoundKind | None:
    return RoundKind(scene.round.kind) if scene.round else None


def _for_the_hall(scene: Scene, *, about: frozenset[RoundKind], counts_givers: bool = True) -> dict[str, Any]:
    piles: list[PileView] = []
    loose: list[PostView] = []
    if _kind(scene) in about:
        piles, loose = scene.lying(is_released)
    parts = _parts(scene, piles, loose, is_desk=False, counts_givers=counts_givers)
    if _kind(scene) in ABOUT_TABLES:
        is_announced = scene.room.announced_at is not None
        parts["tables"] = tuple(scene.tables(seated=is_announced, wishes=False))
    return parts


def _parts(
    scene: Scene, piles: list[PileView], loose: list[PostView], *, is_desk: bool, counts_givers: bool = True
) -> dict[str, Any]:
    """The values of a RoomView. What is counted is shown to the hall once a facilitator shows it, never while it is
    open; the desk sees it from the closing on.
    """
    room, round_, kind = scene.room, scene.round, _kind(scene)
    is_told = round_ is not None and not round_.is_open and (is_desk or round_.is_shown)
    targets = scene.targets(piles, loose) if kind == RoundKind.POINTS else []
    base = RoomView(
        version=getattr(room, "version"),  # noqa: B009 - counted by the query
        now=clock.now(),
        room_id=room.pk,
        meeting_id=room.meeting_id,
        title=room.meeting.title,
        is_screened=room.is_screened,
        began_at=room.began_at,
        ended_at=room.ended_at,
        announced_at=room.announced_at,
        door=scene.door(),
        presence=scene.presence(),
        round=scene.round_view(round_) if round_ else None,
        round_count=len(scene.rounds),
        posts=tuple(loose),
        piles=tuple(piles),
        targets=tuple(targets),
        givers=scene.givers() if counts_givers else 0,
        results=tuple(scene.results(targets)) if kind == RoundKind.POINTS and is_told else None,
        questions=tuple(scene.questions()) if kind == RoundKind.WALK else (),
        presentations=tuple(scene.presentations()) if kind == RoundKind.PRESENT else (),
        tables=(),
        asks=tuple(scene.asks(shown=is_told)) if kind == RoundKind.LOOK_BACK else (),
        version_number=getattr(room, "version_number"),  # noqa: B009
    )
    return dict(vars(base))
