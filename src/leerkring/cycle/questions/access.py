"""Who may do what with a question. Whoever may not read it has nothing to do with it; that is asked first."""

from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions.models import Action, LearningQuestion


def may_read_question(person: Person | None, question: LearningQuestion) -> bool:
    return standing_of(person).may_read(question)


def may_see_names(person: Person | None, community: Community) -> bool:
    """People are named to those who belong to the programme or to one of its organisations (rule 12)."""
    standing = standing_of(person)
    return standing.belongs_to(community) or community.root_pk in standing.open_to_organisations


def may_raise_question(person: Person | None, community: Community) -> bool:
    """Whoever takes part in the programme; in a group, its members and those with a role in the programme."""
    standing = standing_of(person)
    if community.root_id is not None and standing.is_member(community):
        return True
    return standing.takes_part(community)


def may_keep_themes(person: Person | None, community: Community) -> bool:
    return standing_of(person).is_keeper(community)


def may_keep_questions(person: Person | None, community: Community) -> bool:
    """Split, merge, let go, reopen: the keeper of the learning agenda."""
    return standing_of(person).is_keeper(community)


def may_keep_question(person: Person | None, question: LearningQuestion) -> bool:
    return may_read_question(person, question) and may_keep_questions(person, question.community)


def is_owner(person: Person | None, question: LearningQuestion) -> bool:
    return person is not None and question.owner_id == person.pk


def may_reword_question(person: Person | None, question: LearningQuestion) -> bool:
    """Facilitators and keepers, the owner, and whoever raised it as long as it has no code."""
    if person is None or not may_read_question(person, question):
        return False
    raised_it = question.raised_by_id == person.pk and question.code is None
    return raised_it or is_owner(person, question) or standing_of(person).is_facilitator(question.community)


may_sharpen_question = may_reword_question


def may_give_owner(person: Person | None, question: LearningQuestion) -> bool:
    return may_read_question(person, question) and standing_of(person).is_facilitator(question.community)


def may_pass_on(person: Person | None, question: LearningQuestion) -> bool:
    """Hand it to somebody who agreed: its owner, and whoever may give it an owner."""
    return (is_owner(person, question) and may_read_question(person, question)) or may_give_owner(person, question)


def may_offer_to_own(person: Person | None, question: LearningQuestion) -> bool:
    """Whoever takes part may take up a question that nobody owns."""
    return may_read_question(person, question) and may_raise_question(person, question.community)


def may_explore_question(person: Person | None, question: LearningQuestion) -> bool:
    return may_read_question(person, question) and may_raise_question(person, question.community)


def may_answer_question(person: Person | None, question: LearningQuestion) -> bool:
    if not may_read_question(person, question):
        return False
    return is_owner(person, question) or standing_of(person).is_facilitator(question.community)


may_link_question = may_answer_question


def may_change_label(person: Person | None, question: LearningQuestion) -> bool:
    """The keeper, and whoever raised it as long as it has no code."""
    if person is None or not may_read_question(person, question):
        return False
    raised_it = question.raised_by_id == person.pk and question.code is None
    return raised_it or may_keep_questions(person, question.community)


def may_put_action(person: Person | None, question: LearningQuestion) -> bool:
    return may_read_question(person, question) and may_raise_question(person, question.community)


def may_change_action(person: Person | None, action: Action) -> bool:
    """Its owner, the owner of the question, and facilitators."""
    if person is None or not may_read_question(person, action.question):
        return False
    return action.owner_id == person.pk or may_answer_question(person, action.question)
