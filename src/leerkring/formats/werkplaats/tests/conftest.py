"""A hall for the tests: one room that has begun, its run, and people at seats."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, RoundKind
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast, join, make_person


@dataclass
class Hall:
    cast: Cast
    meeting: Meeting
    room: Room
    devices: dict[int, str] = field(default_factory=dict)

    @property
    def lead(self) -> Person:
        return self.cast.own.facilitator

    def seat(self, person: Person | None = None, *, device: str = "", name: str = "") -> Seat:
        device = (device or f"device-{len(self.devices)}").ljust(32, "-")
        code = self.meeting.door.code
        seat = meetings.check_in(meeting=self.meeting, code=code, device=device, by=person, name=name)
        self.devices[seat.pk] = device
        return seat

    def member(self, name: str) -> Person:
        person = make_person(name)
        join(person, self.cast.own.community, organisation=self.cast.own.organisation, unit=self.cast.own.units[0])
        return person

    def round(self, kind: RoundKind, *, is_open: bool = True, **values: object) -> Round:
        made = actions.add_round(room=self.room, kind=kind, by=self.lead, **values)  # type: ignore[arg-type]
        return actions.open_round(round=made, by=self.lead) if is_open else made

    def post(
        self,
        round_: Round,
        seat: Seat,
        text: str = "Hoe dan?",
        kind: PostKind = PostKind.QUESTION,
        key: UUID | None = None,
    ) -> Post:
        return actions.post(round=round_, seat=seat, key=key or uuid4(), text=text, kind=kind)


def make_hall(cast: Cast, *, is_screened: bool = False) -> Hall:
    meeting = cast.own.meeting(days=0)
    room = actions.prepare_room(meeting=meeting, by=cast.own.facilitator, is_screened=is_screened)
    actions.begin_room(room=room, by=cast.own.facilitator)
    meetings.admit_guests(meeting=meeting, by=cast.own.facilitator, is_on=True)
    meeting = Meeting.objects.select_related("door", "community").get(pk=meeting.pk)
    return Hall(cast, meeting, Room.objects.select_related("meeting__community").get(pk=room.pk))


@pytest.fixture
def hall(cast: Cast) -> Hall:
    return make_hall(cast)


@pytest.fixture
def facts_named() -> Callable[[str], list[dict[str, object]]]:
    """The contents of all facts of this name, with who did it."""

    def read(name: str) -> list[dict[str, object]]:
        return [{"by_id": row.by_id, **row.ids} for row in FactRow.objects.filter(name=name).order_by("id")]

    return read


@pytest.fixture
def queries_in() -> Callable[[], object]:
    """`with queries_in() as statements:` what the block asks of the database, without the frames of transactions."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        statements: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield statements
        frames = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
        statements += [entry["sql"] for entry in captured if not entry["sql"].startswith(frames)]

    return count
