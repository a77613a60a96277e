import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights import actions, queries
from leerkring.cycle.insights.models import Thread
from leerkring.cycle.insights.tests.making import (
    facts_named,
    make_group,
    make_insight,
    make_member,
    make_question,
    make_thread,
    only_fact,
)
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def test_a_thread_is_put_once(cast: Cast) -> None:
    thread = make_thread(cast.own, story="Steeds te laat")
    assert make_thread(cast.own) == thread
    assert (thread.title, thread.story, thread.label, thread.community) == (
        "Op tijd erbij",
        "Steeds te laat",
        Label.PROGRAMME,
        cast.own.community,
    )
    assert only_fact("ThreadPut").ids == {"thread_id": thread.pk}
    for by in (cast.own.follower, cast.own.colleague):
        with pytest.raises(PermissionDenied):
            make_thread(cast.own, "Anders", by=by)


def test_two_who_change_it_lose_nothing(cast: Cast) -> None:
    thread = make_thread(cast.own)
    actions.change_thread(thread=thread, title="Eerder", by=cast.own.keeper, revision=1)
    with pytest.raises(EditedMeanwhile):
        actions.change_thread(thread=thread, title="Later", by=cast.own.member, revision=1)
    with pytest.raises(PermissionDenied):
        actions.change_thread(thread=thread, title="Later", by=make_member(cast.own, "Anna"), revision=2)
    assert only_fact("ThreadChanged").ids == {"thread_id": thread.pk, "revision": 2}


def test_insights_and_questions_are_added_once_and_taken_out(cast: Cast) -> None:
    thread, insight, question = make_thread(cast.own), make_insight(cast.own), make_question(cast.own)
    for _ in range(2):
        actions.add_to_thread(thread=thread, insight=insight, by=cast.own.member)
        actions.add_to_thread(thread=thread, question=question, by=cast.own.member)
    assert (list(thread.insights.all()), list(thread.questions.all())) == ([insight], [question])
    assert [row.ids for row in facts_named("AddedToThread")] == [
        {"thread_id": thread.pk, "insight_id": insight.pk, "question_id": None},
        {"thread_id": thread.pk, "insight_id": None, "question_id": question.pk},
    ]
    for _ in range(2):
        actions.remove_from_thread(thread=thread, insight=insight, by=cast.own.member)
        actions.remove_from_thread(thread=thread, question=question, by=cast.own.member)
    assert (list(thread.insights.all()), list(thread.questions.all())) == ([], [])
    assert len(facts_named("RemovedFromThread")) == 2


def test_one_adds_only_what_one_can_read_and_of_this_programme(cast: Cast) -> None:
    thread = make_thread(cast.own, by=cast.own.keeper)
    hidden = make_insight(cast.own, group=make_group(cast.own), label=Label.GROUP)
    foreign = make_question(cast.other)
    foreign.label = Label.PUBLIC
    foreign.save()
    with pytest.raises(PermissionDenied):
        actions.add_to_thread(thread=thread, insight=hidden, by=cast.own.keeper)
    with pytest.raises(Refused):
        actions.add_to_thread(thread=thread, question=foreign, by=cast.own.keeper)


def test_a_hidden_insight_is_in_no_thread_of_others(cast: Cast) -> None:
    thread = make_thread(cast.own)
    hidden = make_insight(cast.own, group=make_group(cast.own), label=Label.GROUP)
    actions.add_to_thread(thread=thread, insight=hidden, by=cast.own.member)
    assert list(queries.insights_in(cast.own.member, thread)) == [hidden]
    assert list(queries.insights_in(cast.own.keeper, thread)) == []


def test_threads_obey_their_label(cast: Cast) -> None:
    own, other = make_thread(cast.own), make_thread(cast.other, by=cast.other.lead)
    shown = Thread.objects.create(
        community=cast.own.community, title="Open", label=Label.PUBLIC, made_at=own.made_at, changed_at=own.made_at
    )
    assert set(queries.threads_visible_to(cast.own.follower)) == {own, shown}
    assert set(queries.threads_visible_to(None)) == {shown}
    assert set(queries.threads_visible_to(cast.other.lead)) == {other, shown}
