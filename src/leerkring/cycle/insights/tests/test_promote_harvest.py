import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.tests.making import (
    facts_named,
    make_group,
    make_group_meeting,
    make_line,
    make_meeting,
    make_question,
    only_fact,
)
from leerkring.cycle.questions.models import Action, LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_line_becomes_an_insight_of_its_meeting(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    line = make_line(cast.own, meeting=meeting)
    insight = actions.promote_to_insight(item=line, by=cast.own.facilitator)
    assert actions.promote_to_insight(item=line, by=cast.own.facilitator) == insight
    assert (insight.sentence, insight.meeting, insight.group) == ("Bel eerder", meeting, None)
    assert (insight.community, insight.label) == (cast.own.community, Label.PROGRAMME)
    assert insight.found_on == timezone.localtime(meeting.starts_at).date()
    assert only_fact("PromotedToInsight").ids == {
        "insight_id": insight.pk,
        "meeting_id": meeting.pk,
        "harvest_id": line.pk,
    }


def test_what_a_group_found_stays_with_the_group(cast: Cast) -> None:
    group = make_group(cast.own)
    line = make_line(cast.own, meeting=make_group_meeting(cast.own, group), by=cast.own.member)
    insight = actions.promote_to_insight(item=line, by=cast.own.member)
    question = actions.promote_to_question(item=line, by=cast.own.member)
    assert (insight.community, insight.group, insight.label) == (group.circle, group, Label.GROUP)
    assert (question.community, question.label) == (group.circle, Label.GROUP)
    assert list(queries.insights_visible_to(cast.own.member, cast.own.community)) == [insight]
    for other in (None, cast.own.keeper, cast.own.follower, cast.own.colleague, cast.other.lead):
        assert list(queries.insights_visible_to(other)) == []


def test_a_line_becomes_a_question_raised_in_the_meeting(cast: Cast) -> None:
    meeting = make_meeting(cast.own)
    line = make_line(cast.own, "Waarom zo laat?", meeting=meeting)
    question = actions.promote_to_question(item=line, barrier="Niemand belt", by=cast.own.facilitator)
    assert actions.promote_to_question(item=line, by=cast.own.facilitator) == question
    assert (question.wording, question.barrier, question.raised_in) == ("Waarom zo laat?", "Niemand belt", meeting)
    assert question.community == cast.own.community
    assert LearningQuestion.objects.count() == 1
    assert len(facts_named("PromotedToQuestion")) == 1


def test_a_line_becomes_an_action_on_a_question(cast: Cast) -> None:
    line, question = make_line(cast.own), make_question(cast.own)
    action = actions.promote_to_action(item=line, question=question, by=cast.own.facilitator)
    assert actions.promote_to_action(item=line, question=question, by=cast.own.facilitator) == action
    assert (action.text, action.question) == ("Bel eerder", question)
    assert only_fact("PromotedToAction").ids == {
        "meeting_id": line.meeting_id,
        "harvest_id": line.pk,
        "question_id": question.pk,
        "action_id": action.pk,
    }


def test_an_action_on_a_question_of_another_programme_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.promote_to_action(item=make_line(cast.own), question=make_question(cast.other), by=cast.own.lead)
    assert Action.objects.count() == 0


def test_a_long_line_is_shortened_first(cast: Cast) -> None:
    line = make_line(cast.own, "m" * 301)
    with pytest.raises(Refused, match="300"):
        actions.promote_to_insight(item=line, by=cast.own.facilitator)
    assert actions.promote_to_insight(item=line, sentence="Kort", by=cast.own.facilitator).sentence == "Kort"


def test_others_promote_nothing(cast: Cast) -> None:
    line, question = make_line(cast.own), make_question(cast.own)
    for by in (cast.own.member, cast.own.follower, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.promote_to_insight(item=line, by=by)
        with pytest.raises(PermissionDenied):
            actions.promote_to_question(item=line, by=by)
        with pytest.raises(PermissionDenied):
            actions.promote_to_action(item=line, question=question, by=by)
