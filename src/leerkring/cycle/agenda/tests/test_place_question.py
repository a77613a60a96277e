from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.cycle.agenda import actions, queries
from leerkring.cycle.agenda.codes import code_of, number_of
from leerkring.cycle.agenda.enums import Origin
from leerkring.cycle.agenda.models import Agenda
from leerkring.cycle.agenda.tests.conftest import Place, SetVersion
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_codes_run_from_a_to_z_and_on() -> None:
    assert [code_of(number) for number in (1, 2, 26, 27, 28, 52, 53, 702, 703)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    assert [number_of(code_of(number)) for number in range(1, 1000)] == list(range(1, 1000))


def test_each_gets_the_next_letter_for_life(
    cast: Cast, place: Place, agenda: Callable[[], Agenda], facts: Callable[[], list[str]]
) -> None:
    one, two = place("Eén?"), place("Twee?")
    assert (one.code, one.state, two.code) == ("A", QuestionState.ON_AGENDA, "B")
    assert facts() == ["QuestionRaised", "AgendaOpened", "QuestionPlaced", "QuestionRaised", "QuestionPlaced"]
    actions.take_off(question=one, by=cast.own.keeper)
    assert (one.code, one.state) == ("A", QuestionState.SHARPENED)
    assert place("Drie?").code == "C"
    actions.place_question(question=one, by=cast.own.keeper)
    assert (one.code, agenda().last_code_number) == ("A", 3)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["B", "C", "A"]
    assert facts()[5] == "QuestionTakenOff"


def test_each_programme_has_letters_of_its_own(cast: Cast, place: Place) -> None:
    place()
    other = cast.other
    question = questions.raise_question(community=other.community, wording="Elders?", by=other.member)
    assert actions.place_question(question=question, by=other.keeper).code == "A"


def test_facilitators_place_members_do_not(cast: Cast) -> None:
    own = cast.own
    question = questions.raise_question(community=own.community, wording="Hoe?", by=own.member)
    for person in (own.member, own.follower, cast.other.lead, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.place_question(question=question, by=person)
    assert queries.agenda_of(own.community) is None
    assert actions.place_question(question=question, by=own.facilitator).code == "A"


def test_what_blocks_a_change_is_placed_by_whoever_asks_it(cast: Cast) -> None:
    own = cast.own
    question = questions.raise_question(community=own.community, wording="Wie?", by=own.member, origin=Origin.BLOCK)
    assert actions.place_question(question=question, by=own.member, origin=Origin.BLOCK).code == "A"
    with pytest.raises(PermissionDenied):
        actions.place_question(question=question, by=own.follower, origin=Origin.BLOCK)


def test_only_what_waits_is_placed_and_only_once(cast: Cast, place: Place) -> None:
    keeper = cast.own.keeper
    question = place()
    with pytest.raises(Refused):
        actions.place_question(question=question, by=keeper)
    questions.drop_question(question=question, reason=DropReason.NAMED, by=keeper)
    with pytest.raises(Refused):
        actions.place_question(question=question, by=keeper)


def test_what_was_set_is_not_taken_off(cast: Cast, place: Place, set_version: SetVersion) -> None:
    question, fresh = place("Eén?"), None
    set_version()
    fresh = place("Twee?")
    with pytest.raises(Refused):
        actions.take_off(question=question, by=cast.own.keeper)
    with pytest.raises(PermissionDenied):
        actions.take_off(question=fresh, by=cast.own.facilitator)
    actions.take_off(question=fresh, by=cast.own.keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["A"]


def test_what_was_let_go_and_put_back_stands_where_it_stood(cast: Cast, place: Place) -> None:
    keeper = cast.own.keeper
    one, _two = place("Eén?"), place("Twee?")
    questions.drop_question(question=one, reason=DropReason.NAMED, by=keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["B"]
    questions.reopen_question(question=one, by=keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["A", "B"]


def test_what_comes_back_after_a_version_stands_last(cast: Cast, place: Place, set_version: SetVersion) -> None:
    keeper = cast.own.keeper
    one, _two = place("Eén?"), place("Twee?")
    questions.answer_question(question=one, answer="Zo.", by=keeper)
    set_version()
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["B"]
    questions.reopen_question(question=one, by=keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["B", "A"]
    actions.move_question(question=one, position=1, by=keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["A", "B"]


def test_moved_up_down_and_too_far(cast: Cast, place: Place, facts: Callable[[], list[str]]) -> None:
    one, two, three = place("Eén?"), place("Twee?"), place("Drie?")
    for question, position, order in (
        (three, 1, "CAB"),
        (three, 2, "ACB"),
        (one, 99, "CBA"),
        (two, 0, "BCA"),
    ):
        actions.move_question(question=question, position=position, by=cast.own.keeper)
        assert "".join(q.code or "" for q in queries.draft_of(cast.own.community)) == order
    assert facts()[-1] == "QuestionMoved"
    with pytest.raises(PermissionDenied):
        actions.move_question(question=one, position=1, by=cast.own.facilitator)
    questions.drop_question(question=one, reason=DropReason.NAMED, by=cast.own.keeper)
    with pytest.raises(Refused):
        actions.move_question(question=one, position=1, by=cast.own.keeper)


def test_split_and_merge_get_their_letters_in_the_same_place(cast: Cast, place: Place) -> None:
    keeper = cast.own.keeper
    one, two, three = place("Eén?"), place("Twee?"), place("Drie?")
    left, right = actions.split_on_agenda(question=two, wordings=["Links?", "Rechts?"], by=keeper)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["A", "D", "E", "C"]
    merged = actions.merge_on_agenda(questions=[three, right], wording="Samen?", by=keeper)
    assert (left.code, right.code, merged.code, merged.origin) == ("D", "E", "F", Origin.SUCCESSION)
    assert [q.code for q in queries.draft_of(cast.own.community)] == ["A", "D", "F"]
    assert one.code == "A"


def test_what_does_not_stand_on_the_draft_is_split_without_letters(cast: Cast) -> None:
    own = cast.own
    question = questions.raise_question(community=own.community, wording="Hoe?", by=own.member)
    parts = actions.split_on_agenda(question=question, wordings=["Links?", "Rechts?"], by=own.keeper)
    assert [part.code for part in parts] == [None, None]


def test_buttons(cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    question = questions.raise_question(community=own.community, wording="Hoe?", by=own.member)
    base = f"/eigen/agenda/questions/{question.pk}"
    assert client_of(own.member).post(f"{base}/place/").status_code == 403
    assert client_of(None).post(f"{base}/place/").status_code == 302
    answer = client_of(own.facilitator).post(f"{base}/place/", {"next": "https://elders.example/"})
    assert answer["Location"] == f"/eigen/agenda/draft/#q{question.pk}"
    question.refresh_from_db()
    assert question.code == "A"
    keeper = client_of(own.keeper)
    assert "al" not in keeper.post(f"{base}/move/", {"position": "1"})["Location"]
    assert keeper.post(f"{base}/move/", {"position": "hoog"}).status_code == 302
    assert client_of(own.facilitator).post(f"{base}/move/", {"position": "1"}).status_code == 403
    assert client_of(own.facilitator).post(f"{base}/take-off/").status_code == 403
    assert keeper.post(f"{base}/take-off/").status_code == 302
    question.refresh_from_db()
    assert question.state == QuestionState.SHARPENED


def test_forms_to_split_and_merge(cast: Cast, place: Place, client_of: Callable[..., Client]) -> None:
    own = cast.own
    one, two = place("Eén?"), place("Twee?")
    keeper = client_of(own.keeper)
    split, merge = f"/eigen/agenda/questions/{one.pk}/split/", "/eigen/agenda/merge/"
    for url in (split, merge):
        assert client_of(own.facilitator).get(url).status_code == 403
        assert keeper.get(url).status_code == 200
        assert keeper.post(url, {}).status_code == 422
    assert keeper.post(split, {"one": "Zelfde?", "two": "zelfde?"}).status_code == 422
    assert keeper.post(split, {"one": "Links?", "two": "Rechts?"}).status_code == 302
    ids = [question.pk for question in queries.draft_of(own.community)]
    assert keeper.post(merge, {"questions": ids[:1], "wording": "Samen?"}).status_code == 422
    assert keeper.post(merge, {"questions": [*ids[1:], 999999], "wording": "Samen?"}).status_code == 422
    assert keeper.post(merge, {"questions": ids[1:], "wording": "Samen?"}).status_code == 302
    assert [q.code for q in queries.draft_of(own.community)] == ["C", "E"]
    assert two.pk in ids


@pytest.mark.parametrize("end", ["place", "take-off", "move"])
def test_a_question_of_another_programme_is_not_here(
    cast: Cast, place: Place, client_of: Callable[..., Client], end: str
) -> None:
    other = cast.other
    question = questions.raise_question(community=other.community, wording="Elders?", by=other.member)
    place()
    assert client_of(cast.own.lead).post(f"/eigen/agenda/questions/{question.pk}/{end}/").status_code == 404
    assert client_of(cast.own.lead).get(f"/eigen/agenda/questions/{question.pk}/split/").status_code == 404
    assert client_of(other.lead).post(f"/eigen/agenda/questions/{question.pk}/{end}/").status_code == 404
