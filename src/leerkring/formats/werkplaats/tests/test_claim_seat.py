from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Placing, Point, Reply, Wish
from leerkring.formats.werkplaats.tests.conftest import Hall

Facts = Callable[[str], list[dict[str, object]]]
Committed = Callable[..., Any]


def test_what_a_guest_said_is_theirs_after_signing_in(hall: Hall, facts_named: Facts) -> None:
    member, guest = hall.cast.own.member, hall.seat(name="Sam")
    raised = hall.round(RoundKind.RAISE)
    post = hall.post(raised, guest)
    table = actions.put_table(room=hall.room, name="Inkoop", by=hall.lead)
    actions.place(room=hall.room, table=table, seat=guest, by=hall.lead)
    wish = hall.round(RoundKind.WISH)
    actions.wish(round=wish, seat=guest, tables=[table])
    actions.claim(seat=guest, by=member)
    post.refresh_from_db()
    assert (post.seat, post.voter) == (guest, f"person:{member.pk}")
    assert Wish.objects.get().voter == f"person:{member.pk}"
    assert Placing.objects.filter(seat__isnull=True, person=member).count() == Placing.objects.count() == 1
    assert facts_named("VoicesJoined") == [{"by_id": None, "room_id": hall.room.pk}]


def test_by_the_door_it_is_the_same_right_after(hall: Hall, committed: Committed) -> None:
    guest = hall.seat(device="phone")
    post = hall.post(hall.round(RoundKind.RAISE), guest)
    with committed():
        meetings.check_in(
            meeting=hall.meeting, code=hall.meeting.door.code, device=hall.devices[guest.pk], by=hall.cast.own.member
        )
    post.refresh_from_db()
    assert post.voter == f"person:{hall.cast.own.member.pk}"


def test_when_nobody_was_told_the_closing_of_the_round_does_it(hall: Hall) -> None:
    guest = hall.seat(device="phone")
    post = hall.post(hall.round(RoundKind.RAISE), guest)
    meetings.claim_seat(seat=guest, by=hall.cast.own.member)
    post.refresh_from_db()
    assert post.voter == f"seat:{guest.pk}"
    actions.close_round(round=post.round, by=hall.lead)
    post.refresh_from_db()
    assert post.voter == f"person:{hall.cast.own.member.pk}"


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_guest_and_member_in_one_keep_one_budget_and_the_last_word(hall: Hall, is_anonymous: bool) -> None:
    member = hall.seat(hall.cast.own.member)
    guest = hall.seat()
    raised = hall.round(RoundKind.RAISE)
    one, other = hall.post(raised, member), hall.post(raised, guest)
    round_ = hall.round(RoundKind.POINTS, budget=3, is_anonymous=is_anonymous)
    actions.give_points(round=round_, seat=member, target=one, count=2)
    actions.give_points(round=round_, seat=guest, target=one, count=1)
    actions.give_points(round=round_, seat=guest, target=other, count=2)
    actions.claim(seat=guest, by=hall.cast.own.member)
    voter = round_.voter_of(member)
    assert dict(Point.objects.values_list("post", "count")) == {one.pk: 1, other.pk: 2}
    assert set(Point.objects.values_list("voter", flat=True)) == {voter}


def test_the_later_reply_and_the_later_wishes_stay(hall: Hall) -> None:
    member, guest = hall.seat(hall.cast.own.member), hall.seat()
    tables = [actions.put_table(room=hall.room, name=name, by=hall.lead) for name in ("A", "B")]
    wish = hall.round(RoundKind.WISH)
    actions.wish(round=wish, seat=member, tables=tables)
    actions.wish(round=wish, seat=guest, tables=tables[1:])
    look_back = hall.round(RoundKind.LOOK_BACK)
    ask = actions.put_ask(round=look_back, text="Hoe was het?", by=hall.lead)
    actions.reply(ask=ask, seat=guest, number=2)
    actions.reply(ask=ask, seat=member, number=5)
    actions.claim(seat=guest, by=hall.cast.own.member)
    assert list(Wish.objects.values_list("table", "rank")) == [(tables[1].pk, 1)]
    assert [reply.number for reply in Reply.objects.all()] == [5]


def test_who_comes_in_goes_on_to_the_room(hall: Hall, client_of: Callable[[Person | None], Client]) -> None:
    code, browser = hall.meeting.door.code, client_of(None)
    assert browser.post(f"/w/{code}/", {"name": "Sam"})["Location"] == f"/w/{code}/now/"
    answer = browser.get(f"/w/{code}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{code}/now/")
    assert browser.get(f"/w/{code}/now/").status_code == 200
    meetings.put_out(seat=Seat.objects.get(), by=hall.lead)
    assert browser.get(f"/w/{code}/now/")["Location"] == f"/w/{code}/"
    assert "De begeleider heeft deze plaats gesloten" in browser.get(f"/w/{code}/").content.decode()
