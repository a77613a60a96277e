from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings.enums import MeetingKind
from leerkring.cycle.questions import actions
from leerkring.cycle.questions.enums import DropReason
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_every_wording_stays_and_the_code_too(
    listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]
) -> None:
    meeting = cast.own.meeting()
    actions.reword_question(question=listed, wording="Hoe dan wel?", by=cast.own.keeper, revision=1, meeting=meeting)
    listed.refresh_from_db()
    assert (listed.wording, listed.code, listed.revision) == ("Hoe dan wel?", "A", 2)
    assert [(w.text, w.by, w.meeting) for w in listed.wordings.all()] == [
        ("Hoe doen we dat?", cast.own.member, None),
        ("Hoe dan wel?", cast.own.keeper, meeting),
    ]
    assert facts() == ["QuestionRaised", "QuestionPlaced", "QuestionReworded"]


def test_the_same_words_are_no_new_wording(listed: LearningQuestion, cast: Cast) -> None:
    actions.reword_question(question=listed, wording="Hoe doen we dat?", by=cast.own.keeper, revision=99)
    assert (listed.revision, listed.wordings.count()) == (1, 1)


def test_who_comes_second_gets_both_texts(listed: LearningQuestion, cast: Cast) -> None:
    actions.reword_question(question=listed, wording="Eerste?", by=cast.own.facilitator, revision=1)
    with pytest.raises(EditedMeanwhile) as edited:
        actions.reword_question(question=listed, wording="Tweede?", by=cast.own.keeper, revision=1)
    found = edited.value
    assert (found.theirs, found.mine, found.by_name, found.revision) == (
        "Eerste?",
        "Tweede?",
        cast.own.facilitator.name,
        2,
    )
    listed.refresh_from_db()
    assert listed.wording == "Eerste?"


def test_who_may_before_and_after_it_has_a_code(raised: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    actions.reword_question(question=raised, wording="Van wie inbracht?", by=own.member, revision=1)
    actions.give_code(question=raised, code="A", by=own.keeper)
    for person in (own.member, own.follower, cast.outsider, cast.other.keeper):
        with pytest.raises(PermissionDenied):
            actions.reword_question(question=raised, wording="Nog eens?", by=person, revision=2)
    actions.give_owner(question=raised, owner=own.member, by=own.keeper)
    actions.reword_question(question=raised, wording="Van de eigenaar?", by=own.member, revision=2)
    assert raised.wording == "Van de eigenaar?"


def test_gone_questions_and_silent_meetings_are_refused(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    silent = own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    with pytest.raises(Refused):
        actions.reword_question(question=listed, wording="Zo?", by=own.keeper, revision=1, meeting=silent)
    actions.drop_question(question=listed, reason=DropReason.NAMED, by=own.keeper)
    with pytest.raises(Refused):
        actions.reword_question(question=listed, wording="Zo?", by=own.keeper, revision=1)


def test_two_people_at_once_over_http_lose_nothing(
    listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    url = f"/eigen/questions/{listed.pk}/reword/"
    one, two = client_of(cast.own.keeper), client_of(cast.own.facilitator)
    for browser in (one, two):
        assert 'name="revision" value="1"' in browser.get(url).content.decode()
    assert one.post(url, {"wording": "Hoe zegt de hoeder het?", "revision": 1}).status_code == 302
    answer = two.post(url, {"wording": "Hoe zegt de begeleider het?", "barrier": "Druk", "revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hoe zegt de hoeder het?" in page
    assert "Hoe zegt de begeleider het?" in page
    assert "Druk" in page
    assert cast.own.keeper.name in page
    listed.refresh_from_db()
    assert listed.wording == "Hoe zegt de hoeder het?"
    assert 'name="revision" value="2"' in page
    assert two.post(url, {"wording": "Hoe zeggen we het samen?", "revision": 2}).status_code == 302
    assert [w.text for w in listed.wordings.all()] == [
        "Hoe doen we dat?",
        "Hoe zegt de hoeder het?",
        "Hoe zeggen we het samen?",
    ]


@pytest.mark.parametrize("path", ["reword", "sharpen", "answer", "drop", "owner", "links"])
def test_forms_are_closed_to_readers(
    listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client], path: str
) -> None:
    url = f"/eigen/questions/{listed.pk}/{path}/"
    assert client_of(cast.own.keeper).get(url).status_code == 200
    for person in (cast.own.member, cast.own.follower):
        assert client_of(person).get(url).status_code == 403
        assert client_of(person).post(url, {}).status_code == 403
    for person in (cast.outsider, cast.own.colleague):
        assert client_of(person).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302


@pytest.mark.parametrize("path", ["", "reword/", "answer/", "drop/", "owner/"])
def test_a_question_of_another_programme_is_not_here(
    elsewhere: LearningQuestion, cast: Cast, client_of: Callable[..., Client], path: str
) -> None:
    assert client_of(cast.own.lead).get(f"/eigen/questions/{elsewhere.pk}/{path}").status_code == 404
    assert client_of(cast.other.lead).get(f"/eigen/questions/{elsewhere.pk}/{path}").status_code == 404
    assert client_of(cast.own.lead).get(f"/eigen/questions/999999/{path}").status_code == 404


@pytest.mark.parametrize("path", ["reword", "sharpen"])
def test_an_empty_form_comes_back_and_is_no_conflict(
    raised: LearningQuestion, cast: Cast, client_of: Callable[..., Client], path: str
) -> None:
    answer = client_of(cast.own.keeper).post(f"/eigen/questions/{raised.pk}/{path}/", {})
    assert answer.status_code == 422
    assert 'id="conflict"' not in answer.content.decode()
