from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Door, Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.formats.werkplaats.queries import desk_view
from leerkring.platform import clock
from tests.cast import Cast

JSON = {"accept": "application/json"}


@pytest.fixture
def room(cast: Cast) -> Room:
    """A room whose first question can be answered from now until an hour before the meeting."""
    meeting = cast.own.meeting(days=7)
    made = actions.prepare_room(meeting=meeting, by=cast.own.facilitator)
    round_ = raising(made)
    actions.change_round(round=round_, by=cast.own.facilitator, deadline_at=meeting.starts_at - timedelta(hours=1))
    return made


def raising(room: Room) -> Round:
    return room.rounds.get(kind=RoundKind.RAISE)


def address(room: Room, name: str) -> str:
    return f"/eigen/meetings/{room.meeting_id}/early/{name}/"


def browser_of(person: Person) -> Client:
    browser = Client()
    assert person.account
    browser.force_login(person.account)
    return browser


def test_people_of_the_programme_bring_in_and_take_back_before_the_meeting(cast: Cast, room: Room) -> None:
    browser = browser_of(cast.own.member)
    page = browser.get(address(room, "now")).content.decode()
    assert raising(room).title in page
    assert "Open tot" in page
    assert Seat.objects.count() == 0, "looking takes no place"
    fields = {"round": raising(room).pk, "kind": "question", "text": "Hoe dan?", "key": uuid4()}
    answer = browser.post(address(room, "post"), fields)
    assert (answer.status_code, answer["Location"]) == (302, "../now/")
    assert browser.post(address(room, "post"), fields, headers=JSON).status_code == 200
    post = Post.objects.get()
    assert "Hoe dan?" in browser.get(address(room, "now")).content.decode()
    mine = browser_of(cast.own.member).get(address(room, "mine"), headers=JSON).json()
    assert (mine["round"], "Hoe dan?" in mine["parts"]["sent"]) == (raising(room).pk, True), "on another device too"
    assert browser_of(cast.own.follower).post(address(room, "take-back"), {"post": post.pk}).status_code == 403
    assert browser.post(address(room, "take-back"), {"post": post.pk}).status_code == 302
    post.refresh_from_db()
    assert post.taken_back_at is not None


def test_after_the_deadline_it_is_over(cast: Cast, room: Room) -> None:
    browser = browser_of(cast.own.member)
    with clock.at(room.meeting.starts_at - timedelta(minutes=30)):
        assert "Je bent binnen" in browser.get(address(room, "now")).content.decode()
        fields = {"round": raising(room).pk, "kind": "question", "text": "Te laat?", "key": uuid4()}
        page = browser.post(address(room, "post"), fields)
        assert page.status_code == 422
    assert Post.objects.count() == 0


def test_once_it_has_begun_the_way_in_is_the_code(cast: Cast, room: Room) -> None:
    actions.begin_room(room=room, by=cast.own.facilitator)
    room.meeting.refresh_from_db()
    assert room.meeting.state == MeetingState.LIVE
    answer = browser_of(cast.own.member).get(address(room, "now"))
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{room.meeting.door.code}/")


def test_others_and_other_rounds_stay_out(cast: Cast, room: Room) -> None:
    assert browser_of(cast.other.member).get(address(room, "now")).status_code == 404
    assert Client().get(address(room, "now")).status_code == 302
    browser = browser_of(cast.own.member)
    closed = room.rounds.exclude(kind=RoundKind.RAISE).earliest("pk")
    fields = {"round": closed.pk, "kind": "question", "text": "Hoe?", "key": uuid4()}
    assert browser.post(address(room, "post"), fields).status_code == 422
    assert browser.post(address(room, "post"), {**fields, "round": 0}).status_code == 404
    assert Post.objects.count() == 0


def test_who_brought_something_in_before_is_not_yet_in_the_hall(cast: Cast, room: Room) -> None:
    browser = browser_of(cast.own.member)
    browser.post(
        address(room, "post"), {"round": raising(room).pk, "kind": "question", "text": "Hoe dan?", "key": uuid4()}
    )
    actions.begin_room(room=room, by=cast.own.facilitator)
    code = Door.objects.get(meeting=room.meeting).code
    assert (Seat.objects.count(), desk_view(room).presence.count) == (1, 0)
    for _again in range(2):
        browser.post(f"/w/{code}/")
        assert (Seat.objects.count(), desk_view(room).presence.count) == (1, 1)
