"""A second reader that is not ours: ical.js reads what icalendar wrote, as a calendar program would keep it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from leerkring.community.meetings import calendar
from leerkring.community.meetings.calendar import Entry
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting

pytestmark = pytest.mark.once
READER = Path(__file__).parent / "vendor" / "ical.js" / "ical.es5.min.cjs"
HERE = ZoneInfo("Europe/Amsterdam")
KEEP = """(letters) => {
    const entries = {}, seen = [];
    for (const text of letters) {
        const calendar = new ICAL.Component(ICAL.parse(text));
        const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
        ICAL.TimezoneService.register(zone);
        const method = calendar.getFirstPropertyValue("method");
        for (const component of calendar.getAllSubcomponents("vevent")) {
            const event = new ICAL.Event(component), kept = entries[event.uid];
            if (kept && event.sequence <= kept.sequence) continue;
            if (method === "CANCEL") delete entries[event.uid];
            else entries[event.uid] = {
                sequence: event.sequence, title: event.summary, place: event.location,
                begins: event.startDate.toUnixTime(), ends: event.endDate.toUnixTime(), hour: event.startDate.hour,
                zone: event.startDate.zone.tzid, people: event.attendees.length,
            };
        }
        seen.push(Object.values(entries).map((entry) => ({ ...entry })));
    }
    return seen;
}"""


def read(browser: Browser, *letters: bytes) -> list[list[dict[str, Any]]]:
    """What stands in the calendar after each of these letters."""
    page = browser.new_page()
    try:
        page.evaluate(READER.read_text(encoding="utf-8"))
        return list(page.evaluate(KEEP, [letter.decode() for letter in letters]))
    finally:
        page.close()


def plan(starts_at: datetime, hours: int = 4) -> Meeting:
    return Meeting(
        kind=MeetingKind.WORKSHOP, title="Wie heb je nodig?", place="Breda", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours), calendar_uid=uuid4(),
    )  # fmt: skip


def letter_of(meeting: Meeting) -> bytes:
    write = calendar.cancellation if meeting.is_cancelled else calendar.invitation
    return write(
        entry=Entry(meeting, "https://leerkring.example/x/meetings/1/"), sender="Leerkring <mail@leerkring.example>",
        reader="mo@breda.example", at=datetime(2025, 2, 1, tzinfo=HERE),
    )  # fmt: skip


def test_three_changes_and_a_cancellation_are_one_entry_and_then_none(browser: Browser) -> None:
    meeting = plan(datetime(2025, 3, 29, 13, tzinfo=HERE))
    letters = [letter_of(meeting)]
    for changes in (
        {"starts_at": datetime(2025, 3, 30, 13, tzinfo=HERE), "ends_at": datetime(2025, 3, 30, 17, tzinfo=HERE)},
        {"place": "Roosendaal; zaal 2, achterin"},
        {"title": "Werkplaats 2"},
        {"state": MeetingState.CANCELLED},
    ):
        for name, value in changes.items():
            setattr(meeting, name, value)
        meeting.calendar_sequence += 1
        letters.append(letter_of(meeting))

    kept = read(browser, *letters)
    assert [[entry["sequence"] for entry in entries] for entries in kept] == [[0], [1], [2], [3], []]
    assert [entries[0]["title"] for entries in kept[:4]] == ["Wie heb je nodig?"] * 3 + ["Werkplaats 2"]
    assert kept[3][0]["place"] == "Roosendaal; zaal 2, achterin"
    assert {entries[0]["people"] for entries in kept[:4]} == {1}
    assert [entries[0]["hour"] for entries in kept[:4]] == [13] * 4
    # Winter time on the 29th, summer time on the 30th.
    winter, summer = (datetime(2025, 3, day, hour, tzinfo=UTC).timestamp() for day, hour in ((29, 12), (30, 11)))
    assert [entries[0]["begins"] for entries in kept[:4]] == [winter, summer, summer, summer]
    ours = [Calendar.from_ical(letter) for letter in letters]
    assert [(str(one["METHOD"]), one.events[0]["SEQUENCE"]) for one in ours] == [
        ("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2), ("REQUEST", 3), ("CANCEL", 4),
    ]  # fmt: skip
    assert [one.events[0].start.timestamp() for one in ours] == [winter, summer, summer, summer, summer]
    # Late mail: an old letter that comes after a newer one changes nothing.
    assert read(browser, letters[2], letters[1])[-1][0]["sequence"] == 2


@pytest.mark.parametrize(
    ("starts_at", "hours"),
    [
        (datetime(2025, 3, 30, 0, tzinfo=HERE), 4), (datetime(2025, 10, 25, 23, tzinfo=HERE), 6),
        (datetime(2025, 10, 26, 9, tzinfo=HERE), 1), (datetime(2031, 7, 1, 9, tzinfo=HERE), 1),
    ],
)  # fmt: skip
def test_both_readers_see_the_same_moments_around_a_change_of_the_clock(
    browser: Browser, starts_at: datetime, hours: int
) -> None:
    begins = starts_at.astimezone(UTC)
    meeting = plan(begins, hours)
    content = letter_of(meeting)
    event = Calendar.from_ical(content).events[0]
    [[entry]] = read(browser, content)
    expected = (begins.timestamp(), begins.timestamp() + hours * 3600)
    assert (entry["begins"], entry["ends"]) == expected
    assert (event.start.timestamp(), event.end.timestamp()) == expected
    assert entry["zone"] == "Europe/Amsterdam"
