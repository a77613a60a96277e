from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community
from leerkring.cycle.questions import actions, queries
from leerkring.cycle.questions.enums import Origin, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast, join


def test_split_links_both_ways_and_inherits(
    listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]
) -> None:
    own = cast.own
    actions.give_owner(question=listed, owner=own.member, by=own.keeper)
    left, right = actions.split_question(question=listed, wordings=["Links?", "Rechts?"], by=own.keeper)
    listed.refresh_from_db()
    assert listed.state == QuestionState.SPLIT
    assert [(q.wording, q.state, q.owner, q.origin, q.code) for q in (left, right)] == [
        ("Links?", QuestionState.SHARPENED, own.member, Origin.SUCCESSION, None),
        ("Rechts?", QuestionState.SHARPENED, own.member, Origin.SUCCESSION, None),
    ]
    assert queries.successions_of(own.member, listed) == ([], [left, right])
    assert queries.successions_of(own.member, left) == ([listed], [])
    assert facts()[-1] == "QuestionSplit"


def test_merge_links_both_ways_and_takes_the_narrowest_label(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    other = actions.raise_question(
        community=own.community, wording="Ook zo?", barrier="Druk.", by=own.member, label=Label.PUBLIC
    )
    merged = actions.merge_questions(questions=[listed, other], wording="Samen?", by=own.keeper)
    for question in (listed, other):
        question.refresh_from_db()
        assert question.state == QuestionState.MERGED
    assert (merged.wording, merged.barrier, merged.label) == ("Samen?", "Druk.", Label.PROGRAMME)
    assert queries.successions_of(own.member, merged) == ([listed, other], [])


def test_split_is_refused(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    for wordings in ([], ["Een?"], ["Zelfde?", "zelfde?"], ["Een?", " "]):
        with pytest.raises(Refused):
            actions.split_question(question=listed, wordings=wordings, by=own.keeper)
    for person in (own.member, own.facilitator, cast.other.keeper):
        with pytest.raises(PermissionDenied):
            actions.split_question(question=listed, wordings=["Een?", "Twee?"], by=person)
    actions.split_question(question=listed, wordings=["Een?", "Twee?"], by=own.keeper)
    with pytest.raises(Refused):
        actions.split_question(question=listed, wordings=["Drie?", "Vier?"], by=own.keeper)


def test_merge_is_refused(listed: LearningQuestion, elsewhere: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    other = actions.raise_question(community=own.community, wording="Ook zo?", by=own.member)
    for questions in ([listed], [listed, listed], [listed, elsewhere]):
        with pytest.raises(Refused):
            actions.merge_questions(questions=questions, wording="Samen?", by=own.keeper)
    with pytest.raises(PermissionDenied):
        actions.merge_questions(questions=[listed, other], wording="Samen?", by=own.facilitator)
    for question in (listed, other):
        question.refresh_from_db()
        assert question.state != QuestionState.MERGED


def test_a_question_of_a_group_alone_is_not_merged_with_others(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    group = Community.objects.create(kind=CommunityKind.GROUP, root=own.community, name="Groep")
    join(own.member, group)
    quiet = actions.raise_question(community=group, wording="Onder ons?", by=own.member, label=Label.GROUP)
    with pytest.raises(Refused):
        actions.merge_questions(questions=[listed, quiet], wording="Samen?", by=own.lead)
    actions.change_label(question=quiet, label=Label.PROGRAMME, by=own.lead)
    merged = actions.merge_questions(questions=[listed, quiet], wording="Samen?", by=own.lead)
    assert (merged.community, merged.label) == (own.community, Label.PROGRAMME)
