import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from leerkring.community.accounts.devices import COOKIE
from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.evaluation.actions import Asked, prepare_evaluation
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.questions import actions as questions
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.actions.forming import Place
from leerkring.formats.werkplaats.enums import AskKind, PostKind, RoundKind
from leerkring.formats.werkplaats.models import Table
from leerkring.formats.werkplaats.phone_screen import screen_of
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.formats.werkplaats.tests.phones import Phone
from leerkring.platform import live
from leerkring.platform.live import topics

Queries = Callable[[], AbstractContextManager[list[str]]]
MOST = 12


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", page.content.decode())  # type: ignore[attr-defined]


def h1s(page: object) -> list[str]:
    return [re.sub("<[^>]+>", "", found) for found in re.findall(r"<h1>(.*?)</h1>", text_of(page))]


def furnish(hall: Hall, kind: RoundKind, count: int) -> None:
    """As many things to look at, for a round of this kind."""
    by, own = hall.lead, hall.cast.own
    if kind == RoundKind.POINTS:
        bring = hall.round(RoundKind.RAISE)
        for number in range(count):
            hall.post(bring, hall.seat(), f"Vraag {number}?")
    round_ = hall.round(kind, is_open=False)
    for number in range(count):
        if kind in (RoundKind.WISH, RoundKind.ANNOUNCE):
            actions.put_table(room=hall.room, name=f"Groep {number}", by=by)
        if kind == RoundKind.PRESENT:
            group = groups.form_group(community=own.community, name=f"Groep {number}", people=[own.member], by=own.lead)
            actions.put_presentation(round=round_, group=group, by=by)
        if kind == RoundKind.WALK:
            questions.raise_question(community=own.community, wording=f"Hoe {number}?", by=own.lead)
    if kind == RoundKind.LOOK_BACK:
        actions.put_ask(round=round_, text="Was het goed?", by=by)
        actions.put_ask(round=round_, text="Wat neem je mee?", by=by, kind=AskKind.LINE)
    if kind == RoundKind.PRESENT:
        actions.open_round(round=round_, by=by)
        actions.begin_presentation(presentation=round_.presentations.get(position=1), by=by)
        return
    if kind == RoundKind.ANNOUNCE:
        tables = list(Table.objects.filter(room=hall.room))
        people = [hall.member(f"Buur{number}") for number in range(count)]
        actions.apply_division(room=hall.room, places=[Place(tables[0], person=person) for person in people], by=by)
        actions.announce(room=hall.room, by=by)
    actions.open_round(round=round_, by=by)


@pytest.mark.parametrize("kind", list(RoundKind))
def test_each_round_has_its_screen_in_few_queries_however_much_there_is(
    hall: Hall, queries_in: Queries, kind: RoundKind
) -> None:
    member, guest = hall.seat(hall.cast.own.member), hall.seat(name="Wil")
    furnish(hall, kind, 3)
    for seat in (member, guest):
        phone = Phone(hall, seat)
        phone.look()
        with queries_in() as statements:
            page = phone.look()
        assert page.status_code == 200
        assert len(h1s(page)) == 1
        assert len(statements) <= MOST, "\n".join(sql[:150] for sql in statements)


@pytest.mark.parametrize("kind", [RoundKind.POINTS, RoundKind.WISH, RoundKind.ANNOUNCE])
def test_long_lists_take_no_more_queries(hall: Hall, queries_in: Queries, kind: RoundKind) -> None:
    phone = Phone(hall, hall.seat(hall.cast.own.member))
    furnish(hall, kind, 25)
    phone.look()
    with queries_in() as statements:
        phone.look()
    assert len(statements) <= MOST, "\n".join(sql[:150] for sql in statements)


def test_before_between_and_after(hall: Hall) -> None:
    phone = Phone(hall, hall.seat())
    assert h1s(phone.look()) == ["Kijk naar het grote scherm"]
    prepare_evaluation(meeting=hall.meeting, questions=[Asked("useful"), Asked("room")], by=hall.lead)
    actions.end_room(room=hall.room, by=hall.lead)
    page = phone.look()
    assert h1s(page) == ["Dank je wel, we zijn klaar"]
    assert "/sign-in/?next=%2Fw%2F" in text_of(page)
    assert f"/evaluate/here/{hall.meeting.pk}/" in text_of(page)


def test_without_a_seat_one_goes_to_the_door(hall: Hall) -> None:
    phone = Phone(hall)
    for answer in (phone.look(), phone.look("mine"), phone.plain("post")):
        assert (answer.status_code, answer["Location"]) == (302, f"/w/{phone.code}/")
    refusal = phone.send("post")
    assert (refusal.status_code, refusal.json()["join"]) == (403, f"/w/{phone.code}/")


def test_who_was_put_out_and_who_sits_elsewhere_have_no_seat_here(hall: Hall) -> None:
    seat = hall.seat()
    meetings.put_out(seat=seat, by=hall.lead)
    assert Phone(hall, seat).look().status_code == 302
    other = hall.cast.own.meeting(days=1)
    door = meetings.open_door(meeting=other, by=hall.lead, admits_guests=True)
    device = "e" * 32
    meetings.check_in(meeting=other, code=door.code, device=device, by=None)
    phone = Phone(hall)
    phone.client.cookies[COOKIE] = device
    assert phone.look().status_code == 302


def test_a_new_code_keeps_who_is_in(hall: Hall) -> None:
    phone = Phone(hall, hall.seat())
    meetings.rotate_code(meeting=hall.meeting, by=hall.lead)
    assert phone.look().status_code == 200


def test_what_is_shared_bears_nothing_personal_and_is_what_the_page_shows(hall: Hall) -> None:
    seat = hall.seat(hall.cast.own.member)
    round_ = hall.round(RoundKind.RAISE, takes=[PostKind.QUESTION])
    hall.post(round_, seat, "Alleen van mij?")
    build = topics.registry.topics["werkplaats.phone"].build
    snapshot = build(str(hall.room.pk), "nl")
    assert isinstance(snapshot, live.Snapshot)
    assert "Alleen van mij?" not in snapshot.data["html"]
    page = text_of(Phone(hall, seat).look())
    assert "Alleen van mij?" in page
    assert f'data-stamp="{snapshot.data["stamp"]}"' in page
    assert "csrfmiddlewaretoken" not in snapshot.data["html"]
    assert build("0", "nl") is None
    assert build("x-early", "nl") is None


def test_mine_is_of_the_round_that_is_on(hall: Hall) -> None:
    seat = hall.seat()
    round_ = hall.round(RoundKind.RAISE)
    hall.post(round_, seat, "Van mij?", key=uuid4())
    mine = Phone(hall, seat).mine()
    assert mine["ask"] == Phone(hall, hall.seat()).mine()["ask"] == screen_of(hall.room).ask
    assert mine["round"] == round_.pk
    assert "Van mij?" in mine["parts"]["sent"]
    assert "Van mij?" not in Phone(hall, hall.seat()).mine()["parts"]["sent"]
    hall.round(RoundKind.WELCOME)
    assert "Van mij?" not in Phone(hall, seat).mine()["parts"]["sent"]


def test_names_at_the_table_are_for_people_of_the_programme(hall: Hall) -> None:
    member, guest = hall.seat(hall.cast.own.member), hall.seat(name="Wil")
    table = actions.put_table(room=hall.room, name="Aan tafel met inkoop", by=hall.lead)
    neighbour = hall.member("Tarik")
    places = [Place(table, person=neighbour), Place(table, seat=guest), Place(table, person=hall.cast.own.member)]
    actions.apply_division(room=hall.room, places=places, by=hall.lead)
    hall.round(RoundKind.ANNOUNCE)
    assert "Tarik" not in text_of(Phone(hall, member).look())
    actions.announce(room=hall.room, by=hall.lead)
    page = text_of(Phone(hall, member).look())
    assert h1s(Phone(hall, member).look()) == ["Aan tafel met inkoop"]
    assert neighbour.name in page
    assert "Wil" in page
    page = text_of(Phone(hall, guest).look())
    assert neighbour.name not in page
    assert "Jij en nog 2 anderen." in page


def test_a_guest_who_signed_in_takes_along_what_was_said(hall: Hall) -> None:
    seat = hall.seat()
    round_ = hall.round(RoundKind.RAISE)
    phone = Phone(hall, seat)
    assert phone.says(round_, "Van een gast?").status_code == 200
    assert phone.plain("claim").status_code == 302
    phone.client.force_login(hall.cast.own.member.account)  # type: ignore[arg-type]
    assert "Dat was ik" in text_of(phone.look())
    assert phone.plain("claim").status_code == 302
    page = text_of(phone.look())
    assert "Van een gast?" in page
    assert "Dat was ik" not in page
    seat.refresh_from_db()
    assert seat.person == hall.cast.own.member
