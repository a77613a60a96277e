from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundState
from leerkring.formats.werkplaats.facts import AllReleased, PostHeld, PostReleased, PostTyped
from leerkring.formats.werkplaats.ground import sentence
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.formats.werkplaats.steps import Changes, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def type_post(
    *,
    round: Round,
    text: str,
    by: Person,
    kind: PostKind = PostKind.QUESTION,
    said_by: str = "",
    about_group: LearningGroup | None = None,
    key: UUID | None = None,
) -> Post:
    """A facilitator enters what somebody said or wrote on paper. Somebody looked at it already. Same key, same post.

    Raises PermissionDenied; Refused for a name in a round without names, or a kind that is not asked.
    """
    text = sentence(text)
    with transaction.atomic():
        room = lock_round(round, by)
        if key is not None and (sent := Post.objects.filter(room=room, key=key).first()) is not None:
            return sent
        if kind not in round.post_kinds or round.state == RoundState.SKIPPED or round.removed_at is not None:
            raise Refused(_("That is not asked in this round."))
        if said_by.strip() and round.is_anonymous:
            raise Refused(_("In this round no names are kept. Leave the name empty."))
        changes = Changes()
        made = Post.objects.create(
            room=room, round=round, kind=kind, text=text, key=key or uuid4(), state=PostState.RELEASED, typed_by=by,
            said_by=said_by.strip()[:100], at=clock.now(), about_group=about_group,
        )  # fmt: skip
        changes.appear(made, "taken_back_at", made.at)
        write_step(room, "type_post", by, changes)
        facts.record(
            PostTyped(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk, post_id=made.pk)
        )
    return made


def release_post(*, post: Post, by: Person) -> Post:
    """Let the projector show it. Twice is once. Raises PermissionDenied, Refused when it was taken back."""
    with transaction.atomic():
        room = _lock_post(post, by)
        changes = Changes()
        if changes.alter([post], state=PostState.RELEASED):
            write_step(room, "release_post", by, changes)
            facts.record(
                PostReleased(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=post.round_id,
                    post_id=post.pk,
                )
            )  # fmt: skip
    return post


def hold_post(*, post: Post, by: Person) -> Post:
    """Keep it off the projector. Twice is once. Raises PermissionDenied, Refused when it was taken back."""
    with transaction.atomic():
        room = _lock_post(post, by)
        changes = Changes()
        if changes.alter([post], state=PostState.HELD):
            write_step(room, "hold_post", by, changes)
            facts.record(
                PostHeld(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=post.round_id,
                    post_id=post.pk,
                )
            )  # fmt: skip
    return post


def release_all(*, room: Room, by: Person, up_to: int | None = None) -> int:
    """Release all that waits, up to and including the post with this id: the last one that the facilitator saw.

    Says how many. Raises PermissionDenied.
    """
    with transaction.atomic():
        lock_room(room, by)
        waiting = Post.objects.filter(room=room, state=PostState.WAITING, taken_back_at__isnull=True)
        if up_to is not None:
            waiting = waiting.filter(pk__lte=up_to)
        changes = Changes()
        count = changes.alter(list(waiting), state=PostState.RELEASED)
        if count:
            write_step(room, "release_all", by, changes)
            facts.record(AllReleased(community_id=room.community_id, by_id=by.pk, room_id=room.pk, post_count=count))
    return count


def _lock_post(post: Post, by: Person) -> Room:
    room = Room.objects.select_related("meeting__community").get(pk=post.room_id)
    lock_room(room, by)
    post.refresh_from_db()
    if post.taken_back_at is not None:
        raise Refused(_("Whoever brought this in took it back."))
    return room
