from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.actions import place_question
from leerkring.cycle.questions.actions import raise_question
from leerkring.cycle.questions.enums import Origin
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.models import Block, QuestionFromBlock, Uptake
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import Refused


def block(*, uptake: Uptake, reason: str, by: Person) -> Block:
    """Say what holds it up here. Raises PermissionDenied, or Refused when it is blocked already."""
    if not access.may_move(by, uptake):
        raise PermissionDenied
    if not reason.strip():
        raise Refused(_("Write in one sentence what holds it up."))
    with transaction.atomic():
        uptake = Uptake.objects.select_for_update(of=("self",)).select_related("change__community").get(pk=uptake.pk)
        if uptake.is_given_up:
            raise Refused(_("This has been given up. Take it up again first."))
        if uptake.step == Step.NORM:
            raise Refused(_("A norm is not blocked. Step it down when it no longer holds."))
        if uptake.blocks.filter(lifted_on__isnull=True).exists():
            raise Refused(_("This is blocked already. First write what solved the earlier block."))
        blocked = Block.objects.create(uptake=uptake, reason=reason.strip(), since_on=clock.today(), by=by)
        record(
            facts.UptakeBlocked(
                community_id=uptake.change.community_id, by_id=by.pk, uptake_id=uptake.pk, block_id=blocked.pk
            )
        )
    return blocked


def unblock(*, block: Block, note: str, by: Person) -> Block:
    """Say that it is no longer held up, and what solved it. Raises PermissionDenied or Refused."""
    if not access.may_move(by, block.uptake):
        raise PermissionDenied
    with transaction.atomic():
        block = Block.objects.select_for_update(of=("self",)).select_related("uptake__change").get(pk=block.pk)
        if block.is_lifted:
            raise Refused(_("This block has been solved already."))
        block.lifted_on, block.lifted_by, block.lifted_note = clock.today(), by, note.strip()
        block.save(update_fields=["lifted_on", "lifted_by", "lifted_note"])
        record(
            facts.UptakeUnblocked(
                community_id=block.uptake.change.community_id,
                by_id=by.pk,
                uptake_id=block.uptake_id,
                block_id=block.pk,
            )
        )
    return block


def question_from_block(*, block: Block, wording: str, by: Person, theme: Theme | None = None) -> LearningQuestion:
    """Put what holds it up on the learning agenda as a question: raised, placed with its code, linked, all or nothing.

    Raises PermissionDenied or Refused.
    """
    _check_may_ask(block, by)
    change = block.uptake.change
    if theme is None and change.theme is not None and not change.theme.is_closed:
        theme = change.theme
    with transaction.atomic():
        question = raise_question(
            community=change.community,
            wording=wording,
            barrier=block.reason,
            theme=theme,
            label=Label(change.label),
            origin=Origin.BLOCK,
            by=by,
        )
        question = place_question(question=question, by=by, origin=Origin.BLOCK)
        _link(block, question, by, is_new=True)
    return question


def link_block_to_question(*, block: Block, question: LearningQuestion, by: Person) -> QuestionFromBlock:
    """Say that a question that there is already is about this block. Raises PermissionDenied or Refused."""
    _check_may_ask(block, by)
    standing = standing_of(by)
    if question.community.root_pk != block.uptake.change.community.root_pk or not standing.may_read(question):
        raise Refused(_("Choose a question of this programme."))
    with transaction.atomic():
        return _link(block, question, by, is_new=False)


def loosen_block_from_question(*, block: Block, question: LearningQuestion, by: Person) -> None:
    """Take the link away again; the question stays. Raises PermissionDenied."""
    if not access.may_move(by, block.uptake):
        raise PermissionDenied
    with transaction.atomic():
        QuestionFromBlock.objects.filter(block=block, question=question).delete()
        record(_fact(block, question, by, is_new=False, is_linked=False))


def _check_may_ask(block: Block, by: Person) -> None:
    if not access.may_move(by, block.uptake):
        raise PermissionDenied
    if block.is_lifted:
        raise Refused(_("This block has been solved already."))


def _link(block: Block, question: LearningQuestion, by: Person, *, is_new: bool) -> QuestionFromBlock:
    link, is_created = QuestionFromBlock.objects.get_or_create(
        block=block, question=question, defaults={"at": clock.now(), "by": by}
    )
    if not is_created:
        raise Refused(_("This question has been linked already."))
    record(_fact(block, question, by, is_new=is_new, is_linked=True))
    return link


def _fact(
    block: Block, question: LearningQuestion, by: Person, *, is_new: bool, is_linked: bool
) -> facts.BlockLinkedToQuestion:
    return facts.BlockLinkedToQuestion(
        community_id=block.uptake.change.community_id,
        by_id=by.pk,
        uptake_id=block.uptake_id,
        block_id=block.pk,
        question_id=question.pk,
        is_new=is_new,
        is_linked=is_linked,
    )
