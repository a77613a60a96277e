import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Membership
from leerkring.community.people.models import Person
from leerkring.cycle.groups.tests.making import make_group
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.cycle.uptake.handing import actions, queries
from leerkring.cycle.uptake.handing.enums import HandoverAnswer
from leerkring.cycle.uptake.models import Handover, Uptake
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast, make_cast

Browser = Callable[[Person | None], Client]


def a_question(own: ProgrammeCast, label: Label = Label.PROGRAMME) -> LearningQuestion:
    """Owned by the member."""
    question = questions.raise_question(
        community=own.community, wording="Hoe gaan we door?", barrier="Niemand", label=label, by=own.member
    )
    return questions.give_owner(question=question, owner=own.member, owner_unit=own.units[0], by=own.lead)


def an_uptake(own: ProgrammeCast) -> Uptake:
    change = uptake.put_change(community=own.community, title="Anders", kind=ChangeKind.ANEW, by=own.lead)
    return uptake.start_uptake(change=change, unit=own.units[0], recipient=own.member, by=own.lead)


def facts() -> list[str]:
    return list(FactRow.objects.filter(name__startswith="Handover").order_by("id").values_list("name", flat=True))


def test_nobody_owns_a_question_or_an_uptake_without_saying_yes(cast: Cast) -> None:
    own = cast.own
    question, cell = a_question(own), an_uptake(own)
    first = actions.offer_question(question=question, to=own.facilitator, note="  Ik  stop ", by=own.member)
    second = actions.offer_question(question=question, to=own.keeper, by=own.member)
    offered = actions.offer_uptake(uptake=cell, to=own.keeper, by=own.member)
    first.refresh_from_db()
    question.refresh_from_db()
    assert (first.answer, first.note, question.owner) == (HandoverAnswer.WITHDRAWN, "Ik stop", own.member)
    assert list(queries.handovers_to_answer(own.keeper, own.community)) == [second, offered]
    for nobody in (own.facilitator, cast.other.lead):
        assert not queries.handovers_to_answer(nobody, own.community)
    for person in (own.member, own.lead, own.facilitator):
        with pytest.raises(PermissionDenied):
            actions.accept_handover(handover=second, by=person)
    actions.accept_handover(handover=second, by=own.keeper)
    actions.accept_handover(handover=second, by=own.keeper)
    actions.accept_handover(handover=offered, by=own.keeper)
    question.refresh_from_db()
    cell.refresh_from_db()
    assert (question.owner, question.owner_unit, cell.recipient) == (own.keeper, own.units[0], own.keeper)
    with pytest.raises(Refused):
        actions.decline_handover(handover=second, by=own.keeper)
    with pytest.raises(Refused):
        actions.withdraw_handover(handover=offered, by=own.lead)
    assert facts() == [
        "HandoverOffered", "HandoverWithdrawn", "HandoverOffered", "HandoverOffered", "HandoverAccepted",
        "HandoverAccepted",
    ]  # fmt: skip
    for to in (own.follower, cast.outsider, own.keeper):
        with pytest.raises(Refused):
            actions.offer_question(question=question, to=to, by=own.lead)
    with pytest.raises(PermissionDenied):
        actions.offer_question(question=question, to=own.lead, by=own.member)
    # Who offered it lost it meanwhile: the yes comes too late, and is told so.
    late = actions.offer_question(question=question, to=own.member, by=own.keeper)
    type(late).objects.filter(pk=late.pk).update(offered_by=own.follower)
    with pytest.raises(Refused):
        actions.accept_handover(handover=late, by=own.member)
    # Without an owner at all, a yes is enough.
    questions.give_owner(question=question, by=own.lead)
    actions.accept_handover(handover=late, by=own.member)
    question.refresh_from_db()
    assert question.owner == own.member


def test_a_question_goes_on_in_another_programme_once_its_team_says_yes(cast: Cast) -> None:
    own, other = cast.own, cast.other
    other.community.is_public = True
    other.community.save()
    question = a_question(own)
    with pytest.raises(PermissionDenied):
        actions.offer_question(question=question, to_team=other.community, by=own.member)
    handover = actions.offer_question(question=question, to_team=other.community, by=own.lead)
    assert list(queries.handovers_to_answer(other.lead, other.community)) == [handover]
    assert queries.people_to_tell(handover) == [other.lead]
    with pytest.raises(PermissionDenied):
        actions.accept_handover(handover=handover, by=other.member)
    actions.decline_handover(handover=handover, by=other.lead)
    question.refresh_from_db()
    assert question.state == QuestionState.RAISED
    again = actions.offer_question(question=question, to_team=other.community, by=own.lead)
    taken = actions.accept_handover(handover=again, by=other.lead)
    question.refresh_from_db()
    assert question.state == QuestionState.DROPPED
    assert question.drop_reason == "handed over"
    assert taken.became is not None
    assert (taken.became.community, taken.became.wording) == (other.community, "Hoe gaan we door?")
    with pytest.raises(Refused):
        actions.offer_question(question=question, to=own.keeper, by=own.lead)


def test_handing_over_by_pages(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    question, cell = a_question(own), an_uptake(own)
    of_member, of_keeper = client_of(own.member), client_of(own.keeper)
    ask, ask_cell = f"/eigen/questions/{question.pk}/hand-over/", f"/eigen/uptake/{cell.pk}/hand-over/"
    assert b'name="to_team"' not in of_member.get(ask).content
    assert of_member.post(ask, {"to": ""}).status_code == 422
    assert client_of(own.follower).get(ask).status_code == client_of(own.follower).get(ask_cell).status_code == 403
    assert client_of(own.lead).get(ask).status_code == of_member.get(ask_cell).status_code == 200
    assert of_member.post(ask, {"to": own.keeper.pk, "note": "Succes"}).status_code == 302
    assert of_member.post(ask_cell, {"to": own.keeper.pk}).status_code == 302
    first, second = Handover.objects.order_by("id")
    assert "Hoe gaan we door?" in of_keeper.get("/eigen/today/").content.decode()
    page = of_keeper.get("/eigen/handovers/").content.decode()
    assert "2 dingen wachten op jouw ja of nee" in page
    assert "Succes" in page
    assert of_member.post(f"/eigen/handovers/{first.pk}/accept/").status_code == 403
    assert of_keeper.post(f"/eigen/handovers/{first.pk}/accept/").status_code == 302
    assert of_keeper.post(f"/eigen/handovers/{second.pk}/decline/").status_code == 302
    assert of_member.post(f"/eigen/handovers/{second.pk}/withdraw/").status_code == 302
    assert client_of(own.lead).get("/ander/handovers/").status_code == 404
    question.refresh_from_db()
    second.refresh_from_db()
    assert (question.owner, second.answer) == (own.keeper, HandoverAnswer.DECLINED)


def test_what_one_may_no_longer_read_is_not_in_any_list_and_not_to_be_answered(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    question = a_question(own)
    handover = actions.offer_question(question=question, to=own.keeper, by=own.lead)
    assert list(queries.handovers_offered(own.facilitator, own.community)) == [handover]
    circle = make_group(own, "Kring", people=[own.member], contact=own.member).circle
    LearningQuestion.objects.filter(pk=question.pk).update(community=circle, label=Label.GROUP)
    assert list(queries.handovers_offered(own.lead, own.community)) == [handover]
    assert not queries.handovers_offered(own.facilitator, own.community)
    assert not queries.handovers_to_answer(own.keeper, own.community)
    of_keeper = client_of(own.keeper)
    for path in ("/eigen/today/", "/eigen/handovers/"):
        assert "Hoe gaan we door?" not in of_keeper.get(path).content.decode()
    assert of_keeper.post(f"/eigen/handovers/{handover.pk}/accept/").status_code == 403


def test_what_was_offered_to_somebody_who_leaves_is_withdrawn_by_itself(
    cast: Cast, committed: Callable[[], AbstractContextManager[object]]
) -> None:
    own = cast.own
    question, cell = a_question(own, Label.PUBLIC), an_uptake(own)
    with committed():
        gone = actions.offer_question(question=question, to=own.keeper, by=own.member)
        stays = actions.offer_uptake(uptake=cell, to=own.facilitator, by=own.member)
    mail.outbox.clear()
    membership = Membership.objects.get(person=own.keeper, community=own.community)
    with committed():
        memberships.leave_community(membership=membership, by=own.keeper)
    for offer in (gone, stays):
        offer.refresh_from_db()
    assert (gone.answer, gone.answered_by, stays.is_open) == (HandoverAnswer.WITHDRAWN, own.keeper, True)
    assert facts()[-1] == "HandoverWithdrawn"
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Het is niet overgedragen", ["member.eigen@voorbeeld.example"])
    with pytest.raises(Refused):
        actions.withdraw_handover(handover=gone, by=own.member)
    assert actions.withdraw_unanswered(person_id=own.facilitator.pk) == 0
    again = actions.offer_question(question=question, to=own.facilitator, by=own.member)
    with committed():
        memberships.leave_everything(person=own.facilitator, by=own.facilitator)
    assert set(Handover.objects.filter(pk__in=[stays.pk, again.pk]).values_list("answer", flat=True)) == {"withdrawn"}


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_at_once_one_counts(transactional_db: None) -> None:
    cast = make_cast()
    own, question = cast.own, a_question(cast.own)
    handover = actions.offer_question(question=question, to=own.keeper, by=own.member)
    start, outcomes = threading.Barrier(2), list[str]()

    def run(act: Callable[..., Handover]) -> None:
        try:
            start.wait()
            outcomes.append(act(handover=handover, by=own.keeper).answer)
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    acts: list[Callable[..., Handover]] = [actions.accept_handover, actions.decline_handover]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    handover.refresh_from_db()
    question.refresh_from_db()
    assert sorted(outcomes) == sorted([handover.answer, "refused"])
    assert (question.owner == own.keeper) is (handover.answer == HandoverAnswer.ACCEPTED)
