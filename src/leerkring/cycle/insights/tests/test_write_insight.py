from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.insights.tests.making import (
    facts_named,
    make_group,
    make_insight,
    make_meeting,
    make_member,
    make_question,
    only_fact,
)
from leerkring.cycle.questions.enums import Origin
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_an_insight_has_context_evidence_and_source(cast: Cast) -> None:
    meeting, question = make_meeting(cast.own), make_question(cast.own)
    group = make_group(cast.own)
    insight = make_insight(
        cast.own, context="Bij sloop", evidence="Drie keer gezien", meeting=meeting, group=group, questions=[question]
    )
    assert (insight.context, insight.evidence, insight.meeting, insight.group) == (
        "Bij sloop",
        "Drie keer gezien",
        meeting,
        group,
    )
    assert (insight.community, insight.found_on, insight.by) == (group.circle, clock.today(), cast.own.member)
    assert list(insight.questions.all()) == [question]
    row = only_fact("InsightWritten")
    assert (row.community_id, row.ids) == (cast.own.community.pk, {"insight_id": insight.pk})


def test_writing_twice_is_one_insight(cast: Cast) -> None:
    assert make_insight(cast.own) == make_insight(cast.own)
    assert len(facts_named("InsightWritten")) == 1


def test_who_writes(cast: Cast) -> None:
    for who in ("follower", "colleague"):
        with pytest.raises(PermissionDenied):
            make_insight(cast.own, by=getattr(cast.own, who))
    group = make_group(cast.own, people=[cast.own.follower])
    assert make_insight(cast.own, group=group, by=cast.own.follower).group == group
    with pytest.raises(PermissionDenied):
        make_insight(cast.own, group=group, by=make_member(cast.own, "Anna"))


def test_the_label_group_needs_a_group(cast: Cast) -> None:
    with pytest.raises(Refused):
        make_insight(cast.own, label=Label.GROUP)
    insight = make_insight(cast.own, group=make_group(cast.own), label=Label.GROUP)
    assert list(queries.insights_visible_to(cast.own.member)) == [insight]
    assert list(queries.insights_visible_to(cast.own.keeper)) == []


def test_the_label_public_goes_through_a_facilitator(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        make_insight(cast.own, label=Label.PUBLIC)
    insight = make_insight(cast.own, label=Label.PUBLIC, by=cast.own.facilitator)
    assert list(queries.insights_visible_to(None)) == [insight]


def test_sources_come_from_the_same_programme(cast: Cast) -> None:
    for foreign in (
        {"meeting": make_meeting(cast.other)},
        {"questions": [make_question(cast.other)]},
    ):
        with pytest.raises(Refused):
            make_insight(cast.own, **foreign)
    with pytest.raises(PermissionDenied):
        make_insight(cast.own, group=make_group(cast.other))
    assert Insight.objects.count() == 0


def test_two_who_change_it_lose_nothing(cast: Cast) -> None:
    insight = make_insight(cast.own)
    actions.change_insight(insight=insight, sentence="De ene", context="Hier", by=cast.own.facilitator, revision=1)
    with pytest.raises(EditedMeanwhile) as conflict:
        actions.change_insight(insight=insight, sentence="De andere", by=cast.own.member, revision=1)
    assert [line.partition(": ")[2] for line in conflict.value.theirs.splitlines()] == ["De ene", "Hier"]
    assert [line.partition(": ")[2] for line in conflict.value.mine.splitlines()] == ["De andere", ""]
    actions.change_insight(insight=insight, sentence="Samen", by=cast.own.member, revision=2)
    assert (insight.sentence, insight.revision) == ("Samen", 3)
    assert [row.ids["revision"] for row in facts_named("InsightChanged")] == [2, 3]


def test_others_do_not_change_it(cast: Cast) -> None:
    insight = make_insight(cast.own)
    for by in (make_member(cast.own, "Anna"), cast.own.follower, cast.own.colleague, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.change_insight(insight=insight, sentence="Anders", by=by)


def test_a_facilitator_does_not_reach_into_a_group(cast: Cast) -> None:
    insight = make_insight(cast.own, group=make_group(cast.own), label=Label.GROUP)
    with pytest.raises(PermissionDenied):
        actions.change_insight(insight=insight, sentence="Anders", by=cast.own.facilitator)
    with pytest.raises(PermissionDenied):
        actions.follow_up(insight=insight, wording="Wat nu?", by=cast.own.facilitator)


def test_the_label_changes_within_what_one_may(cast: Cast) -> None:
    insight = make_insight(cast.own)
    actions.change_label(insight=insight, label=Label.ORGANISATIONS, by=cast.own.member)
    assert only_fact("InsightLabelChanged").ids == {
        "insight_id": insight.pk,
        "before": "programme",
        "after": "organisations",
    }
    with pytest.raises(PermissionDenied):
        actions.change_label(insight=insight, label=Label.PUBLIC, by=cast.own.member)
    actions.change_label(insight=insight, label=Label.PUBLIC, by=cast.own.facilitator)
    with pytest.raises(PermissionDenied):
        actions.change_label(insight=insight, label=Label.PROGRAMME, by=cast.own.member)
    with pytest.raises(Refused):
        actions.change_label(insight=insight, label=Label.GROUP, by=cast.own.lead)


def test_a_question_is_linked_once_and_unlinked(cast: Cast) -> None:
    insight, question = make_insight(cast.own), make_question(cast.own)
    for _ in range(2):
        actions.link_question(insight=insight, question=question, by=cast.own.member)
    assert list(queries.insights_about(cast.own.follower, question)) == [insight]
    for _ in range(2):
        actions.unlink_question(insight=insight, question=question, by=cast.own.member)
    assert list(queries.insights_about(cast.own.follower, question)) == []
    assert (len(facts_named("InsightQuestionLinked")), len(facts_named("InsightQuestionUnlinked"))) == (1, 1)
    with pytest.raises(Refused):
        actions.link_question(insight=insight, question=make_question(cast.other), by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.link_question(insight=insight, question=question, by=cast.own.follower)


def _behind(person: Person, question: LearningQuestion) -> list[Insight]:
    """The insight that made somebody ask the question, when this person may read it."""
    found: list[Any] = list(queries.insights_about(person, question))
    return [insight for insight in found if insight.is_behind]


def test_a_follow_up_closes_the_circle(cast: Cast) -> None:
    insight = make_insight(cast.own)
    question = actions.follow_up(insight=insight, wording="Hoe bellen we eerder?", by=cast.own.keeper)
    assert actions.follow_up(insight=insight, wording="Hoe bellen we eerder?", by=cast.own.keeper) == question
    assert (question.wording, question.community, question.origin) == (
        "Hoe bellen we eerder?",
        cast.own.community,
        Origin.INSIGHT,
    )
    assert _behind(cast.own.member, question) == [insight]
    assert only_fact("InsightFollowedUp").ids == {"insight_id": insight.pk, "question_id": question.pk}
    for by in (cast.own.follower, cast.own.colleague):
        with pytest.raises(PermissionDenied):
            actions.follow_up(insight=insight, wording="Wat nu?", by=by)


def test_the_question_that_follows_a_group_insight_does_not_show_it(cast: Cast) -> None:
    insight = make_insight(cast.own, group=make_group(cast.own), label=Label.GROUP)
    question = actions.follow_up(insight=insight, wording="Wat nu?", by=cast.own.member)
    assert question.label == Label.PROGRAMME
    assert _behind(cast.own.member, question) == [insight]
    assert _behind(cast.own.keeper, question) == []
