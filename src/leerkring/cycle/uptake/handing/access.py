from __future__ import annotations

from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions import access as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import access as uptake
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.models import Uptake


def may_offer_question(person: Person | None, question: LearningQuestion) -> bool:
    """Its owner, and whoever may give it an owner."""
    return questions.may_pass_on(person, question)


def may_offer_to_programme(person: Person | None, question: LearningQuestion) -> bool:
    """The keeper: the question leaves the agenda here."""
    return questions.may_keep_question(person, question)


def may_offer_uptake(person: Person | None, uptake_: Uptake) -> bool:
    return uptake.may_move(person, uptake_)


def may_answer_handover(person: Person | None, handover: Handover) -> bool:
    """To whom it was offered: that person, as long as they may read it, or each of the team."""
    if person is None:
        return False
    if handover.to_team is not None:
        return standing_of(person).is_team(handover.to_team)
    item = handover.item
    return handover.to_person_id == person.pk and item is not None and standing_of(person).may_read(item)


def may_withdraw_handover(person: Person | None, handover: Handover) -> bool:
    """Who offered it, and facilitators of the programme that it is in."""
    if person is None:
        return False
    return handover.offered_by_id == person.pk or standing_of(person).is_facilitator(handover.community)
