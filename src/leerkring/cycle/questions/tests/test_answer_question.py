from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_from_exploring_to_answered(listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    actions.explore_question(question=listed, by=own.member)
    actions.answer_provisionally(question=listed, answer="Misschien zo.", by=own.facilitator)
    actions.answer_provisionally(question=listed, answer="Waarschijnlijk zo.", by=own.facilitator)
    actions.explore_question(question=listed, by=own.member)
    actions.answer_question(question=listed, answer=" Zo. ", by=own.keeper)
    listed.refresh_from_db()
    assert (listed.state, listed.answer, listed.answer_revision) == (QuestionState.ANSWERED, "Zo.", 3)
    assert [c.after for c in listed.state_changes.all()] == [
        "raised",
        "on agenda",
        "explored",
        "provisional",
        "explored",
        "answered",
    ]
    assert facts()[2:] == [
        "QuestionExplored",
        "QuestionAnsweredProvisionally",
        "QuestionAnsweredProvisionally",
        "QuestionExplored",
        "QuestionAnswered",
    ]


def test_owner_and_facilitator_answer_others_do_not(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    for person in (own.member, own.follower, own.colleague, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.answer_question(question=listed, answer="Zo.", by=person)
    actions.give_owner(question=listed, owner=own.member, by=own.keeper)
    actions.answer_provisionally(question=listed, answer="Zo.", by=own.member)
    assert listed.state == QuestionState.PROVISIONAL


def test_exploring_is_for_whoever_takes_part(listed: LearningQuestion, cast: Cast) -> None:
    for person in (cast.own.follower, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.explore_question(question=listed, by=person)
    assert actions.explore_question(question=listed, by=cast.own.member).state == QuestionState.EXPLORED


def test_refused_without_text_off_the_agenda_and_twice(
    raised: LearningQuestion, listed: LearningQuestion, cast: Cast
) -> None:
    own = cast.own
    off = actions.raise_question(community=own.community, wording="Nog niet geplaatst?", by=own.member)
    with pytest.raises(Refused):
        actions.answer_question(question=off, answer="Zo.", by=own.keeper)
    with pytest.raises(Refused):
        actions.explore_question(question=off, by=own.keeper)
    for empty in ("", "   ", "x" * 5001):
        with pytest.raises(Refused):
            actions.answer_question(question=listed, answer=empty, by=own.keeper)
    actions.answer_question(question=listed, answer="Zo.", by=own.keeper)
    with pytest.raises(Refused):
        actions.answer_question(question=listed, answer="Toch anders.", by=own.keeper)
    listed.refresh_from_db()
    assert listed.answer == "Zo."


def test_who_comes_second_gets_both_answers(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    actions.answer_provisionally(question=listed, answer="Eerste.", by=own.facilitator, revision=0)
    with pytest.raises(EditedMeanwhile) as edited:
        actions.answer_question(question=listed, answer="Tweede.", by=own.keeper, revision=0)
    assert (edited.value.theirs, edited.value.mine, edited.value.by_name) == (
        "Eerste.",
        "Tweede.",
        own.facilitator.name,
    )


def test_rewording_does_not_stand_in_the_way_of_an_answer(listed: LearningQuestion, cast: Cast) -> None:
    actions.reword_question(question=listed, wording="Anders?", by=cast.own.keeper, revision=1)
    actions.answer_provisionally(question=listed, answer="Zo.", by=cast.own.keeper, revision=0)
    assert listed.state == QuestionState.PROVISIONAL


def test_form_for_now_and_for_good(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    url = f"/eigen/questions/{listed.pk}/answer/"
    browser = client_of(cast.own.keeper)
    assert browser.post(url, {"answer": "", "revision": 0}).status_code == 422
    assert browser.post(url, {"answer": "Voorlopig.", "revision": 0, "verdict": "for now"}).status_code == 302
    listed.refresh_from_db()
    assert (listed.state, listed.answer) == (QuestionState.PROVISIONAL, "Voorlopig.")
    late = browser.post(url, {"answer": "Tegelijk.", "revision": 0, "verdict": "final"})
    assert late.status_code == 422
    assert "Voorlopig." in late.content.decode()
    assert "Tegelijk." in late.content.decode()
    assert browser.post(url, {"answer": "Voorgoed.", "revision": 1, "verdict": "final"}).status_code == 302
    listed.refresh_from_db()
    assert (listed.state, listed.answer) == (QuestionState.ANSWERED, "Voorgoed.")


def test_button_explore(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    url = f"/eigen/questions/{listed.pk}/explore/"
    assert client_of(cast.own.follower).post(url).status_code == 403
    assert client_of(cast.own.member).post(url).status_code == 302
    listed.refresh_from_db()
    assert listed.state == QuestionState.EXPLORED
    again = client_of(cast.own.member).post(url, follow=True)
    assert "Deze vraag is nu: wordt verkend" in again.content.decode()
