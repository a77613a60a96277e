from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.questions import access, queries
from leerkring.cycle.questions.enums import ActionKind, ActionState, Size
from leerkring.cycle.questions.facts import ActionChanged, ActionFinished, ActionPut, ActionReopened, ActionStopped
from leerkring.cycle.questions.ground import allow, sentence
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def put_action(
    *,
    question: LearningQuestion,
    text: str,
    by: Person,
    kind: ActionKind = ActionKind.MORE,
    owner: Person | None = None,
    due_on: date | None = None,
    effort: Size = Size.MEDIUM,
    impact: Size = Size.MEDIUM,
) -> Action:
    """Plan an action to clarify or solve a question. Raises PermissionDenied, or Refused when it is gone."""
    allow(access.may_put_action(by, question))
    if question.is_gone:
        raise Refused(_("This question left the agenda. Plan the action on the question that came of it."))
    _check_owner(owner, question)
    with transaction.atomic():
        action = Action.objects.create(
            question=question,
            text=sentence(text),
            kind=kind,
            owner=owner,
            due_on=due_on,
            effort=effort,
            impact=impact,
            made_at=clock.now(),
        )
        facts.record(
            ActionPut(community_id=question.community_id, by_id=by.pk, question_id=question.pk, action_id=action.pk)
        )
    return action


def change_action(
    *,
    action: Action,
    text: str,
    by: Person,
    kind: ActionKind,
    owner: Person | None,
    due_on: date | None,
    effort: Size,
    impact: Size,
) -> Action:
    """Raises PermissionDenied, or Refused when it is no longer to do."""
    with transaction.atomic():
        _lock_open(action, by)
        if owner is None or owner.pk != action.owner_id:
            _check_owner(owner, action.question)
        action.text, action.kind, action.owner = sentence(text), kind, owner
        action.due_on, action.effort, action.impact = due_on, effort, impact
        action.save()
        facts.record(
            ActionChanged(
                community_id=action.question.community_id,
                by_id=by.pk,
                question_id=action.question_id,
                action_id=action.pk,
            )
        )
    return action


def finish_action(*, action: Action, effect: str, by: Person) -> Action:
    """Done, with what came of it. Raises PermissionDenied, or Refused without an effect or when it is not to do."""
    if not effect.strip():
        raise Refused(_("Write what came of it, in one sentence."))
    with transaction.atomic():
        _lock_open(action, by)
        action.state, action.effect, action.done_at = ActionState.DONE, effect.strip(), clock.now()
        action.save()
        facts.record(
            ActionFinished(
                community_id=action.question.community_id,
                by_id=by.pk,
                question_id=action.question_id,
                action_id=action.pk,
            )
        )
    return action


def stop_action(*, action: Action, by: Person) -> Action:
    """Let a step be. Raises PermissionDenied, or Refused when it is not to do."""
    with transaction.atomic():
        _lock_open(action, by)
        action.state, action.done_at = ActionState.STOPPED, clock.now()
        action.save()
        facts.record(
            ActionStopped(
                community_id=action.question.community_id,
                by_id=by.pk,
                question_id=action.question_id,
                action_id=action.pk,
            )
        )
    return action


def reopen_action(*, action: Action, by: Person) -> Action:
    """Put a finished or stopped step back among those to do. Raises PermissionDenied."""
    with transaction.atomic():
        _lock(action, by)
        action.state, action.done_at = ActionState.OPEN, None
        action.save()
        facts.record(
            ActionReopened(
                community_id=action.question.community_id,
                by_id=by.pk,
                question_id=action.question_id,
                action_id=action.pk,
            )
        )
    return action


def _lock(action: Action, by: Person) -> None:
    question = action.question
    action.refresh_from_db(from_queryset=Action.objects.select_for_update())
    action.question = question
    allow(access.may_change_action(by, action))


def _lock_open(action: Action, by: Person) -> None:
    _lock(action, by)
    if action.state != ActionState.OPEN:
        raise Refused(_("This action is no longer to do. Put it back first."))


def _check_owner(owner: Person | None, question: LearningQuestion) -> None:
    if owner is None:
        return
    if not queries.people_who_take_part(question.community).filter(pk=owner.pk).exists():
        raise Refused(_("Choose somebody who takes part in this programme."))
