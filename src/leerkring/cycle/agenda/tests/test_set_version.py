import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.cycle.agenda import actions, queries
from leerkring.cycle.agenda.actions import AlreadySet
from leerkring.cycle.agenda.enums import Origin, VersionState
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.agenda.tests.conftest import Place, SetVersion
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.enums import DropReason, QuestionState
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_version_holds_everything_as_it_is_now(
    cast: Cast, place: Place, set_version: SetVersion, facts: Callable[[], list[str]]
) -> None:
    own = cast.own
    theme = questions.put_theme(community=own.community, name="Inkoop", by=own.keeper)
    one, two = place("Eén?"), place("Twee?")
    questions.change_theme_of_question(question=one, theme=theme, by=own.keeper)
    questions.give_owner(question=one, owner=own.member, by=own.keeper)
    questions.give_owner(question=two, owner_unit=own.units[0], by=own.keeper)
    meeting = own.meeting(days=0, title="Werkplaats 1")
    version = set_version(meeting=meeting, decision="", note=" Samen gedaan. ", label=Label.PUBLIC)
    version.refresh_from_db()
    assert (version.number, version.state, version.meeting, version.meeting_title, version.note) == (
        1,
        VersionState.SET,
        meeting,
        "Werkplaats 1",
        "Samen gedaan.",
    )
    assert (version.set_by, version.set_by_name, version.set_on, version.label, version.stubborn_after) == (
        own.keeper,
        own.keeper.name,
        clock.today(),
        Label.PUBLIC,
        3,
    )
    entries = list(version.entries.all())
    assert [(e.code, e.position, e.is_listed, e.wording, e.theme_name, e.theme_position) for e in entries] == [
        ("A", 1, True, "Eén?", "Inkoop", 1),
        ("B", 2, True, "Twee?", "", None),
    ]
    assert [(e.owner_name, e.owner_is_unit, e.open_count, e.origin) for e in entries] == [
        (own.member.name, False, 1, Origin.PERSON),
        ("Ruimte", True, 1, Origin.PERSON),
    ]
    assert facts()[-1] == "VersionSet"


def test_no_later_edit_changes_it(cast: Cast, place: Place, set_version: SetVersion) -> None:
    own = cast.own
    question = place("Eén?")
    version = set_version()
    questions.reword_question(question=question, wording="Anders?", by=own.keeper, revision=1)
    questions.give_owner(question=question, owner=own.lead, by=own.keeper)
    questions.answer_question(question=question, answer="Zo.", by=own.keeper)
    entry = AgendaVersion.objects.get(pk=version.pk).entries.get()
    assert (entry.wording, entry.owner_name, entry.state, entry.answer) == ("Eén?", "", "on agenda", "")


def test_the_database_itself_refuses_change(cast: Cast, place: Place, set_version: SetVersion) -> None:
    place()
    version = set_version()
    attempts: list[Callable[[], object]] = [
        lambda: AgendaEntry.objects.update(wording="Vervalst?"),
        lambda: AgendaEntry.objects.filter(version=version).delete(),
        lambda: AgendaVersion.objects.update(number=7),
        lambda: AgendaVersion.objects.update(note="Vervalst"),
        lambda: AgendaVersion.objects.filter(pk=version.pk).update(set_on=clock.today() - timedelta(days=9)),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="a set version stays as it is"), transaction.atomic():
            attempt()
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="a set version stays as it is"), transaction.atomic():
            cursor.execute("DELETE FROM agenda_agendaentry")
        with pytest.raises(DatabaseError, match="a set version stays as it is"), transaction.atomic():
            cursor.execute("DELETE FROM agenda_agendaversion")
    assert AgendaEntry.objects.get().wording == "Hoe doen we dat?"


def test_the_next_version_supersedes_it(cast: Cast, place: Place, set_version: SetVersion) -> None:
    place()
    set_version()
    set_version()
    assert [(v.number, v.state) for v in AgendaVersion.objects.all()] == [(1, "superseded"), (2, "set")]


def test_answered_is_listed_once_and_what_left_is_kept_with_its_reason(
    cast: Cast, place: Place, set_version: SetVersion
) -> None:
    keeper = cast.own.keeper
    answered, dropped, split, one, two = (place(f"Vraag {n}?") for n in range(5))
    set_version()
    questions.answer_question(question=answered, answer="Zo.", by=keeper)
    questions.drop_question(question=dropped, reason=DropReason.HANDED_OVER, note="Aan Inkoop.", by=keeper)
    actions.split_on_agenda(question=split, wordings=["Links?", "Rechts?"], by=keeper)
    actions.merge_on_agenda(questions=[one, two], wording="Samen?", by=keeper)
    second, third = set_version(), set_version()
    rows = {e.code: e for e in second.entries.all()}
    assert [code for code, e in rows.items() if e.is_listed] == ["A", "F", "G", "H"]
    assert (rows["A"].state, rows["A"].answer, rows["A"].closed_in) == ("answered", "Zo.", 2)
    assert (rows["B"].state, rows["B"].drop_reason, rows["B"].drop_note, rows["B"].closed_in) == (
        "dropped",
        "handed over",
        "Aan Inkoop.",
        2,
    )
    assert (rows["C"].state, rows["C"].went_to, rows["F"].came_from) == ("split", ["F", "G"], ["C"])
    assert (rows["D"].went_to, rows["E"].went_to, rows["H"].came_from) == (["H"], ["H"], ["D", "E"])
    later = {e.code: e for e in third.entries.all()}
    assert [code for code, e in later.items() if e.is_listed] == ["F", "G", "H"]
    assert (later["A"].state, later["A"].closed_in) == ("answered", 2)


def test_streaks_count_versions_in_a_row(cast: Cast, place: Place, set_version: SetVersion) -> None:
    """A reword does not end a streak; a provisional answer does (rule 4)."""
    keeper = cast.own.keeper
    steady, wavering = place("Eén?"), place("Twee?")
    set_version()
    questions.reword_question(question=steady, wording="Anders?", by=keeper, revision=1)
    questions.answer_provisionally(question=wavering, answer="Misschien.", by=keeper)
    set_version()
    questions.explore_question(question=wavering, by=keeper)
    last = set_version()
    counts = {code: [e.open_count for e in AgendaEntry.objects.filter(code=code).order_by("version")] for code in "AB"}
    assert counts == {"A": [1, 2, 3], "B": [1, 0, 1]}
    assert [entry.code for entry in last.entries.select_related("version") if entry.is_stubborn] == ["A"]


def test_the_number_for_stubborn_is_that_of_the_day(
    cast: Cast, place: Place, set_version: SetVersion, agenda: Callable[[], Agenda]
) -> None:
    place()
    set_version()
    before = set_version()
    actions.set_stubborn_after(agenda=agenda(), stubborn_after=2, by=cast.own.keeper)
    after = set_version()
    stubborn = [v.entries.select_related("version").get().is_stubborn for v in (before, after)]
    assert stubborn == [False, True]
    for number in (0, 10):
        with pytest.raises(Refused):
            actions.set_stubborn_after(agenda=agenda(), stubborn_after=number, by=cast.own.keeper)
    with pytest.raises(PermissionDenied):
        actions.set_stubborn_after(agenda=agenda(), stubborn_after=2, by=cast.own.facilitator)


def test_only_keeper_and_team_set_it(cast: Cast, place: Place, set_version: SetVersion) -> None:
    own = cast.own
    place()
    for person in (own.facilitator, own.member, own.follower, cast.other.keeper, cast.outsider):
        with pytest.raises(PermissionDenied):
            set_version(by=person)
    assert not AgendaVersion.objects.exists()
    assert set_version(by=own.lead).set_by == own.lead


def test_refused_without_ground(cast: Cast, place: Place, set_version: SetVersion) -> None:
    own = cast.own
    with pytest.raises(Refused):
        actions.set_version(community=own.community, by=own.keeper, revision=1, decision="Leeg")
    question = place()
    unfit: list[dict[str, object]] = [
        {"decision": " "},
        {"meeting": cast.other.meeting(days=0)},
        {"meeting": own.meeting(state="cancelled")},  # type: ignore[arg-type]
        {"set_on": clock.today() + timedelta(days=1)},
    ]
    for more in unfit:
        with pytest.raises(Refused):
            set_version(**more)
    questions.drop_question(question=question, reason=DropReason.NAMED, by=own.keeper)
    with pytest.raises(Refused):
        set_version()
    assert not AgendaVersion.objects.exists()


def test_days_run_forward(cast: Cast, place: Place, set_version: SetVersion) -> None:
    place()
    assert set_version(set_on=clock.today() - timedelta(days=3)).set_on == clock.today() - timedelta(days=3)
    with pytest.raises(Refused):
        set_version(set_on=clock.today() - timedelta(days=4))
    past = cast.own.meeting(days=-30, title="Lang geleden")
    assert set_version(meeting=past, decision="").set_on == clock.today() - timedelta(days=3)


def test_a_draft_that_changed_is_looked_at_once_more(
    place: Place, set_version: SetVersion, agenda: Callable[[], Agenda]
) -> None:
    place("Eén?")
    seen = agenda().revision
    place("Twee?")
    with pytest.raises(Refused) as refusal:
        set_version(revision=seen)
    assert not isinstance(refusal.value, AlreadySet)
    assert not AgendaVersion.objects.exists()


def test_the_second_of_two_gets_a_clear_answer(
    cast: Cast, place: Place, set_version: SetVersion, agenda: Callable[[], Agenda]
) -> None:
    place()
    seen = agenda().revision
    first = set_version(revision=seen)
    with pytest.raises(AlreadySet) as already:
        set_version(by=cast.own.lead, revision=seen)
    assert already.value.version == first
    assert already.value.message == (
        f"Versie 1 is net vastgesteld door {cast.own.keeper.name}. Er is niets dubbel gedaan. Bekijk die eerst."
    )
    assert AgendaVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_set_twice_at_the_same_moment_gives_one_version(cast: Cast, place: Place, agenda: Callable[[], Agenda]) -> None:
    for number in range(5):
        place(f"Vraag {number}?")
    seen = agenda().revision
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            start.wait()
            actions.set_version(community=cast.own.community, by=cast.own.keeper, revision=seen, decision="Besluit")
            outcomes.append("set")
        except AlreadySet as already:
            outcomes.append(f"already {already.version.number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already 1", "already 1", "already 1", "set"]
    assert AgendaVersion.objects.count() == 1
    assert AgendaEntry.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_letters_given_at_the_same_moment_differ(cast: Cast, place: Place) -> None:
    own = cast.own
    place("Eerste?")
    waiting = [
        questions.raise_question(community=own.community, wording=f"Vraag {n}?", by=own.member) for n in range(6)
    ]
    start = threading.Barrier(6)

    def attempt(index: int) -> None:
        try:
            start.wait()
            actions.place_question(question=waiting[index], by=own.keeper)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(q.code or "" for q in queries.draft_of(own.community)) == ["A", "B", "C", "D", "E", "F", "G"]


def test_form_sets_and_a_double_click_gives_one(
    cast: Cast, place: Place, agenda: Callable[[], Agenda], client_of: Callable[..., Client]
) -> None:
    own = cast.own
    place()
    url = "/eigen/agenda/versions/new/"
    keeper = client_of(own.keeper)
    assert f'name="revision" value="{agenda().revision}"' in keeper.get(url).content.decode()
    form = {"decision": "Besluit", "revision": agenda().revision, "label": "programme"}
    assert keeper.post(url, form | {"decision": ""}).status_code == 422
    for _click in range(2):
        answer = keeper.post(url, form)
        assert (answer.status_code, answer["Location"]) == (302, "/eigen/agenda/versions/1/")
    other = client_of(own.lead).post(url, form | {"note": "Mijn toelichting"})
    page = other.content.decode()
    assert other.status_code == 422
    assert f"Versie 1 is net vastgesteld door {own.keeper.name}" in page
    assert "Mijn toelichting" in page
    assert AgendaVersion.objects.count() == 1


def test_form_offers_the_meeting_of_these_days(cast: Cast, place: Place, client_of: Callable[..., Client]) -> None:
    place()
    meeting = cast.own.meeting(days=-1, title="Werkplaats van gisteren")
    cast.own.meeting(days=20, title="Volgende werkplaats")
    page = client_of(cast.own.keeper).get("/eigen/agenda/versions/new/").content.decode()
    assert f'<option value="{meeting.pk}" selected>' in page


def test_form_shows_a_draft_that_changed_and_goes_on_from_there(
    cast: Cast, place: Place, agenda: Callable[[], Agenda], client_of: Callable[..., Client]
) -> None:
    place("Eén?")
    keeper = client_of(cast.own.keeper)
    form = {"decision": "Besluit", "revision": agenda().revision, "label": "programme"}
    place("Twee?")
    answer = keeper.post("/eigen/agenda/versions/new/", form)
    page = answer.content.decode()
    assert (answer.status_code, "Twee?" in page, f'value="{agenda().revision}"' in page) == (422, True, True)
    assert keeper.post("/eigen/agenda/versions/new/", form | {"revision": agenda().revision}).status_code == 302


@pytest.mark.parametrize("name", ["facilitator", "member", "follower"])
def test_form_is_for_the_keeper(cast: Cast, place: Place, client_of: Callable[..., Client], name: str) -> None:
    place()
    browser = client_of(getattr(cast.own, name))
    assert browser.get("/eigen/agenda/versions/new/").status_code == 403
    assert browser.post("/eigen/agenda/versions/new/", {"decision": "Besluit", "revision": 2}).status_code == 403
    assert not AgendaVersion.objects.exists()


def test_form_for_stubborn(
    cast: Cast, place: Place, agenda: Callable[[], Agenda], client_of: Callable[..., Client]
) -> None:
    place()
    keeper = client_of(cast.own.keeper)
    assert keeper.post("/eigen/agenda/stubborn/", {"stubborn_after": "0"}).status_code == 422
    assert keeper.post("/eigen/agenda/stubborn/", {"stubborn_after": "2"}).status_code == 302
    assert agenda().stubborn_after == 2
    assert client_of(cast.own.facilitator).post("/eigen/agenda/stubborn/", {"stubborn_after": "4"}).status_code == 403


def test_state_after_setting(place: Place, set_version: SetVersion) -> None:
    question = place()
    set_version()
    question.refresh_from_db()
    assert (question.state, question.code) == (QuestionState.ON_AGENDA, "A")
