from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast


@pytest.mark.parametrize("reason", list(DropReason))
def test_let_go_with_a_reason_and_put_back(
    listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]], reason: DropReason
) -> None:
    actions.drop_question(question=listed, reason=reason, note="Genoeg.", by=cast.own.keeper)
    listed.refresh_from_db()
    assert (listed.state, listed.drop_reason, listed.drop_note) == (QuestionState.DROPPED, reason, "Genoeg.")
    actions.reopen_question(question=listed, by=cast.own.keeper, note="Toch niet.")
    listed.refresh_from_db()
    assert (listed.state, listed.drop_reason, listed.drop_note, listed.code) == (
        QuestionState.ON_AGENDA,
        "",
        "",
        "A",
    )
    assert [(c.after, c.note) for c in listed.state_changes.all()][2:] == [
        ("dropped", "Genoeg."),
        ("on agenda", "Toch niet."),
    ]
    assert facts()[2:] == ["QuestionDropped", "QuestionReopened"]


def test_without_a_code_it_goes_back_among_the_raised(raised: LearningQuestion, cast: Cast) -> None:
    actions.drop_question(question=raised, reason=DropReason.OUTDATED, by=cast.own.keeper)
    assert actions.reopen_question(question=raised, by=cast.own.keeper).state == QuestionState.RAISED


def test_an_answered_question_opens_again(listed: LearningQuestion, cast: Cast) -> None:
    actions.answer_question(question=listed, answer="Zo.", by=cast.own.keeper)
    actions.reopen_question(question=listed, by=cast.own.keeper)
    assert (listed.state, listed.answer) == (QuestionState.ON_AGENDA, "Zo.")


def test_refused(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    for person in (own.member, own.facilitator, own.follower, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.drop_question(question=listed, reason=DropReason.NAMED, by=person)
        with pytest.raises(PermissionDenied):
            actions.reopen_question(question=listed, by=person)
    with pytest.raises(Refused):
        actions.drop_question(question=listed, reason="weg", by=own.keeper)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.reopen_question(question=listed, by=own.keeper)
    actions.answer_question(question=listed, answer="Zo.", by=own.keeper)
    with pytest.raises(Refused):
        actions.drop_question(question=listed, reason=DropReason.NAMED, by=own.keeper)


def test_form_and_the_way_back(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    url = f"/eigen/questions/{listed.pk}/drop/"
    browser = client_of(cast.own.keeper)
    assert browser.post(url, {"reason": ""}).status_code == 422
    page = browser.post(url, {"reason": "named", "note": ""}, follow=True).content.decode()
    assert "De vraag is losgelaten." in page
    assert f"/eigen/questions/{listed.pk}/reopen/" in page
    assert client_of(cast.own.facilitator).post(f"/eigen/questions/{listed.pk}/reopen/").status_code == 403
    assert browser.post(f"/eigen/questions/{listed.pk}/reopen/").status_code == 302
    listed.refresh_from_db()
    assert listed.state == QuestionState.ON_AGENDA


def test_what_was_said_last_is_put_back(cast: Cast, listed: LearningQuestion, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    actions.answer_provisionally(question=listed, answer="Misschien zo.", by=own.facilitator)
    for person in (own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.put_back_question(question=listed, state=QuestionState.ON_AGENDA, answer="", by=person)
    with pytest.raises(Refused):
        actions.put_back_question(question=listed, state=QuestionState.EXPLORED, answer="", by=own.facilitator)
    actions.put_back_question(question=listed, state=QuestionState.ON_AGENDA, answer="", by=own.facilitator)
    listed.refresh_from_db()
    assert (listed.state, listed.answer, listed.answer_revision) == (QuestionState.ON_AGENDA, "", 2)
    assert facts()[-2:] == ["QuestionAnsweredProvisionally", "QuestionPutBack"]
    assert list(listed.state_changes.values_list("after", flat=True))[-2:] == ["provisional", "on agenda"]
