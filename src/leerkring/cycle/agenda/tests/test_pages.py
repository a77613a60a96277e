import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Label
from leerkring.cycle.agenda import actions
from leerkring.cycle.agenda.models import DraftPlace
from leerkring.cycle.agenda.queries import agenda_of
from leerkring.cycle.agenda.tests.conftest import Place, SetVersion
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.cycle.questions.models import LearningQuestion, StateChange, Wording
from leerkring.platform import clock
from tests.cast import Cast


def read(browser: Client, path: str) -> str:
    answer = browser.get(f"/eigen/agenda/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return found[1].strip()


@pytest.fixture
def two_versions(cast: Cast, place: Place, set_version: SetVersion) -> dict[str, LearningQuestion]:
    """A stays, B is reworded and public, C is answered, D is for the programme alone and split in E and F (public)."""
    keeper = cast.own.keeper
    found = {code: place(f"Vraag {code}?") for code in "ABCD"}
    questions.change_label(question=found["B"], label=Label.PUBLIC, by=keeper)
    questions.change_label(question=found["C"], label=Label.PUBLIC, by=keeper)
    questions.give_owner(question=found["B"], owner=cast.own.member, by=keeper)
    set_version(label=Label.PUBLIC)
    questions.reword_question(question=found["B"], wording="Vraag B anders?", by=keeper, revision=1)
    questions.answer_question(question=found["C"], answer="Zo doen we dat.", by=keeper)
    left, right = actions.split_on_agenda(question=found["D"], wordings=["Links?", "Rechts?"], by=keeper)
    questions.change_label(question=right, label=Label.PUBLIC, by=keeper)
    set_version(label=Label.PUBLIC)
    return found | {"E": left, "F": right}


def test_without_a_version_each_is_told_what_comes(cast: Cast, place: Place, client_of: Callable[..., Client]) -> None:
    for person in (None, cast.own.follower, cast.own.member, cast.own.keeper):
        assert heading(read(client_of(person), "")) == "Nog geen versie vastgesteld"
    place()
    assert "Stel versie 1 vast" in read(client_of(cast.own.keeper), "")
    assert "Stel versie 1 vast" not in read(client_of(cast.own.facilitator), "")
    assert "Stel versie 1 vast" not in read(client_of(cast.own.member), "")
    assert "begint met de tweede" not in read(client_of(None), "compare/")
    assert heading(read(client_of(None), "river/")) == "Nog geen versie vastgesteld"


def test_the_version_in_force(
    two_versions: dict[str, LearningQuestion], cast: Cast, client_of: Callable[..., Client]
) -> None:
    page = read(client_of(cast.own.member), "")
    assert heading(page) == "5 vragen, één net beantwoord"
    assert "Vraag B anders?" in page
    assert "Zo doen we dat." in page
    assert "Werk aan het concept" not in page
    keeper = read(client_of(cast.own.keeper), "")
    assert "Stel versie 3 vast" in keeper
    assert "Werk aan het concept" in keeper
    assert "Thema" not in heading(read(client_of(cast.own.member), "?by=theme"))


def test_the_public_sees_public_questions_and_no_names(
    two_versions: dict[str, LearningQuestion], cast: Cast, client_of: Callable[..., Client]
) -> None:
    """Absent from lists, counts, lines and codes: A, D and E are for the programme."""
    visitor = client_of(None)
    for path in ("", "versions/1/", "versions/2/", "compare/", "river/"):
        page = read(visitor, path)
        for hidden in ("Vraag A?", "Vraag D?", "Links?", cast.own.member.name, cast.own.keeper.name):
            assert hidden not in page, (path, hidden)
    assert heading(read(visitor, "")) == "3 vragen, één net beantwoord"
    assert "11 vragen" not in read(visitor, "")
    compared = read(visitor, "compare/")
    assert heading(compared) == "Van 2 naar 3 vragen"
    assert "gesplitst" not in compared
    assert "uit D" not in compared
    assert heading(read(visitor, "river/")) == "1 van de 3 vragen beantwoord"


def test_members_see_what_became_of_each_question(
    two_versions: dict[str, LearningQuestion], cast: Cast, client_of: Callable[..., Client]
) -> None:
    page = read(client_of(cast.own.member), "compare/?from=1&to=2")
    assert heading(page) == "Van 4 naar 5 vragen"
    assert "Eén vraag is beantwoord." in page
    assert "<mark>anders?</mark>" in page
    assert re.findall(r'class="fate fate--(\w+) r(\d+)"', page) == [
        ("stay", "1"),
        ("word", "2"),
        ("ans", "3"),
        ("split", "4"),
    ]
    assert re.findall(r'class="ln ln--(\w+)" d="([^"]+)"', page) == [
        ("stay", "M0 5H100"),
        ("word", "M0 15H100"),
        ("ans", "M0 25H100"),
        ("split", "M0 35H100"),
        ("split", "M0 35H8C40 35 50 45 92 45H100"),
    ]
    assert "gesplitst in E en F" in page
    assert heading(read(client_of(cast.own.member), "compare/?from=2&to=1")) == "Van 4 naar 5 vragen"


def test_a_label_that_closes_later_takes_the_question_out_of_the_past(
    two_versions: dict[str, LearningQuestion], cast: Cast, client_of: Callable[..., Client]
) -> None:
    assert "Vraag B?" in read(client_of(None), "versions/1/")
    questions.change_label(question=two_versions["B"], label=Label.PROGRAMME, by=cast.own.keeper)
    page = read(client_of(None), "versions/1/")
    assert "Vraag B?" not in page
    assert heading(page) == "1 vraag"


@pytest.mark.parametrize("path", ["versions/9/", "compare/?from=1&to=9", "compare/?from=x&to=2", "compare/?to=-1"])
def test_versions_that_are_not_there(
    two_versions: dict[str, LearningQuestion], client_of: Callable[..., Client], path: str
) -> None:
    assert client_of(None).get(f"/eigen/agenda/{path}").status_code == 404


def test_a_version_for_the_programme_is_not_there_for_the_public(
    two_versions: dict[str, LearningQuestion], set_version: SetVersion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    set_version()
    visitor = client_of(None)
    assert visitor.get("/eigen/agenda/versions/3/").status_code == 404
    assert visitor.get("/eigen/agenda/compare/?from=1&to=3").status_code == 404
    assert client_of(cast.outsider).get("/eigen/agenda/versions/3/").status_code == 404
    assert client_of(cast.own.follower).get("/eigen/agenda/versions/3/").status_code == 200
    assert "Versie 3" not in read(visitor, "")


def test_another_programme_is_not_there(cast: Cast, client_of: Callable[..., Client]) -> None:
    for path in ("", "compare/", "river/", "draft/", "versions/1/"):
        assert client_of(cast.own.lead).get(f"/ander/agenda/{path}").status_code == 404


def test_the_title_of_a_meeting_that_one_may_not_know(
    place: Place, set_version: SetVersion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    place("Open vraag?", Label.PUBLIC)
    meeting = cast.own.meeting(days=0, title="Besloten werkplaats")
    set_version(meeting=meeting, decision="", label=Label.PUBLIC)
    assert "Besloten werkplaats" in read(client_of(cast.own.follower), "")
    assert "Besloten werkplaats" not in read(client_of(None), "")


def test_the_draft_says_what_would_change(
    two_versions: dict[str, LearningQuestion], cast: Cast, client_of: Callable[..., Client]
) -> None:
    keeper = cast.own.keeper
    questions.drop_question(question=two_versions["A"], reason=DropReason.NAMED, by=keeper)
    questions.raise_question(community=cast.own.community, wording="Wacht deze?", by=cast.own.member)
    page = read(client_of(keeper), "draft/")
    assert heading(page) == "3 vragen voor versie 3"
    assert "losgelaten: benoemen was genoeg" in page
    assert "Wacht deze?" in page
    assert client_of(cast.own.member).get("/eigen/agenda/draft/").status_code == 403
    assert client_of(None).get("/eigen/agenda/draft/").status_code == 302
    assert "Zet B hoger" not in read(client_of(cast.own.facilitator), "draft/")
    assert "Zet B hoger" in page


def test_stubborn_asks_for_another_approach(
    place: Place, set_version: SetVersion, cast: Cast, client_of: Callable[..., Client]
) -> None:
    question = place("Waarom blijft het zo?")
    for _version in range(3):
        set_version()
    page = read(client_of(cast.own.member), "")
    assert "A is hardnekkig." in page
    own_page = client_of(cast.own.member).get(f"/eigen/questions/{question.pk}/").content.decode()
    assert "Hardnekkig: 3 versies op rij open" in own_page
    assert f"/eigen/questions/{question.pk}/actions/new/" in own_page
    keeper_page = client_of(cast.own.keeper).get(f"/eigen/questions/{question.pk}/").content.decode()
    assert f"/eigen/agenda/questions/{question.pk}/split/" in keeper_page
    assert "Plan een vervolg voor A" in read(client_of(cast.own.member), "river/")
    questions.put_action(question=question, text="Vraag drie teams", by=cast.own.member)
    followed = client_of(cast.own.member).get(f"/eigen/questions/{question.pk}/").content.decode()
    assert "Hardnekkig: 3 versies op rij open" not in followed
    assert "Plan een vervolg voor A" not in read(client_of(cast.own.follower), "river/")


def _many(cast: Cast, count: int) -> None:
    """Questions on the draft, as many as asked, without going through each verb."""
    own = cast.own
    agenda = agenda_of(own.community) or actions.open_agenda(community=own.community, by=own.keeper)
    first = agenda.last_code_number + 1
    made = LearningQuestion.objects.bulk_create(
        LearningQuestion(
            community=own.community,
            wording=f"Vraag {number}?",
            code=actions.code_of(number),
            state=QuestionState.ON_AGENDA,
            owner=own.member if number % 2 else None,
            raised_at=clock.now(),
        )
        for number in range(first, first + count)
    )
    DraftPlace.objects.bulk_create(
        DraftPlace(agenda=agenda, question=question, position=first + index, placed_at=clock.now())
        for index, question in enumerate(made)
    )
    Wording.objects.bulk_create(Wording(question=q, text=q.wording, at=clock.now()) for q in made)
    StateChange.objects.bulk_create(StateChange(question=q, after=q.state, at=clock.now()) for q in made)
    agenda.last_code_number = first + count - 1
    agenda.save()


@pytest.mark.parametrize(
    ("path", "name", "most"),
    [
        ("", "member", 15),
        ("", "keeper", 15),
        ("versions/1/", "member", 15),
        ("compare/", "member", 15),
        ("river/", "member", 15),
        ("draft/", "keeper", 15),
        ("versions/new/", "keeper", 15),
        ("merge/", "keeper", 15),
    ],
)
def test_pages_ask_the_database_as_often_for_3_as_for_300(
    cast: Cast, set_version: SetVersion, client_of: Callable[..., Client], path: str, name: str, most: int
) -> None:
    browser = client_of(getattr(cast.own, name))

    def counted() -> int:
        read(browser, path)
        with CaptureQueriesContext(connection) as captured:
            read(browser, path)
        return len(captured)

    _many(cast, 3)
    set_version()
    set_version()
    few = counted()
    _many(cast, 297)
    set_version()
    assert counted() == few
    assert few <= most


def test_setting_asks_the_database_as_often_for_3_as_for_300(cast: Cast, set_version: SetVersion) -> None:
    _many(cast, 3)
    with CaptureQueriesContext(connection) as few:
        set_version()
    _many(cast, 57)
    with CaptureQueriesContext(connection) as many:
        set_version()
    assert len(many) <= len(few) + 2
