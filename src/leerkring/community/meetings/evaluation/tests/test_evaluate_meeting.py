"""The evaluation of a meeting: opens and closes by the clock, answered once, by nobody who can be told apart."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.evaluation import actions, links, pictures, queries
from leerkring.community.meetings.evaluation.actions import Asked
from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.models import Evaluation, EvaluationAnswer, EvaluationTurn
from leerkring.community.meetings.evaluation.results import Point, Trend, results_of, trends_of
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast, join, make_person

Browser = Callable[..., Client]
THREE = [Asked("useful"), Asked("better"), Asked(text="Was de zaal warm?")]


def facts_named(name: str) -> list[tuple[int | None, dict[str, object]]]:
    return list(FactRow.objects.filter(name=name).order_by("id").values_list("by_id", "ids"))


def url(cast: Cast, name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[cast.own.community.slug, meeting.pk])


def there(meeting: Meeting, *people: Person, presence: Presence = Presence.PRESENT) -> None:
    Attendance.objects.bulk_create(Attendance(meeting=meeting, person=person, presence=presence) for person in people)


def say(meeting: Meeting, person: Person, number: int = 4, line: str = "") -> None:
    questions = queries.evaluation_of(meeting).questions.all()  # type: ignore[union-attr]
    answers = {asked.pk: number if asked.kind == AskedAs.SCALE else line for asked in questions}
    actions.answer_evaluation(meeting=Meeting.objects.get(pk=meeting.pk), by=person, answers=answers)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Tomorrow, with three questions prepared."""
    made = cast.own.meeting(MeetingKind.WORKSHOP, days=1)
    actions.prepare_evaluation(meeting=made, questions=THREE, by=cast.own.facilitator)
    return made


@pytest.fixture
def crowd(cast: Cast) -> list[Person]:
    people = [make_person(f"Gast {number}") for number in range(6)]
    for person in people:
        join(person, cast.own.community)
    return people


class TestPrepare:
    def test_asks_two_to_four_until_it_opens(self, cast: Cast, meeting: Meeting) -> None:
        evaluation = queries.evaluation_of(meeting)
        assert evaluation
        assert [(asked.key, asked.kind) for asked in evaluation.questions.all()] == [
            ("useful", "scale"), ("better", "line"), ("", "scale"),
        ]  # fmt: skip
        assert facts_named("EvaluationPrepared") == [(cast.own.facilitator.pk, {"meeting_id": meeting.pk})]
        for wrong in (
            [Asked("useful")],
            [Asked("useful")] * 3,
            [*THREE, Asked("step"), Asked("worth")],
            [Asked("no")] * 2,
        ):
            with pytest.raises(Refused):
                actions.prepare_evaluation(meeting=meeting, questions=wrong, by=cast.own.lead)
        with pytest.raises(EditedMeanwhile):
            actions.prepare_evaluation(meeting=meeting, questions=THREE[:2], days=3, by=cast.own.lead, revision=7)
        with pytest.raises(PermissionDenied):
            actions.prepare_evaluation(meeting=meeting, questions=THREE, by=cast.own.keeper)
        with clock.at(meeting.ends_at + timedelta(minutes=20)):
            actions.open_and_close_evaluations()
            for act in (
                lambda: actions.prepare_evaluation(meeting=meeting, questions=THREE, by=cast.own.lead),
                lambda: actions.drop_evaluation(meeting=meeting, by=cast.own.lead),
            ):
                with pytest.raises(Refused):
                    act()

    def test_writes_nothing_down_at_an_intervisie(self, cast: Cast) -> None:
        closed = cast.own.meeting(MeetingKind.INTERVISIE, days=1, keeps_text=False)
        with pytest.raises(Refused):
            actions.prepare_evaluation(meeting=closed, questions=THREE, by=cast.own.lead)
        actions.prepare_evaluations(meetings=[closed], questions=[*THREE, Asked("room")], by=cast.own.lead)
        kinds = {asked.kind for asked in queries.evaluation_of(closed).questions.all()}  # type: ignore[union-attr]
        assert kinds == {"scale"}

    def test_same_for_several_leaves_alone_what_began(self, cast: Cast, meeting: Meeting) -> None:
        past = cast.own.meeting(MeetingKind.WORKSHOP, days=-3, state=MeetingState.HELD)
        other = cast.own.meeting(MeetingKind.WORKSHOP, days=9)
        made = actions.prepare_evaluations(meetings=[past, meeting, other], questions=THREE[:2], by=cast.own.lead)
        assert [evaluation.meeting for evaluation in made] == [meeting, other]
        assert {evaluation.questions.count() for evaluation in made} == {2}

    def test_page_chooses_and_drops(self, cast: Cast, client_of: Browser) -> None:
        made = cast.own.meeting(MeetingKind.WORKSHOP, days=1)
        browser, page = client_of(cast.own.facilitator), url(cast, "evaluation_prepare", made)
        assert browser.get(page).status_code == 200
        assert browser.post(page, {"ready": ["useful"], "days": 7}).status_code == 422
        assert browser.post(page, {"ready": ["useful", "room"], "days": 7}).status_code == 302
        assert Evaluation.objects.get().questions.count() == 2
        assert client_of(cast.own.keeper).post(page, {}).status_code == 403
        assert browser.post(url(cast, "evaluation_drop", made)).status_code == 302
        assert not Evaluation.objects.exists()

    def test_page_chooses_for_several(self, cast: Cast, meeting: Meeting, client_of: Browser) -> None:
        other = cast.own.meeting(MeetingKind.WORKSHOP, days=9)
        browser, page = (
            client_of(cast.own.lead),
            reverse("meetings:evaluations_prepare", args=[cast.own.community.slug]),
        )
        assert browser.get(page).status_code == 200
        assert browser.post(page, {"ready": ["useful", "step"]}).status_code == 422
        said = {"ready": ["useful", "step"], "meetings": [meeting.pk, other.pk]}
        assert browser.post(page, said).status_code == 302
        assert {asked.questions.count() for asked in queries.evaluations_of([meeting, other])} == {2}
        assert client_of(cast.own.facilitator).post(page, said).status_code == 403


class TestClock:
    def test_opens_at_the_end_once_and_closes_after_its_term(self, meeting: Meeting) -> None:
        done = []
        for minutes in (-10, 5, 15, 24 * 60, 7 * 24 * 60 + 1, 9 * 24 * 60):
            with clock.at(meeting.ends_at + timedelta(minutes=minutes)):
                done.append(actions.open_and_close_evaluations())
        assert done == [0, 1, 0, 0, 1, 0]
        assert facts_named("EvaluationOpened") == [(None, {"meeting_id": meeting.pk})]
        evaluation = Evaluation.objects.get()
        assert (evaluation.secret, evaluation.closed_at is not None) == (None, True)

    def test_a_cancelled_meeting_asks_nothing(self, meeting: Meeting) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
        with clock.at(meeting.ends_at + timedelta(minutes=5)):
            assert actions.open_and_close_evaluations() == 0


class TestAnswer:
    def test_counts_once_and_bears_nobody(self, cast: Cast, meeting: Meeting, crowd: list[Person]) -> None:
        there(meeting, *crowd)
        with pytest.raises(Refused):
            say(meeting, crowd[0])
        with clock.at(meeting.ends_at + timedelta(minutes=5)):
            for number, person in enumerate(crowd, start=1):
                say(meeting, person, min(number, 5), f"Regel {number}")
            with pytest.raises(Refused):
                say(meeting, crowd[0])
            evaluation = Evaluation.objects.get()
            assert (evaluation.answers_count, EvaluationTurn.objects.count()) == (6, 6)
            assert queries.has_answered(queries.voices_of(crowd[0], meeting), evaluation)
            assert not evaluation.shows_results, "not while it is open"
            order = list(EvaluationAnswer.objects.values_list("pk", flat=True))
            actions.close_evaluation(meeting=meeting, by=cast.own.facilitator)
        evaluation.refresh_from_db()
        assert (evaluation.secret, EvaluationTurn.objects.count(), EvaluationAnswer.objects.count()) == (None, 0, 18)
        assert not set(order) & set(EvaluationAnswer.objects.values_list("pk", flat=True))
        assert not queries.has_answered(queries.voices_of(crowd[0], meeting), evaluation)
        assert facts_named("EvaluationAnswered") == [(None, {"meeting_id": meeting.pk})] * 6
        found = results_of(evaluation, queries.questions_of(evaluation), queries.answers_to([evaluation]))
        assert [result.counts for result in found if result.is_scale] == [(1, 1, 1, 1, 2)] * 2
        assert found[1].lines == tuple(f"Regel {number}" for number in range(1, 7))
        assert "<svg" in pictures.bars(found[0])

    def test_below_five_nothing_is_shown(self, cast: Cast, meeting: Meeting, crowd: list[Person]) -> None:
        there(meeting, *crowd)
        with clock.at(meeting.ends_at + timedelta(minutes=5)):
            for person in crowd[:4]:
                say(meeting, person, line="Alleen voor mij")
            actions.close_evaluation(meeting=meeting, by=cast.own.lead)
        evaluation = Evaluation.objects.get()
        assert results_of(evaluation, queries.questions_of(evaluation), queries.answers_to([evaluation])) == []

    def test_is_for_who_was_there(self, cast: Cast, meeting: Meeting, crowd: list[Person]) -> None:
        there(meeting, crowd[0], presence=Presence.ABSENT)
        there(meeting, crowd[1], presence=Presence.EXPECTED)
        with clock.at(meeting.ends_at + timedelta(minutes=5)):
            say(meeting, crowd[1])
            for person in (crowd[0], crowd[2], cast.outsider):
                with pytest.raises(PermissionDenied):
                    say(meeting, person)
        with clock.at(meeting.ends_at + timedelta(days=8)), pytest.raises(Refused):
            say(meeting, crowd[1])

    def test_pages_by_account_and_by_link(
        self, cast: Cast, meeting: Meeting, crowd: list[Person], client_of: Browser
    ) -> None:
        there(meeting, cast.own.member, crowd[0])
        fields = {f"q{asked.pk}": 4 for asked in queries.evaluation_of(meeting).questions.all()}  # type: ignore[union-attr]
        link, page = links.path_of_evaluation(meeting, crowd[0]), url(cast, "evaluation_page", meeting)
        member, visitor = client_of(cast.own.member), client_of(None)
        assert member.post(url(cast, "evaluation_answer", meeting), fields).status_code == 422
        with clock.at(meeting.ends_at + timedelta(minutes=5)):
            assert visitor.get(link).context["form"] is not None
            assert not EvaluationTurn.objects.exists()
            assert visitor.post(link, {}).status_code == 422
            assert visitor.post(link, fields).status_code == 302
            assert visitor.get(link).context["has_answered"]
            assert visitor.post(link, fields).status_code == 422
            assert member.get(page).context["form"] is not None
            assert member.post(url(cast, "evaluation_answer", meeting), fields).status_code == 302
            assert member.get(page).context["form"] is None
            assert client_of(cast.own.follower).get(page).context["form"] is None
            results = client_of(cast.own.facilitator).get(url(cast, "evaluation_results", meeting)).content.decode()
            assert '<svg class="ev' not in results
            assert client_of(cast.own.keeper).get(url(cast, "evaluation_results", meeting)).status_code == 403
            assert client_of(cast.own.facilitator).post(url(cast, "evaluation_close", meeting)).status_code == 302
        assert visitor.get(link[:-3] + "x/").status_code == 404


class TestTrend:
    def test_lays_the_same_question_side_by_side(self, cast: Cast, crowd: list[Person]) -> None:
        meetings = [cast.own.meeting(MeetingKind.WORKSHOP, days=day) for day in (1, 2, 3)]
        actions.prepare_evaluations(meetings=meetings, questions=THREE, by=cast.own.lead)
        for number, made in enumerate(meetings, start=2):
            there(made, *crowd)
            with clock.at(made.ends_at + timedelta(minutes=5)):
                for person in crowd if number < 4 else crowd[:4]:
                    say(made, person, number)
                actions.close_evaluation(meeting=made, by=cast.own.lead)
        closed = list(queries.closed_evaluations(meetings))
        trends = trends_of(closed, queries.answers_to(closed))
        assert [[(point.mean, point.answered) for point in trend.points] for trend in trends] == [
            [(2.0, 6), (3.0, 6)], [(2.0, 6), (3.0, 6)],
        ]  # fmt: skip


def test_line_over_the_meetings_is_drawn_without_a_database() -> None:
    drawn = pictures.line(Trend("Nuttig?", (Point(Meeting(), 2, 6), Point(Meeting(), 5, 9))), 1)
    assert 'points="64,114 160,24"' in drawn


@pytest.mark.django_db(transaction=True)
def test_one_person_who_answers_twice_at_once_counts_once(cast: Cast, meeting: Meeting, crowd: list[Person]) -> None:
    there(meeting, *crowd)
    start, outcomes = threading.Barrier(3), list[object]()

    def run(person: Person) -> None:
        try:
            start.wait()
            with clock.at(meeting.ends_at + timedelta(minutes=5)):
                say(meeting, person)
                outcomes.append(None)
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in (crowd[0], crowd[0], crowd[1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NoneType", "Refused"], outcomes
    assert (Evaluation.objects.get().answers_count, EvaluationAnswer.objects.filter(number=4).count()) == (2, 4)
    assert len(facts_named("EvaluationOpened")) == 1
