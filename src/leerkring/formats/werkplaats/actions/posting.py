from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Seat
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.facts import PostMade, PostTakenBack
from leerkring.formats.werkplaats.ground import lock_seat, require_here, round_now, sentence, teller
from leerkring.formats.werkplaats.models import Post, Presentation, Round
from leerkring.platform import clock, facts
from leerkring.platform.prepared import prepared
from leerkring.platform.rules import Refused

POSTS_PER_VOTER = 40

_sent = prepared(int, UUID)(lambda room_id, key: Post.objects.filter(room=room_id, key=key))
_ids_of_voter = prepared(int, str)(
    lambda round_id, voter: Post.objects.filter(round=round_id, voter=voter).values_list("pk")
)


def post(
    *,
    round: Round,
    seat: Seat,
    key: UUID,
    text: str,
    kind: PostKind = PostKind.QUESTION,
    about_group: LearningGroup | None = None,
) -> Post:
    """Bring something in. The same key twice is one post, also after the round closed: what was taken in stays in.

    At most six queries, and no lock but that of the own seat: the whole hall does this at the same time.
    Raises Refused: closed, not asked here, too long, too many, seat closed by a facilitator.
    """
    text = sentence(text)
    with transaction.atomic():
        lock_seat(seat)
        now_ = round_now(round)
        require_here(now_, seat)
        voter = now_.voter_of(seat)
        sent = _sent.first(now_.room_id, key)
        if sent is not None:
            return _same(sent, now_, seat)
        _require_taking(now_, seat, kind)
        group_id = _group_heard(now_, about_group) if now_.kind == RoundKind.PRESENT else None
        if group_id is None and len(_ids_of_voter(now_.pk, voter)) >= POSTS_PER_VOTER:
            raise Refused(_("You brought in a lot already. Take something back first, or tell it at your table."))
        made = Post.objects.create(
            room_id=now_.room_id,
            round_id=now_.pk,
            kind=kind,
            text=text,
            seat=None if now_.is_anonymous else seat,
            voter=voter,
            key=key,
            state=PostState.WAITING if now_.room.is_screened else PostState.RELEASED,
            at=clock.now(),
            about_group_id=group_id,
        )
        facts.record(
            PostMade(
                community_id=now_.room.community_id,
                by_id=teller(now_, seat),
                room_id=now_.room_id,
                round_id=now_.pk,
                post_id=made.pk,
            )
        )
    return made


def take_back_post(*, post: Post, seat: Seat) -> Post:
    """Take back what one brought in oneself. Twice is once.

    Raises PermissionDenied for a post of somebody else; Refused when nobody can tell any more whose it is, because a
    round without names closed, or when something came of it.
    """
    with transaction.atomic():
        post.refresh_from_db(
            from_queryset=Post.objects.select_related("round__room__meeting").select_for_update(of=("self",))
        )
        round_ = post.round
        if round_.is_anonymous and round_.secret is None:
            raise Refused(_("Nobody can tell any more whose this is. Ask the facilitator to hold it back."))
        if not post.voter or post.voter not in (round_.voter_of(seat), round_.guest_voter_of(seat)):
            raise PermissionDenied
        if post.taken_back_at is not None:
            return post
        if post.question_id or post.harvest_item_id:
            raise Refused(_("Something came of this already. Ask the facilitator."))
        post.taken_back_at = clock.now()
        post.save(update_fields=["taken_back_at"])
        facts.record(
            PostTakenBack(
                community_id=round_.room.community_id,
                by_id=teller(round_, seat),
                room_id=post.room_id,
                round_id=post.round_id,
                post_id=post.pk,
            )
        )
    return post


def _same(sent: Post, round_: Round, seat: Seat) -> Post:
    """The post that this key brought already. A key of somebody else gives nothing away."""
    if sent.voter and sent.round_id == round_.pk:
        own = {round_.voter_of(seat), round_.guest_voter_of(seat)}
        if sent.voter not in own:
            raise PermissionDenied
    return sent


def _require_taking(round_: Round, seat: Seat, kind: PostKind) -> None:
    if kind not in round_.post_kinds or round_.removed_at is not None:
        raise Refused(_("That is not asked in this round."))
    if round_.is_open:
        return
    if not round_.is_early(clock.now()):
        raise Refused(_("This round is closed. Your text is still on your phone; keep it for another round."))
    if not access.may_bring_in_early(seat.person, round_.room):
        raise Refused(_("This round is not open yet. Come back when the meeting has begun."))


def _group_heard(round_: Round, about_group: LearningGroup | None) -> int | None:
    """The group that a word of feedback is for: the one named, or the one that presents now."""
    heard = Presentation.objects.filter(round=round_)
    if about_group is not None:
        found = heard.filter(group=about_group).first()
    else:
        found = heard.filter(began_at__isnull=False).order_by("-began_at").first()
    if found is None:
        raise Refused(_("No group is presenting yet."))
    return found.group_id
