"""What both stories stand on: days, people in place and who is who."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person, PolicyField
from leerkring.platform import clock
from leerkring.sample.cast import Member
from leerkring.sample.names import Name

HERE = ZoneInfo("Europe/Amsterdam")


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=HERE)


@contextmanager
def on(day: date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let what follows happen on this day."""
    with clock.at(moment(day, hour, minute)):
        yield


def without_accents(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@dataclass
class Stage:
    """The people of a story by key, names for the others, and the seed from which all chance comes."""

    operator: Person
    random: Random
    names: Iterator[Name]
    who: dict[str, Person] = field(default_factory=dict)

    def enter(self, member: Member, by: Person, policy_field: PolicyField | None = None) -> Person:
        self.who[member.key] = people.add_person(
            given_name=member.given_name,
            prefix=member.prefix,
            family_name=member.family_name,
            addresses=[member.address],
            policy_field=policy_field,
            by=by,
            is_sample=True,
        )
        return self.who[member.key]

    def invent(self, domain: str, *, by: Person, policy_field: PolicyField | None = None) -> Person:
        """Somebody who is not of the cast, with an address at this domain."""
        given, prefix, family = next(self.names)
        mail = without_accents(f"{given}.{prefix}{family}".lower().replace(" ", "").replace("'", ""))
        return people.add_person(
            given_name=given,
            prefix=prefix,
            family_name=family,
            addresses=[f"{mail}@{domain}"],
            policy_field=policy_field,
            by=by,
            is_sample=True,
        )

    def gather(
        self,
        community: Community,
        kind: MeetingKind,
        title: str,
        day: date,
        *,
        by: Person,
        hours: tuple[int, int] = (13, 17),
        place: str = "",
        purpose: str = "",
        label: Label = Label.PROGRAMME,
        is_open: bool = False,
        facilitator: Person | None = None,
        places_count: int | None = None,
    ) -> Meeting:
        """Plan a meeting of some hours on a day."""
        return meetings.plan_meeting(
            community=community,
            kind=kind,
            title=title,
            purpose=purpose,
            starts_at=moment(day, hours[0]),
            ends_at=moment(day, hours[1]),
            place=place,
            label=label,
            is_open=is_open,
            facilitator=facilitator or by,
            places_count=places_count,
            by=by,
        )

    def hold(self, meeting: Meeting, present: dict[Person, int | None], *, by: Person) -> Meeting:
        """Hold it, with who was there: None is the whole time, a number the minutes."""
        meetings.expect_people(meeting=meeting, people=list(present), by=by)
        meetings.move_meeting(meeting=meeting, state=MeetingState.HELD, by=by)
        notes = [
            meetings.Noted(person, Presence.PRESENT if minutes is None else Presence.PARTLY, minutes)
            if minutes != 0
            else meetings.Noted(person, Presence.EXCUSED, None)
            for person, minutes in present.items()
        ]
        meetings.note_attendances(meeting=meeting, notes=notes, by=by)
        meeting.refresh_from_db()
        return meeting
