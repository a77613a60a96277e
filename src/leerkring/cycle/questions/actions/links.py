from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.questions import access, queries
from leerkring.cycle.questions.facts import (
    ActivityLinked,
    GoalLinked,
    OwnerGiven,
    QuestionLabelled,
    QuestionThemed,
)
from leerkring.cycle.questions.ground import allow, check_label, check_theme, lock
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.direction.strategy.queries import activities_visible_to, goals_visible_to
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def give_owner(
    *, question: LearningQuestion, by: Person, owner: Person | None = None, owner_unit: Unit | None = None
) -> LearningQuestion:
    """Say who has to act: a member, a unit, both, or (neither given) nobody (rule 3).

    Raises PermissionDenied, or Refused for somebody who does not take part in the programme.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_give_owner(by, question))
        if owner is not None and not queries.people_who_take_part(question.community).filter(pk=owner.pk).exists():
            raise Refused(_("Choose somebody who takes part in this programme."))
        if owner_unit is not None and not queries.units_of(question.community).filter(pk=owner_unit.pk).exists():
            raise Refused(_("Choose a unit of an organisation that takes part."))
        _set_owner(question, owner, owner_unit, by)
    return question


def offer_to_own(*, question: LearningQuestion, by: Person) -> LearningQuestion:
    """Take up a question that nobody owns. Raises PermissionDenied, or Refused when somebody was first."""
    with transaction.atomic():
        lock(question)
        allow(access.may_offer_to_own(by, question))
        if question.is_gone:
            raise Refused(_("This question left the agenda. Look for the one that came of it."))
        if question.owner_id == by.pk:
            return question
        if question.has_owner:
            raise Refused(_("Somebody owns this question already. Ask the keeper of the learning agenda."))
        _set_owner(question, by, None, by)
    return question


def pass_on_ownership(*, question: LearningQuestion, to: Person, by: Person) -> LearningQuestion:
    """Give a question that one owns to somebody who said yes; a unit that owns it too stays.

    Raises PermissionDenied, or Refused for somebody who does not take part in the programme.
    """
    with transaction.atomic():
        lock(question)
        allow(access.may_pass_on(by, question))
        if not queries.people_who_take_part(question.community).filter(pk=to.pk).exists():
            raise Refused(_("Choose somebody who takes part in this programme."))
        _set_owner(question, to, question.owner_unit, by)
    return question


def free_questions(*, person: Person, community: Community, by: Person) -> list[LearningQuestion]:
    """Who left a programme or a group no longer has to act there: these questions ask for an owner again (rule 3)."""
    with transaction.atomic():
        owned = list(queries.questions_owned_in(community, person).select_for_update(of=("self",)))
        for question in owned:
            _set_owner(question, None, question.owner_unit, by)
    return owned


def _set_owner(question: LearningQuestion, owner: Person | None, unit: Unit | None, by: Person) -> None:
    question.owner, question.owner_unit = owner, unit
    question.save(update_fields=["owner", "owner_unit"])
    facts.record(
        OwnerGiven(
            community_id=question.community_id,
            by_id=by.pk,
            question_id=question.pk,
            owner_id=question.owner_id,
            owner_unit_id=question.owner_unit_id,
        )
    )


def change_theme_of_question(*, question: LearningQuestion, theme: Theme | None, by: Person) -> LearningQuestion:
    """Raises PermissionDenied, or Refused for a closed theme or one of another programme."""
    with transaction.atomic():
        lock(question)
        allow(access.may_reword_question(by, question))
        if theme is None or theme.pk != question.theme_id:
            check_theme(theme, question.community)
        question.theme = theme
        question.save(update_fields=["theme"])
        facts.record(
            QuestionThemed(
                community_id=question.community_id,
                by_id=by.pk,
                question_id=question.pk,
                theme_id=question.theme_id,
            )
        )
    return question


def change_label(*, question: LearningQuestion, label: Label, by: Person) -> LearningQuestion:
    """Say for whom the question is; set versions follow it. Raises PermissionDenied or Refused."""
    with transaction.atomic():
        lock(question)
        allow(access.may_change_label(by, question))
        check_label(label, question.community)
        question.label = label
        question.save(update_fields=["label"])
        facts.record(
            QuestionLabelled(community_id=question.community_id, by_id=by.pk, question_id=question.pk, label=str(label))
        )
    return question


def link_goal(*, question: LearningQuestion, goal: Goal, by: Person) -> LearningQuestion:
    """Say to which goal the question belongs. Raises PermissionDenied, or Refused for a goal from elsewhere."""
    with transaction.atomic():
        lock(question)
        allow(access.may_link_question(by, question))
        if goal.community.root_pk != question.community.root_pk:
            raise Refused(_("Choose a goal of this programme."))
        question.goals.add(goal)
        _record_goal(question, goal, by, is_linked=True)
    return question


def unlink_goal(*, question: LearningQuestion, goal: Goal, by: Person) -> LearningQuestion:
    """Raises PermissionDenied."""
    with transaction.atomic():
        lock(question)
        allow(access.may_link_question(by, question))
        question.goals.remove(goal)
        _record_goal(question, goal, by, is_linked=False)
    return question


def link_activity(*, question: LearningQuestion, activity: Activity, by: Person) -> LearningQuestion:
    """Say which activity the question is about. Raises PermissionDenied, or Refused for one from elsewhere."""
    with transaction.atomic():
        lock(question)
        allow(access.may_link_question(by, question))
        if activity.community.root_pk != question.community.root_pk:
            raise Refused(_("Choose an activity of this programme."))
        question.activities.add(activity)
        _record_activity(question, activity, by, is_linked=True)
    return question


def unlink_activity(*, question: LearningQuestion, activity: Activity, by: Person) -> LearningQuestion:
    """Raises PermissionDenied."""
    with transaction.atomic():
        lock(question)
        allow(access.may_link_question(by, question))
        question.activities.remove(activity)
        _record_activity(question, activity, by, is_linked=False)
    return question


def set_links(
    *, question: LearningQuestion, goals: Iterable[Goal], activities: Iterable[Activity], by: Person
) -> LearningQuestion:
    """Let exactly these goals and activities belong to the question, of those that this person may see.

    Raises PermissionDenied or Refused.
    """
    wanted, had = set(goals), set(goals_visible_to(by, question.community).filter(questions=question))
    asked = set(activities)
    linked = set(activities_visible_to(by, question.community).filter(questions=question))
    with transaction.atomic():
        for goal in wanted - had:
            link_goal(question=question, goal=goal, by=by)
        for goal in had - wanted:
            unlink_goal(question=question, goal=goal, by=by)
        for activity in asked - linked:
            link_activity(question=question, activity=activity, by=by)
        for activity in linked - asked:
            unlink_activity(question=question, activity=activity, by=by)
    return question


def _record_goal(question: LearningQuestion, goal: Goal, by: Person, *, is_linked: bool) -> None:
    facts.record(
        GoalLinked(
            community_id=question.community_id,
            by_id=by.pk,
            question_id=question.pk,
            goal_id=goal.pk,
            is_linked=is_linked,
        )
    )


def _record_activity(question: LearningQuestion, activity: Activity, by: Person, *, is_linked: bool) -> None:
    facts.record(
        ActivityLinked(
            community_id=question.community_id,
            by_id=by.pk,
            question_id=question.pk,
            activity_id=activity.pk,
            is_linked=is_linked,
        )
    )
