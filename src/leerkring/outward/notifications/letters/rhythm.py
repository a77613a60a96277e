"""Ahead of a meeting and after it: a month, two weeks, a few days, a day, and a day after. Each once, in time.

A programme says which of these it wants, and how many days before or after (community/meetings/rhythm).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.entries import page_of
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.rhythm.days import BOUNDS, USUAL, Rhythm
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.queries import rhythm_of, rhythms_of
from leerkring.community.people.models import Person
from leerkring.outward.notifications import kinds, queries
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.enums import Moment
from leerkring.outward.notifications.kinds import Kind
from leerkring.outward.notifications.letters.meetings import cannot_come, facts_of, may_still_come
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import clock, jobs
from leerkring.platform.ui.days import until_words

TO_COME = (MeetingState.PLANNED, MeetingState.PREPARED)
OVER = (MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED)
MORNING = time(8)
LISTED = 12

AHEAD = kinds.add(
    "meeting.ahead",
    gettext_lazy("What is coming: a month, two weeks and a few days before"),
    gettext_lazy("You are on the list for this meeting."),
)
REMINDER = kinds.add(
    "meeting.reminder",
    gettext_lazy("A reminder, the day before a meeting"),
    gettext_lazy("You are on the list for this meeting."),
)
AFTERWARDS = kinds.add(
    "meeting.afterwards",
    gettext_lazy("What a meeting yielded, afterwards"),
    gettext_lazy("You were at this meeting, or led it."),
)


@dataclass(frozen=True)
class Window:
    """From the morning of so many days before the meeting until that of so many days before it."""

    moment: Moment
    kind: Kind
    opens: int
    closes: int


AHEAD_DAYS = BOUNDS[LetterMoment.MONTH][1] + 1
AFTER_DAYS = 7
"""So long after a meeting its harvest is still news."""


def windows_of(letters: Rhythm) -> tuple[Window, ...]:
    """Each letter has until the day before the next one; a letter that does not go leaves its usual days empty."""
    month, fortnight, days, day = (
        letters.get(moment, USUAL[moment])
        for moment in (LetterMoment.MONTH, LetterMoment.FORTNIGHT, LetterMoment.DAYS, LetterMoment.DAY)
    )
    return (
        Window(Moment.MONTH, AHEAD, month, fortnight + 1),
        Window(Moment.FORTNIGHT, AHEAD, fortnight, days + 1),
        Window(Moment.DAYS, AHEAD, days, day),
        Window(Moment.DAY, REMINDER, day, 0),
    )


@jobs.every(minutes=60, name="notifications.rhythm")
def rhythm() -> None:
    """Look which meetings have a letter due; each is a job of its own."""
    coming = list(queries.meetings_between(TO_COME, 0, AHEAD_DAYS))
    known = rhythms_of(meeting.community.root_pk for meeting in coming)
    for meeting in coming:
        window = window_of(meeting, known.get(meeting.community.root_pk, USUAL), clock.now())
        if window is not None:
            _plan(meeting, window.moment)
    for meeting in queries.meetings_between(OVER, AFTER_DAYS + 1, 0):
        if morning_of(meeting, -1) <= clock.now():
            _plan(meeting, Moment.AFTERWARDS)


def _plan(meeting: Meeting, moment: Moment) -> None:
    key = f"{meeting.pk}:{moment}"
    jobs.enqueue("notifications.tell_moment", dedupe=key, meeting_id=meeting.pk, moment=str(moment))


def morning_of(meeting: Meeting, days_before: int) -> datetime:
    """Eight o'clock on the wall, also where the clock changed in between."""
    day = meeting.day - timedelta(days=days_before)
    return timezone.make_aware(datetime.combine(day, MORNING))


def window_of(meeting: Meeting, letters: Rhythm, now: datetime) -> Window | None:
    """The letter that is due at this moment; a worker that was away finds it a little later."""
    if now >= meeting.starts_at:
        return None
    for window in windows_of(letters):
        closes = meeting.starts_at if window.closes == 0 else morning_of(meeting, window.closes)
        if morning_of(meeting, window.opens) <= now < closes:
            return window
    return None


@jobs.job("notifications.tell_moment")
def tell_moment(*, meeting_id: int, moment: str) -> None:
    """What was true when this was planned is looked at again: the meeting may be moved, cancelled or over."""
    meeting = queries.meeting_numbered(meeting_id)
    letters = rhythm_of(meeting.community) if meeting is not None else {}
    if meeting is None or moment not in letters:
        return
    if moment == Moment.AFTERWARDS:
        if meeting.state in OVER:
            _tell_afterwards(meeting, letters[LetterMoment.AFTERWARDS])
        return
    window = window_of(meeting, letters, clock.now())
    if window is not None and window.moment == moment and meeting.state in TO_COME:
        _tell_ahead(meeting, window)


def _tell_ahead(meeting: Meeting, window: Window) -> None:
    told = queries.keys_told(meeting, window.moment)
    due = morning_of(meeting, window.opens)
    for row in queries.expected_at(meeting):
        if row.person_id not in told and not _came_later(row, due) and may_still_come(row.person, meeting):
            _write_ahead(row.person, meeting, window)


def _came_later(row: Attendance, due: datetime) -> bool:
    """Whoever was put on the list after this moment has just heard all of it in the invitation."""
    return row.expected_at is not None and row.expected_at > due


def _write_ahead(person: Person, meeting: Meeting, window: Window) -> None:
    materials = [str(material) for material in meetings.materials_visible_to(person, meeting)[:LISTED]]
    if window.moment == Moment.DAYS and not materials:
        return
    write = {
        Moment.MONTH: lambda: _month(person, meeting),
        Moment.FORTNIGHT: lambda: _fortnight(person, meeting, materials),
        Moment.DAYS: lambda: _days(person, meeting, materials),
        Moment.DAY: lambda: _day(person, meeting),
    }[window.moment]
    notify(
        person=person,
        kind=window.kind,
        key=f"meeting:{meeting.pk}:{window.moment}",
        community=meeting.community,
        about=meeting.title,
        meeting=meeting,
        moment=window.moment,
        words=write,
        until=meeting.starts_at,
    )


def _said(meeting: Meeting) -> dict[str, str]:
    return {"title": meeting.title, "when": until_words(meeting.starts_at)}


def _month(person: Person, meeting: Meeting) -> Words:
    if meeting.kind == MeetingKind.INTERVISIE:
        bring = _(
            "Is there something in your work that you would like to think through with others? Keep it in mind; you "
            "need not write anything down."
        )
    else:
        bring = _("Which question from your own work do you bring? Take a moment to think of it.")
    return Words(
        subject=_("Keep the day free: %(title)s, %(when)s") % _said(meeting),
        text=[_("It is a while yet, so there is time to prepare."), bring],
        facts=facts_of(person, meeting),
        action=Link(_("Look at the meeting"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _fortnight(person: Person, meeting: Meeting, materials: list[str]) -> Words:
    parts = [_part(item.name, item.minutes) for item in meetings.items_of(meeting)[:LISTED]]
    return Words(
        subject=_("%(title)s is %(when)s: this is the programme") % _said(meeting)
        if parts
        else _("%(title)s is %(when)s") % _said(meeting),
        text=[_("This is what we do together.") if parts else _("You are on the list.")],
        facts=[*facts_of(person, meeting), *([(_("To read"), ", ".join(materials))] if materials else [])],
        items=parts,
        items_title=_("Programme"),
        action=Link(_("See programme and documents"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _part(name: str, minutes: int) -> str:
    return ngettext("%(name)s, %(minutes)d minute", "%(name)s, %(minutes)d minutes", minutes) % {
        "name": name,
        "minutes": minutes,
    }


def _days(person: Person, meeting: Meeting, materials: list[str]) -> Words:
    return Words(
        subject=_("To read for %(title)s, %(when)s") % _said(meeting),
        text=[_("With this you come prepared. It need not take long.")],
        items=materials,
        items_title=_("To read"),
        action=Link(_("Open the documents"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _day(person: Person, meeting: Meeting) -> Words:
    return Words(
        subject=_("%(title)s is %(when)s") % _said(meeting),
        text=[_("Good that you come. Here is where and when.")],
        facts=facts_of(person, meeting),
        action=Link(_("Look at the meeting"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _tell_afterwards(meeting: Meeting, days: int) -> None:
    """Rule 14: a harvest that waits is a to-do of the facilitator alone, and always of the day after.

    People hear of it once it is in, on their own day at the soonest.
    """
    if not meeting.keeps_text or clock.now() < morning_of(meeting, -1):
        return
    if meeting.state == MeetingState.HELD:
        if meeting.facilitator is not None and may_still_come(meeting.facilitator, meeting):
            _write_after(meeting.facilitator, meeting, "to make")
        return
    if clock.now() < morning_of(meeting, -days):
        return
    for row in queries.came_to(meeting):
        if may_still_come(row.person, meeting):
            _write_after(row.person, meeting, "made")


def _write_after(person: Person, meeting: Meeting, which: str) -> None:
    notify(
        person=person,
        kind=AFTERWARDS,
        key=f"meeting:{meeting.pk}:harvest {which}",
        community=meeting.community,
        about=meeting.title,
        meeting=meeting,
        moment=Moment.AFTERWARDS,
        words=(lambda: _harvest_to_make(meeting)) if which == "to make" else (lambda: _harvest_made(meeting)),
    )


def _harvest_to_make(meeting: Meeting) -> Words:
    return Words(
        subject=_("What did %(title)s yield?") % _said(meeting),
        text=[
            _("You led this meeting. Write down the harvest while you still know; it takes ten minutes."),
            _("Who was there need not do anything."),
        ],
        action=Link(_("Make the harvest"), page_of(meeting)),
    )


def _harvest_made(meeting: Meeting) -> Words:
    return Words(
        subject=_("The harvest of %(title)s") % _said(meeting),
        text=[_("Good that you were there. What came of it is written down, so that you can use it and pass it on.")],
        action=Link(_("Read the harvest"), page_of(meeting)),
    )
