from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.questions import queries as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.actions.harvesting import harvestable, question_of_pile
from leerkring.formats.werkplaats.enums import PostKind
from leerkring.formats.werkplaats.facts import PilePlaced
from leerkring.formats.werkplaats.models import Cluster, Room, Step
from leerkring.formats.werkplaats.piles import Piles
from leerkring.formats.werkplaats.steps import Changes, inverse_of, later, lock_room, write_step
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def place_pile(*, cluster: Cluster, by: Person, wording: str = "") -> LearningQuestion:
    """Put a pile on the draft agenda as a learning question, so that the version of today can hold it.

    It gets its letter; the barriers in the pile go with it. Twice is once. Raises PermissionDenied, and Refused for a
    pile without a question in it or a wording that does not fit.
    """
    room = cluster.room
    with transaction.atomic():
        lock_room(room, by)
        piles = Piles.of(room.pk)
        pile = piles.rows[piles.final(cluster.pk) or cluster.pk]
        posts = [post for post in harvestable(room) if piles.final(post.cluster_id) == pile.pk]
        if pile.gone_at is not None or not any(post.kind == PostKind.QUESTION for post in posts):
            raise Refused(_("There is no question in this pile. Put one with it first."))
        question = question_of_pile(room, pile, posts, by, wording)
        if not questions.is_on_agenda(question):
            agenda.place_question(question=question, by=by)
            write_step(room, "place_pile", by, Changes(), question_id=question.pk)
            facts.record(
                PilePlaced(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=pile.pk,
                    question_id=question.pk,
                )
            )  # fmt: skip
    return question


@inverse_of("place_pile")
def _take_off_again(room: Room, step: Step, by: Person) -> None:
    question = questions.question_numbered(step.payload["question_id"])
    if question is None or not questions.is_on_agenda(question):
        raise later()
    agenda.take_off(question=question, by=by)
