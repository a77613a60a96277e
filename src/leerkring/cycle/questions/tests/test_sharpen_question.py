from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_a_raised_question_becomes_sharp_in_new_words(
    raised: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]
) -> None:
    theme = actions.put_theme(community=cast.own.community, name="Inkoop", by=cast.own.keeper)
    actions.sharpen_question(
        question=raised, wording="Hoe krijgen we dat gedaan?", theme=theme, by=cast.own.keeper, revision=1
    )
    raised.refresh_from_db()
    assert (raised.state, raised.wording, raised.theme) == (
        QuestionState.SHARPENED,
        "Hoe krijgen we dat gedaan?",
        theme,
    )
    assert [(c.before, c.after, c.by) for c in raised.state_changes.all()][1:] == [
        ("raised", "sharpened", cast.own.keeper)
    ]
    assert facts()[-2:] == ["QuestionReworded", "QuestionSharpened"]


def test_it_may_be_sharp_as_it_was(raised: LearningQuestion, cast: Cast) -> None:
    actions.sharpen_question(question=raised, by=cast.own.member, revision=1)
    assert (raised.state, raised.wordings.count()) == (QuestionState.SHARPENED, 1)


def test_refused_for_readers_twice_and_stale(raised: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    with pytest.raises(PermissionDenied):
        actions.sharpen_question(question=raised, by=own.follower, revision=1)
    actions.reword_question(question=raised, wording="Anders?", by=own.facilitator, revision=1)
    with pytest.raises(EditedMeanwhile):
        actions.sharpen_question(question=raised, wording="Nog anders?", by=own.keeper, revision=1)
    raised.refresh_from_db()
    assert raised.state == QuestionState.RAISED
    actions.sharpen_question(question=raised, by=own.keeper, revision=2)
    with pytest.raises(Refused):
        actions.sharpen_question(question=raised, by=own.keeper, revision=2)


def test_form(raised: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    url = f"/eigen/questions/{raised.pk}/sharpen/"
    browser = client_of(cast.own.keeper)
    assert browser.post(url, {}).status_code == 422
    assert browser.post(url, {"wording": "Hoe dan?", "revision": 1}).status_code == 302
    raised.refresh_from_db()
    assert (raised.state, raised.wording) == (QuestionState.SHARPENED, "Hoe dan?")
