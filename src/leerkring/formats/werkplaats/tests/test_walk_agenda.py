from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda.models import Agenda, AgendaVersion
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, RoundKind, Verdict
from leerkring.formats.werkplaats.models import Presentation, Walked
from leerkring.formats.werkplaats.queries import last_step, projector_view
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]


@pytest.fixture
def asked(hall: Hall) -> list[LearningQuestion]:
    own = hall.cast.own
    raised = [
        questions.raise_question(community=own.community, wording=f"Vraag {number}?", by=own.lead)
        for number in range(3)
    ]
    return [agenda.place_question(question=question, by=own.lead) for question in raised]


def now(question: LearningQuestion) -> tuple[str, str]:
    found = LearningQuestion.objects.get(pk=question.pk)
    return found.state, found.wording


@pytest.mark.parametrize(
    ("verdict", "values", "after"),
    [
        (Verdict.ALIVE, {}, ("on agenda", "Vraag 0?")),
        (Verdict.REWORDED, {"wording": "Vraag nul?"}, ("on agenda", "Vraag nul?")),
        (Verdict.ANSWERED, {"answer": "Zo."}, ("answered", "Vraag 0?")),
        (Verdict.DROPPED, {}, ("dropped", "Vraag 0?")),
    ],
)
def test_what_the_room_says_is_so_at_once_and_undone_at_once(
    hall: Hall, asked: list[LearningQuestion], facts_named: Facts, verdict: Verdict, values: dict[str, str],
    after: tuple[str, str],
) -> None:  # fmt: skip
    round_, question = hall.round(RoundKind.WALK), asked[0]
    for _twice in range(2):
        actions.walk(round=round_, question=question, verdict=verdict, by=hall.cast.own.keeper, **values)  # type: ignore[arg-type]
    assert now(question) == after
    assert facts_named("QuestionWalked") == [
        {
            "by_id": hall.cast.own.keeper.pk, "room_id": hall.room.pk, "round_id": round_.pk,
            "question_id": question.pk, "verdict": str(verdict),
        }
    ]  # fmt: skip
    shown = {row.id: row.verdict for row in projector_view(hall.room).questions}
    assert shown == {asked[0].pk: verdict, asked[1].pk: None, asked[2].pk: None}
    actions.undo(step=last_step(hall.room), by=hall.cast.own.keeper)  # type: ignore[arg-type]
    assert now(question) == ("on agenda", "Vraag 0?")
    assert not Walked.objects.exists()


@pytest.mark.parametrize("verdict", [Verdict.PROVISIONAL, Verdict.ANSWERED, Verdict.DROPPED])
@pytest.mark.parametrize("state", ["on agenda", "explored", "provisional"])
def test_undo_restores_exactly_the_earlier_state_and_answer(
    hall: Hall, asked: list[LearningQuestion], verdict: Verdict, state: str
) -> None:
    keeper, question = hall.cast.own.keeper, asked[0]
    if state == "explored":
        questions.explore_question(question=question, by=keeper)
    if state == "provisional":
        questions.answer_provisionally(question=question, answer="Eerst dit.", by=keeper)
    fields = ("state", "wording", "answer", "drop_reason", "drop_note", "code")
    before = LearningQuestion.objects.values(*fields).get(pk=question.pk)
    round_ = hall.round(RoundKind.WALK)
    actions.walk(round=round_, question=question, verdict=verdict, by=keeper, answer="Misschien zo.", note="Klaar")
    assert now(question)[0] == str(verdict)
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert LearningQuestion.objects.values(*fields).get(pk=question.pk) == before
    assert not Walked.objects.exists()
    if before["state"] != str(verdict):
        assert list(question.state_changes.values_list("after", flat=True))[-2:] == [str(verdict), state]


def test_an_answer_that_was_written_anew_since_is_not_undone(hall: Hall, asked: list[LearningQuestion]) -> None:
    round_, question = hall.round(RoundKind.WALK), asked[0]
    actions.walk(round=round_, question=question, verdict=Verdict.PROVISIONAL, by=hall.lead, answer="Misschien zo.")
    questions.answer_provisionally(question=question, answer="Beter zo.", by=hall.lead)
    with pytest.raises(Refused):
        actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    question.refresh_from_db()
    assert (question.state, question.answer) == ("provisional", "Beter zo.")


def test_what_changed_since_is_not_undone_and_another_verdict_needs_an_undo(
    hall: Hall, asked: list[LearningQuestion]
) -> None:
    round_, question = hall.round(RoundKind.WALK), asked[0]
    actions.walk(round=round_, question=question, verdict=Verdict.REWORDED, by=hall.lead, wording="Anders?")
    with pytest.raises(Refused):
        actions.walk(round=round_, question=question, verdict=Verdict.ALIVE, by=hall.lead)
    question.refresh_from_db()
    questions.reword_question(question=question, wording="Weer anders?", by=hall.lead, revision=question.revision)
    with pytest.raises(Refused):
        actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert now(question) == ("on agenda", "Weer anders?")


def test_letting_go_is_for_the_keeper_and_the_round_must_be_open(hall: Hall, asked: list[LearningQuestion]) -> None:
    round_ = hall.round(RoundKind.WALK)
    with pytest.raises(Refused):
        actions.walk(round=round_, question=asked[0], verdict=Verdict.DROPPED, by=hall.lead)
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.walk(round=round_, question=asked[0], verdict=Verdict.ALIVE, by=hall.lead)
    assert now(asked[0]) == ("on agenda", "Vraag 0?")


def test_the_version_is_set_in_front_of_everyone_and_stays(
    hall: Hall, asked: list[LearningQuestion], facts_named: Facts
) -> None:
    round_ = hall.round(RoundKind.SET_VERSION)
    revision = Agenda.objects.get().revision
    with pytest.raises(PermissionDenied):
        actions.set_version_of_room(round=round_, by=hall.lead, revision=revision)
    version = actions.set_version_of_room(round=round_, by=hall.cast.own.keeper, revision=revision)
    assert (version.meeting, version.entries.count()) == (hall.meeting, 3)
    assert facts_named("VersionSetInRoom")[0]["version_id"] == version.pk
    assert projector_view(hall.room).version_number == version.number
    with pytest.raises(Refused):
        actions.undo(step=last_step(hall.room), by=hall.cast.own.keeper)  # type: ignore[arg-type]
    assert AgendaVersion.objects.count() == 1


def test_groups_present_in_turn_and_each_hears_a_word(hall: Hall, facts_named: Facts) -> None:
    own = hall.cast.own
    first, second = (groups.form_group(community=own.community, name=name, by=own.lead) for name in ("Een", "Twee"))
    round_ = hall.round(RoundKind.PRESENT)
    one = actions.put_presentation(round=round_, group=first, by=hall.lead, minutes=4)
    two = actions.put_presentation(round=round_, group=second, by=hall.lead, position=1)
    assert list(Presentation.objects.values_list("group", "position")) == [(second.pk, 1), (first.pk, 2)]
    seat = hall.seat(own.member)
    with pytest.raises(Refused):
        hall.post(round_, seat, "Mooi", PostKind.FEEDBACK)
    actions.begin_presentation(presentation=two, by=hall.lead)
    heard = hall.post(round_, seat, "Mooi", PostKind.FEEDBACK)
    assert heard.about_group == second
    actions.begin_presentation(presentation=one, by=hall.lead)
    two.refresh_from_db()
    round_.refresh_from_db()
    assert two.done_at is not None
    assert round_.ends_at is not None
    actions.end_presentation(presentation=one, by=hall.lead)
    shown = [(row.group, row.is_on, row.is_done, row.words) for row in projector_view(hall.room).presentations]
    assert shown == [("Twee", False, True, 1), ("Een", False, True, 0)]
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert Presentation.objects.get(pk=one.pk).is_on
    with pytest.raises(Refused):
        actions.remove_presentation(presentation=one, by=hall.lead)
    assert [len(facts_named(f"Presentation{name}")) for name in ("Put", "Begun", "Ended", "Removed")] == [2, 2, 1, 0]


def test_a_group_is_taken_off_the_list_and_put_back(hall: Hall) -> None:
    own = hall.cast.own
    group = groups.form_group(community=own.community, name="Een", by=own.lead)
    row = actions.put_presentation(round=hall.round(RoundKind.PRESENT), group=group, by=hall.lead)
    actions.remove_presentation(presentation=row, by=hall.lead)
    assert not Presentation.objects.exists()
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert list(Presentation.objects.values_list("pk", "group")) == [(row.pk, group.pk)]
    elsewhere = groups.form_group(community=hall.cast.other.community, name="Ander", by=hall.cast.other.lead)
    with pytest.raises(Refused):
        actions.put_presentation(round=row.round, group=elsewhere, by=hall.lead)
