from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.people.models import Person
from leerkring.cycle.groups.access import may_form_group
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.actions.forming import form_groups
from leerkring.formats.werkplaats.enums import PostKind, PostState
from leerkring.formats.werkplaats.facts import RoomHarvested
from leerkring.formats.werkplaats.models import Cluster, Post, Room, Step
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.steps import Changes, inverse_of, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

BARRIER_LENGTH = 2_000
LINE_KINDS = {
    PostKind.QUESTION: HarvestKind.QUESTION,
    PostKind.BARRIER: HarvestKind.BARRIER,
    PostKind.INSIGHT: HarvestKind.INSIGHT,
    PostKind.COMMITMENT: HarvestKind.COMMITMENT,
    PostKind.FEEDBACK: HarvestKind.NOTE,
}


@dataclass
class Yield:
    """What the harvest made this time; a second one makes only what is new."""

    questions: int = 0
    lines: int = 0
    groups: int = 0


def harvest_room(*, room: Room, by: Person) -> Yield:
    """Bring everything where it belongs: a pile with questions is one learning question with the barriers beside them,
    a loose question one of its own; insights, barriers, commitments and words for groups are lines of the harvest, and
    insights are insights too; tables become groups when `by` may form them. Twice makes nothing twice.

    Raises PermissionDenied, Refused before the meeting ended, and what groups refuse (a name in use).
    """
    with transaction.atomic():
        lock_room(room, by)
        if room.ended_at is None:
            raise Refused(_("End the meeting first."))
        made = Yield()
        piles = Piles.of(room.pk)
        in_pile: dict[int | None, list[Post]] = {}
        for post in harvestable(room):
            in_pile.setdefault(piles.final(post.cluster_id), []).append(post)
        for pile in piles.living:
            _harvest_pile(room, pile, in_pile.get(pile.pk, []), by, made)
        for post in in_pile.get(None, []):
            _harvest_post(room, post, by, made)
        if room.announced_at is not None and may_form_group(by, room.meeting.community):
            made.groups = len(form_groups(room=room, by=by))
        meetings.close_door(meeting=room.meeting, by=by)
        if room.harvested_at is None or made != Yield():
            Room.objects.filter(pk=room.pk).update(harvested_at=clock.now())
            room.harvested_at = clock.now()
            write_step(room, "harvest_room", by, Changes())
            facts.record(
                RoomHarvested(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, question_count=made.questions,
                    line_count=made.lines,
                )
            )  # fmt: skip
    return made


@inverse_of("harvest_room")
def _stay_harvested(room: Room, step: Step, by: Person) -> None:
    raise Refused(_("What the harvest made has its own place now. Change it there."))


def harvestable(room: Room) -> list[Post]:
    """What was released and not taken back. What nobody looked at waits for a facilitator."""
    posts = Post.objects.filter(room=room, state=PostState.RELEASED, taken_back_at__isnull=True)
    return list(posts.select_related("about_group").order_by("pk"))


def _harvest_pile(room: Room, pile: Cluster, posts: list[Post], by: Person, made: Yield) -> None:
    asked = [post for post in posts if post.kind == PostKind.QUESTION]
    if not asked:
        for post in posts:
            _harvest_post(room, post, by, made)
        return
    if pile.question_id is None:
        made.questions += 1
        made.lines += 1
    question_of_pile(room, pile, posts, by)
    for post in posts:
        if post.kind not in (PostKind.QUESTION, PostKind.BARRIER):
            _harvest_post(room, post, by, made)


def question_of_pile(room: Room, pile: Cluster, posts: list[Post], by: Person, wording: str = "") -> LearningQuestion:
    """The learning question that a pile became, or becomes now: its questions and barriers point to it."""
    asked = [post for post in posts if post.kind == PostKind.QUESTION]
    barriers = [post for post in posts if post.kind == PostKind.BARRIER]
    if pile.question is None:
        wording = wording.strip() or pile.title or asked[0].text
        line = _line(room, uuid5(NAMESPACE_URL, f"pile:{pile.pk}"), HarvestKind.QUESTION, wording, by)
        barrier = "\n".join(post.text for post in barriers)[:BARRIER_LENGTH]
        pile.question = insights.promote_to_question(item=line, by=by, wording=wording, barrier=barrier)
        Cluster.objects.filter(pk=pile.pk).update(question=pile.question, harvest_item=line)
    linked = [post.pk for post in (*asked, *barriers) if post.question_id is None]
    Post.objects.filter(pk__in=linked).update(question=pile.question)
    return pile.question


def _harvest_post(room: Room, post: Post, by: Person, made: Yield) -> None:
    if post.harvest_item_id is not None or post.question_id is not None:
        return
    text = f"{post.about_group.name}: {post.text}"[:500] if post.about_group else post.text
    line = _line(room, post.key, LINE_KINDS[PostKind(post.kind)], text, by)
    values: dict[str, object] = {"harvest_item": line}
    made.lines += 1
    if post.kind == PostKind.QUESTION:
        values["question"] = insights.promote_to_question(item=line, by=by)
        made.questions += 1
    elif post.kind == PostKind.INSIGHT:
        values["insight"] = insights.promote_to_insight(item=line, by=by)
    Post.objects.filter(pk=post.pk).update(**values)


def _line(room: Room, key: UUID, kind: HarvestKind, text: str, by: Person) -> HarvestItem:
    return insights.harvest(meeting=room.meeting, text=text, by=by, kind=kind, key=str(key))
