"""Whatever people do, in whatever order: past versions and comparisons stay, codes stay, streaks are right."""

from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.compare import compare
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import GONE_STATES, LISTED_OPEN_STATES, DropReason, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from tests.cast import make_programme

Seen = list[tuple[str, str, str, tuple[str, ...]]]
picks = st.integers(0, 1000)


class Versions(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.cast = make_programme("toestand", "Gemeente Toestand")
        self.keeper = self.cast.keeper
        self.everything: list[LearningQuestion] = []
        self.versions: list[AgendaVersion] = []
        self.codes: dict[str, int] = {}
        self.streaks: dict[int, int] = {}
        self.past: dict[tuple[int, int], Seen] = {}

    def teardown(self) -> None:
        self.past_stays()
        transaction.set_rollback(True)
        self.room.__exit__(None, None, None)

    def some(self, pick: int, *states: str) -> LearningQuestion | None:
        fitting = [question for question in self.everything if question.state in states]
        return fitting[pick % len(fitting)] if fitting else None

    @rule(text=st.sampled_from(["Hoe?", "Wie?", "Waarom?"]))
    def raise_and_place(self, text: str) -> None:
        question = questions.raise_question(
            community=self.cast.community, wording=f"{text} {len(self.everything)}", by=self.cast.member
        )
        agenda.place_question(question=question, by=self.keeper)
        self.everything.append(question)

    @rule(pick=picks, text=st.sampled_from(["Anders?", "Weer anders?"]))
    def reword(self, pick: int, text: str) -> None:
        if question := self.some(pick, *LISTED_OPEN_STATES):
            questions.reword_question(
                question=question, wording=f"{text} {pick}", by=self.keeper, revision=question.revision
            )

    @rule(pick=picks)
    def explore(self, pick: int) -> None:
        if question := self.some(pick, QuestionState.ON_AGENDA, QuestionState.PROVISIONAL):
            questions.explore_question(question=question, by=self.keeper)

    @rule(pick=picks)
    def answer_provisionally(self, pick: int) -> None:
        if question := self.some(pick, *LISTED_OPEN_STATES):
            questions.answer_provisionally(question=question, answer=f"Misschien {pick}.", by=self.keeper)

    @rule(pick=picks)
    def answer(self, pick: int) -> None:
        if question := self.some(pick, *LISTED_OPEN_STATES, QuestionState.PROVISIONAL):
            questions.answer_question(question=question, answer=f"Zo {pick}.", by=self.keeper)

    @rule(pick=picks, reason=st.sampled_from(list(DropReason)))
    def drop(self, pick: int, reason: DropReason) -> None:
        if question := self.some(pick, *LISTED_OPEN_STATES, QuestionState.PROVISIONAL):
            questions.drop_question(question=question, reason=reason, by=self.keeper)

    @rule(pick=picks)
    def reopen(self, pick: int) -> None:
        if question := self.some(pick, QuestionState.ANSWERED, QuestionState.DROPPED):
            questions.reopen_question(question=question, by=self.keeper)

    @rule(pick=picks)
    def split(self, pick: int) -> None:
        if question := self.some(pick, *LISTED_OPEN_STATES, QuestionState.PROVISIONAL):
            count = len(self.everything)
            self.everything += agenda.split_on_agenda(
                question=question, wordings=[f"Links {count}", f"Rechts {count}"], by=self.keeper
            )

    @rule(pick=picks, other=picks)
    def merge(self, pick: int, other: int) -> None:
        states = (*LISTED_OPEN_STATES, QuestionState.PROVISIONAL)
        one, two = self.some(pick, *states), self.some(other, *states)
        if one and two and one != two:
            self.everything.append(
                agenda.merge_on_agenda(questions=[one, two], wording=f"Samen {len(self.everything)}", by=self.keeper)
            )

    @precondition(lambda self: any(q.state in LISTED_OPEN_STATES for q in self.everything))
    @rule()
    def set_version(self) -> None:
        living = queries.agenda_of(self.cast.community)
        assert living is not None
        version = agenda.set_version(
            community=self.cast.community, by=self.keeper, revision=living.revision, decision="Besluit"
        )
        self.versions.append(version)
        assert [v.number for v in self.versions] == list(range(1, len(self.versions) + 1))
        self.streaks_are_right(version)
        self.codes_stay(version)
        for old, new in combinations(self.versions, 2):
            self.past.setdefault((old.pk, new.pk), self.seen(old, new))

    def streaks_are_right(self, version: AgendaVersion) -> None:
        for question in self.everything:
            is_open = question.state in LISTED_OPEN_STATES
            self.streaks[question.pk] = self.streaks.get(question.pk, 0) + 1 if is_open else 0
        frozen = {entry.question_id: entry.open_count for entry in version.entries.all()}
        assert frozen == self.streaks
        listed = {entry.question_id for entry in version.entries.filter(is_listed=True)}
        shown_before = {e.question_id for v in self.versions[-2:-1] for e in v.entries.filter(state="answered")}
        expected = {q.pk for q in self.everything if q.state not in GONE_STATES and q.state != QuestionState.ANSWERED}
        assert expected <= listed
        assert listed - expected <= {q.pk for q in self.everything if q.state == QuestionState.ANSWERED}
        assert not (listed - expected) & shown_before - self.reopened_since(version)

    def reopened_since(self, version: AgendaVersion) -> set[int]:
        return {
            question.pk
            for question in self.everything
            if question.state_changes.filter(before=QuestionState.ANSWERED).exists()
        }

    def codes_stay(self, version: AgendaVersion) -> None:
        for entry in version.entries.all():
            assert self.codes.setdefault(entry.code, entry.question_id) == entry.question_id
        assert len(set(self.codes.values())) == len(self.codes)

    def seen(self, old: AgendaVersion, new: AgendaVersion) -> Seen:
        return [
            (row.old.code if row.old else "", row.new.wording if row.new else "", row.fate.value, row.codes)
            for row in compare(old.entries.all(), new.entries.all()).rows
        ]

    def past_stays(self) -> None:
        by_pk = {version.pk: version for version in self.versions}
        for (old, new), seen in self.past.items():
            assert self.seen(by_pk[old], by_pk[new]) == seen


@pytest.mark.django_db
def test_past_stays_whatever_people_do() -> None:
    run_state_machine_as_test(
        Versions,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
