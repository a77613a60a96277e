from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings import actions as meetings
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, PostState, RoundKind
from leerkring.formats.werkplaats.models import Post
from leerkring.formats.werkplaats.tests.conftest import Hall, make_hall
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

Facts = Callable[[str], list[dict[str, object]]]
Queries = Callable[[], AbstractContextManager[list[str]]]


def test_a_post_has_its_text_its_seat_and_one_fact(hall: Hall, facts_named: Facts) -> None:
    round_ = hall.round(RoundKind.RAISE)
    seat = hall.seat(hall.cast.own.member)
    made = hall.post(round_, seat, "  Hoe   krijgen we inkoop aan tafel? ")
    assert (made.text, made.seat, made.voter) == (
        "Hoe krijgen we inkoop aan tafel?", seat, f"person:{hall.cast.own.member.pk}",
    )  # fmt: skip
    assert made.state == PostState.RELEASED
    assert facts_named("PostMade") == [
        {"by_id": hall.cast.own.member.pk, "room_id": hall.room.pk, "round_id": round_.pk, "post_id": made.pk}
    ]


def test_the_same_key_twice_is_one_post_also_when_the_round_closed(hall: Hall, facts_named: Facts) -> None:
    round_ = hall.round(RoundKind.RAISE, is_anonymous=True)
    seat, key = hall.seat(), uuid4()
    first = hall.post(round_, seat, "Eerste", key=key)
    assert hall.post(round_, seat, "Eerste", key=key) == first
    actions.close_round(round=round_, by=hall.lead)
    assert hall.post(round_, seat, "Eerste", key=key) == first
    assert Post.objects.count() == 1
    assert len(facts_named("PostMade")) == 1


def test_the_key_of_somebody_else_opens_nothing(hall: Hall) -> None:
    round_, key = hall.round(RoundKind.RAISE), uuid4()
    hall.post(round_, hall.seat(), key=key)
    with pytest.raises(PermissionDenied):
        hall.post(round_, hall.seat(), key=key)


def test_at_most_six_queries_and_no_lock_of_room_or_round(hall: Hall, queries_in: Queries) -> None:
    round_, seat = hall.round(RoundKind.RAISE, is_anonymous=True), hall.seat(hall.cast.own.member)
    with queries_in() as statements:
        hall.post(round_, seat)
    assert len(statements) <= 6, statements
    assert not [sql for sql in statements if sql.startswith("UPDATE")]
    assert not [sql for sql in statements if "FOR" in sql and "UPDATE" in sql and "meetings_seat" not in sql]


def test_what_is_screened_waits(cast: Cast) -> None:
    hall = make_hall(cast, is_screened=True)
    assert hall.post(hall.round(RoundKind.RAISE), hall.seat()).state == PostState.WAITING


@pytest.mark.parametrize(("text", "kind"), [(" ", "question"), ("x" * 301, "question"), ("Hoe?", "insight")])
def test_what_is_refused_leaves_no_trace(hall: Hall, facts_named: Facts, text: str, kind: str) -> None:
    round_, seat = hall.round(RoundKind.RAISE, takes=[PostKind.QUESTION]), hall.seat()
    with pytest.raises(Refused):
        hall.post(round_, seat, text, PostKind(kind))
    assert (Post.objects.count(), facts_named("PostMade")) == (0, [])


def test_a_closed_round_a_closed_seat_and_another_hall_take_nothing(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    elsewhere = meetings.open_door(meeting=hall.cast.own.meeting(days=1), by=hall.lead, admits_guests=True)
    stranger = meetings.check_in(meeting=elsewhere.meeting, code=elsewhere.code, device="x", by=None)
    with pytest.raises(Refused):
        hall.post(round_, stranger)
    meetings.put_out(seat=seat, by=hall.lead)
    with pytest.raises(Refused):
        hall.post(round_, seat)
    meetings.let_back_in(seat=seat, by=hall.lead)
    hall.post(round_, seat)
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        hall.post(round_, seat)
    assert Post.objects.count() == 1


def test_members_bring_in_before_the_meeting_until_the_deadline(cast: Cast) -> None:
    meeting = cast.own.meeting(days=10)
    room = actions.prepare_room(meeting=meeting, by=cast.own.facilitator)
    round_ = actions.add_round(
        room=room, kind=RoundKind.RAISE, by=cast.own.facilitator, is_anonymous=True,
        deadline_at=clock.now() + timedelta(days=5),
    )  # fmt: skip
    seat = meetings.take_seat(meeting=meeting, device="thuis", by=cast.own.member)
    made = actions.post(round=round_, seat=seat, key=uuid4(), text="Alvast dit")
    assert (made.seat_id, len(made.voter)) == (None, 64)
    assert not meeting.attendances.exists()
    actions.take_back_post(post=made, seat=seat)
    with clock.at(clock.now() + timedelta(days=6)), pytest.raises(Refused):
        actions.post(round=round_, seat=seat, key=uuid4(), text="Te laat")


def test_one_takes_back_what_is_ones_own(hall: Hall, facts_named: Facts) -> None:
    round_, seat, other = hall.round(RoundKind.RAISE), hall.seat(), hall.seat()
    made = hall.post(round_, seat)
    with pytest.raises(PermissionDenied):
        actions.take_back_post(post=made, seat=other)
    for _twice in range(2):
        actions.take_back_post(post=made, seat=seat)
    assert made.taken_back_at is not None
    assert len(facts_named("PostTakenBack")) == 1
    assert hall.post(round_, seat, key=made.key).taken_back_at is not None
