"""A meeting as an entry in somebody's own calendar: pure, from rows that are at hand to bytes.

`UID` and `SEQUENCE` are columns of the meeting. No person stands in an entry but its one reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from leerkring.community.meetings.models import Meeting

HERE = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//Leerkring//Leerkring//NL"
HOURLY = timedelta(hours=1)


class Method(StrEnum):
    """What a mail program has to do with the entry."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True)
class Entry:
    """A meeting as one reader may see it. The page has its address; `link` is how to take part online."""

    meeting: Meeting
    url: str
    text: str = ""
    link: str = ""
    is_sure: bool = True
    """Expected there; otherwise it is an entry in pencil, that takes no time."""


def invitation(*, entry: Entry, sender: str, reader: str, at: datetime) -> bytes:
    """The entry for one reader: new, changed, or put back."""
    return _letter(entry, Method.REQUEST, sender, reader, at)


def cancellation(*, entry: Entry, sender: str, reader: str, at: datetime) -> bytes:
    """The entry goes out of the calendar of one reader: the meeting is cancelled, or goes on without them.

    One entry in one letter: of several in a CANCEL Outlook takes the first alone (docs/adr/0011).
    """
    return _letter(entry, Method.CANCEL, sender, reader, at)


def file_of(entry: Entry) -> bytes:
    """One entry to put in a calendar by oneself."""
    return _calendar([entry], Method.PUBLISH).to_ical()


def feed(*, entries: Iterable[Entry], name: str) -> bytes:
    """All entries of one person, to subscribe to. Cancelled meetings are left out: then every program drops them."""
    calendar = _calendar([entry for entry in entries if not entry.meeting.is_cancelled], Method.PUBLISH)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", HERE.key)
    calendar.add("REFRESH-INTERVAL", HOURLY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return calendar.to_ical()


def _letter(entry: Entry, method: Method, sender: str, reader: str, at: datetime) -> bytes:
    calendar = _calendar([entry], method, at)
    event = calendar.events[0]
    name, address = parseaddr(sender)
    event["ORGANIZER"] = _address(address, CN=name or address)
    event["ATTENDEE"] = _address(reader, CN=reader, ROLE="REQ-PARTICIPANT", PARTSTAT="ACCEPTED", RSVP="FALSE")
    if method == Method.CANCEL:
        for name, value in (("STATUS", "CANCELLED"), ("TRANSP", "TRANSPARENT")):
            event.pop(name, None)
            event.add(name, value)
    return calendar.to_ical()


def _calendar(entries: Iterable[Entry], method: Method, at: datetime | None = None) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    calendar.add_component(_timezone())
    for entry in entries:
        calendar.add_component(_event(entry, at))
    return calendar


def _event(entry: Entry, at: datetime | None) -> Event:
    meeting = entry.meeting
    event = Event()
    event.add("UID", f"{meeting.calendar_uid}@leerkring")
    event.add("SEQUENCE", meeting.calendar_sequence)
    event.add("DTSTAMP", at or meeting.changed_at or meeting.starts_at)
    event.add("DTSTART", meeting.starts_at.astimezone(HERE))
    event.add("DTEND", meeting.ends_at.astimezone(HERE))
    event.add("SUMMARY", meeting.title)
    if place := meeting.place or entry.link:
        event.add("LOCATION", place)
    if text := "\n\n".join(part for part in (entry.text, entry.link, entry.url) if part):
        event.add("DESCRIPTION", text)
    event.add("URL", entry.url)
    event.add("STATUS", _status(entry))
    event.add("TRANSP", "OPAQUE" if entry.is_sure and not meeting.is_cancelled else "TRANSPARENT")
    return event


def _status(entry: Entry) -> str:
    if entry.meeting.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.is_sure else "TENTATIVE"


def _address(address: str, **parameters: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        found.params[name] = vText(value)
    return found


def _timezone() -> Timezone:
    """By rule: the library would list every date up to 2038, which Outlook does not take."""
    zone = Timezone()
    zone.add("TZID", HERE.key)
    zone.add("X-LIC-LOCATION", HERE.key)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    _observance(summer, "CEST", datetime(1970, 3, 29, 2), 3, timedelta(hours=1), timedelta(hours=2))  # noqa: DTZ001
    _observance(winter, "CET", datetime(1970, 10, 25, 3), 10, timedelta(hours=2), timedelta(hours=1))  # noqa: DTZ001
    zone.add_component(summer)
    zone.add_component(winter)
    return zone


def _observance(
    part: TimezoneDaylight | TimezoneStandard,
    name: str,
    since: datetime,
    month: int,
    before: timedelta,
    after: timedelta,
) -> None:
    part.add("TZNAME", name)
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after)
    part.add("DTSTART", since)
    part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
