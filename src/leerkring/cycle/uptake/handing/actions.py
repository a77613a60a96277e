from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import DropReason
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.actions.steps import name_recipient
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.handing import access, queries
from leerkring.cycle.uptake.handing.enums import HandoverAnswer
from leerkring.cycle.uptake.handing.facts import (
    HandoverAccepted,
    HandoverDeclined,
    HandoverFact,
    HandoverOffered,
    HandoverWithdrawn,
)
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.models import Uptake
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

SAID: dict[HandoverAnswer, type[HandoverFact]] = {
    HandoverAnswer.ACCEPTED: HandoverAccepted,
    HandoverAnswer.DECLINED: HandoverDeclined,
    HandoverAnswer.WITHDRAWN: HandoverWithdrawn,
}


def offer_question(
    *,
    question: LearningQuestion,
    by: Person,
    to: Person | None = None,
    to_team: Community | None = None,
    note: str = "",
) -> Handover:
    """Ask somebody who takes part, or the team of another programme, to take a question over.

    It stays with its owner until there is a yes. Raises PermissionDenied and Refused.
    """
    _allow(access.may_offer_question(by, question))
    if question.state not in queries.STILL_OPEN:
        raise Refused(_("This question is not open any more. Nothing has to be handed over."))
    if (to is None) == (to_team is None):
        raise Refused(_("Choose to whom: a person or a programme."))
    if to is not None:
        if not queries.people_to_offer(question.community, None).filter(pk=to.pk).exists():
            raise Refused(_("Choose somebody who takes part in this programme."))
        if to.pk == question.owner_id:
            raise Refused(_("%(name)s owns this question already.") % {"name": to.name})
        if not standing_of(to).may_read(question):
            raise Refused(_("%(name)s may not read this question. Choose somebody else.") % {"name": to.name})
    if to_team is not None:
        _allow(access.may_offer_to_programme(by, question))
        if question.label == Label.GROUP:
            raise Refused(_("This question is for the group alone. Widen its label first, or hand it to a person."))
        if not queries.programmes_to_offer(by, question.community).filter(pk=to_team.pk).exists():
            raise Refused(_("Choose a programme that has a team."))
    return _offer(Handover(question=question, to_person=to, to_team=to_team), question.community, note, by)


def offer_uptake(*, uptake: Uptake, to: Person, by: Person, note: str = "") -> Handover:
    """Ask somebody to take an uptake over in its unit. Raises PermissionDenied and Refused."""
    _allow(access.may_offer_uptake(by, uptake))
    if uptake.is_given_up or uptake.step == Step.NORM:
        raise Refused(_("This is not under way any more. Nothing has to be handed over."))
    if to.pk == uptake.recipient_id:
        raise Refused(_("%(name)s has this already.") % {"name": to.name})
    if not standing_of(to).may_read(uptake.change):
        raise Refused(_("%(name)s may not read this change. Choose somebody else.") % {"name": to.name})
    return _offer(Handover(uptake=uptake, to_person=to), uptake.change.community, note, by)


def accept_handover(*, handover: Handover, by: Person) -> Handover:
    """Yes: from now on it is theirs. Twice is once. Raises PermissionDenied, and Refused when it was settled since."""
    with transaction.atomic():
        theirs = _lock(handover)
        _allow(access.may_answer_handover(by, theirs))
        if theirs.answer == HandoverAnswer.ACCEPTED:
            return theirs
        _must_be_open(theirs)
        try:
            _take_over(theirs, by)
        except PermissionDenied:
            raise Refused(
                _("Who offered this can no longer hand it over. Ask the programme team of %(name)s.")
                % {"name": theirs.community.name}
            ) from None
        _answer(theirs, HandoverAnswer.ACCEPTED, by)
    return theirs


def decline_handover(*, handover: Handover, by: Person) -> Handover:
    """No, without explaining: it stays where it is. Raises PermissionDenied, and Refused when it was settled since."""
    with transaction.atomic():
        theirs = _lock(handover)
        _allow(access.may_answer_handover(by, theirs))
        _must_be_open(theirs)
        _answer(theirs, HandoverAnswer.DECLINED, by)
    return theirs


def withdraw_handover(*, handover: Handover, by: Person) -> Handover:
    """The inverse of offering. Raises PermissionDenied, and Refused when it was answered since."""
    with transaction.atomic():
        theirs = _lock(handover)
        _allow(access.may_withdraw_handover(by, theirs))
        _must_be_open(theirs)
        _answer(theirs, HandoverAnswer.WITHDRAWN, by)
    return theirs


def withdraw_unanswered(*, person_id: int) -> int:
    """What was offered to somebody who left stays where it is, and may be offered to somebody else.

    It follows from leaving, so it asks nobody's leave. Says how many offers it were.
    """
    count = 0
    for handover in queries.unanswered_by(person_id):
        with transaction.atomic():
            theirs = _lock(handover)
            item = theirs.item
            if not theirs.is_open or (item is not None and standing_of(theirs.to_person).belongs_to(item.community)):
                continue
            _answer(theirs, HandoverAnswer.WITHDRAWN, theirs.to_person)
            count += 1
    return count


def _offer(handover: Handover, community: Community, note: str, by: Person) -> Handover:
    """One offer at a time: a new one takes the place of one that nobody answered."""
    home = community.root or community
    handover.community, handover.note = home, " ".join(note.split())[:300]
    handover.offered_by, handover.offered_at = by, clock.now()
    with transaction.atomic():
        # Of two at once, the row of what is offered lets one through.
        thing = handover.question or handover.uptake
        if thing is not None:
            type(thing)._base_manager.select_for_update().get(pk=thing.pk)
        earlier = queries.open_handover_of(handover.question, handover.uptake)
        if earlier is not None:
            _answer(earlier, HandoverAnswer.WITHDRAWN, by)
        handover.save()
        facts.record(
            HandoverOffered(
                community_id=home.pk,
                by_id=by.pk,
                handover_id=handover.pk,
                question_id=handover.question_id,
                uptake_id=handover.uptake_id,
                person_id=handover.to_person_id,
                team_community_id=handover.to_team_id,
            )
        )
    return handover


def _take_over(handover: Handover, by: Person) -> None:
    question, uptake = handover.question, handover.uptake
    if uptake is not None:
        if handover.offered_by is None:
            raise PermissionDenied
        name_recipient(uptake=uptake, recipient=by, by=handover.offered_by)
    elif question is not None and handover.to_team is not None:
        if handover.offered_by is None:
            raise PermissionDenied
        handover.became = questions.raise_question(
            community=handover.to_team, wording=question.wording, barrier=question.barrier, by=by
        )
        note = _("Goes on in %(name)s") % {"name": handover.to_team.name}
        questions.drop_question(
            question=question, reason=DropReason.HANDED_OVER, note=note[:300], by=handover.offered_by
        )
    elif question is not None:
        question.refresh_from_db()
        if not question.has_owner:
            questions.offer_to_own(question=question, by=by)
        elif handover.offered_by is not None:
            questions.pass_on_ownership(question=question, to=by, by=handover.offered_by)
        else:
            raise PermissionDenied


def _answer(handover: Handover, answer: HandoverAnswer, by: Person | None) -> None:
    handover.answer, handover.answered_at, handover.answered_by = answer, clock.now(), by
    handover.save()
    by_id = by.pk if by is not None else None
    facts.record(SAID[answer](community_id=handover.community_id, by_id=by_id, handover_id=handover.pk))


def _lock(handover: Handover) -> Handover:
    Handover.objects.select_for_update().get(pk=handover.pk)
    fresh = queries.handover_numbered(handover.pk)
    if fresh is None:
        raise Refused(_("This is not there any more."))
    return fresh


def _must_be_open(handover: Handover) -> None:
    if not handover.is_open:
        raise Refused(_("This has been answered already."))


def _allow(admitted: bool) -> None:
    if not admitted:
        raise PermissionDenied
