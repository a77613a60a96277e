"""A person is expected at a meeting or not any more, it changes, is cancelled or put back: letters for a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.accounts import queries as accounts
from leerkring.community.meetings import access, calendar
from leerkring.community.meetings.entries import entry_for, page_of
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.facts import MeetingChanged, MeetingMoved, PeopleExpected, PeopleReleased, SignedUp
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.sentences import when_of
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.outward.notifications import kinds, links, queries
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.enums import GOES_OUT, Moment
from leerkring.outward.notifications.models import Notice
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import clock, facts, jobs

QUIET = timedelta(minutes=2)
"""A change waits this long: who puts back what was a slip of the hand mails nobody."""

AFTER_THE_WORD = QUIET + timedelta(seconds=5)
"""Who is taken out reads first that it is so (letters/enrolment.py); then the meetings leave the calendar."""

LATELY = timedelta(days=7)
"""A worker may have been away that long."""

EXPECTED = kinds.add(
    "meeting.expected",
    gettext_lazy("Invitations to meetings"),
    gettext_lazy("You are on the list for this meeting."),
)
CHANGED = kinds.add(
    "meeting.changed",
    gettext_lazy("A meeting changes or does not take place"),
    gettext_lazy("You are on the list for this meeting, and should not come in vain."),
    may_be_muted=False,
)
RELEASED = kinds.add(
    "meeting.released",
    gettext_lazy("A meeting leaves your calendar"),
    gettext_lazy("This meeting stood in your calendar, and you are no longer on its list."),
    may_be_muted=False,
)
KINDS = {Moment.EXPECTED: EXPECTED, Moment.RELEASED: RELEASED}


@facts.beside(PeopleExpected, SignedUp)
def someone_is_expected(fact: PeopleExpected | SignedUp) -> None:
    enqueue("notifications.tell_meeting", dedupe=f"now:{fact.meeting_id}", meeting_id=fact.meeting_id)


@facts.beside(MeetingChanged)
def meeting_changed(fact: MeetingChanged) -> None:
    if fact.in_calendars:
        _tell_after_a_while("changed", fact.meeting_id)


@facts.beside(MeetingMoved)
def meeting_moved(fact: MeetingMoved) -> None:
    if MeetingState.CANCELLED in (fact.before, fact.state):
        _tell_after_a_while("moved", fact.meeting_id)


@facts.beside(PeopleReleased)
def people_released(fact: PeopleReleased) -> None:
    enqueue(
        "notifications.clear_calendars",
        run_at=clock.now() + AFTER_THE_WORD,
        meeting_id=fact.meeting_id,
        person_ids=fact.person_ids,
    )


def _tell_after_a_while(what: str, meeting_id: int) -> None:
    later = clock.now() + QUIET
    enqueue("notifications.tell_meeting", run_at=later, dedupe=f"{what}:{meeting_id}", meeting_id=meeting_id, what=what)


@jobs.job("notifications.tell_meeting")
def tell_meeting(*, meeting_id: int, what: str = "expected") -> None:
    """Bring everybody who is expected up to date; whoever knows how it stands hears nothing."""
    meeting = queries.meeting_numbered(meeting_id)
    if meeting is None or meeting.ends_at <= clock.now() or meeting.is_held:
        return
    told = queries.told_of(meeting)
    for row in queries.expected_at(meeting):
        last = told.get(row.person_id)
        if what == "expected":
            if (last is None or last.moment == Moment.RELEASED) and _is_new(row, meeting):
                _invite(row.person, meeting)
        elif _is_news(last, meeting, what):
            _tell_change(row.person, meeting, last)


@jobs.job("notifications.clear_calendars")
def clear_calendars(*, meeting_id: int, person_ids: list[int]) -> None:
    """The meeting goes out of the calendars of these people, unless they are expected again meanwhile."""
    meeting = queries.meeting_numbered(meeting_id)
    if meeting is None or meeting.ends_at <= clock.now() or meeting.is_held:
        return
    told = queries.told_of(meeting)
    for person in queries.people_let_go(meeting, person_ids):
        last = told.get(person.pk)
        if last is not None and last.is_in_calendar:
            _send(person, meeting, Moment.RELEASED, lambda: _release(meeting))


def _is_new(row: Attendance, meeting: Meeting) -> bool:
    """Put on the list lately. Who has stood there for long, from before letters went out, knows of it."""
    lately = row.expected_at is not None and row.expected_at > clock.now() - LATELY
    return lately and not meeting.is_cancelled and meeting.starts_at > clock.now()


def _is_news(last: Notice | None, meeting: Meeting, what: str) -> bool:
    if last is None:
        return what == "changed" or meeting.is_cancelled
    return bool(last.seen != _as_it_stands(meeting))


def may_still_come(person: Person, meeting: Meeting) -> bool:
    """On the list, and it still exists for this person: who left the programme hears nothing of it."""
    return standing_of(person).may_read(meeting) or access.facilitates(person, meeting)


def _invite(person: Person, meeting: Meeting) -> None:
    if may_still_come(person, meeting):
        _send(person, meeting, Moment.EXPECTED, lambda: _invitation(person, meeting))


def _tell_change(person: Person, meeting: Meeting, last: Notice | None) -> None:
    if meeting.is_cancelled:
        _send(person, meeting, Moment.CANCELLED, lambda: _cancellation(meeting))
    elif may_still_come(person, meeting):
        is_back = last is not None and last.moment == Moment.CANCELLED
        moment = Moment.PUT_BACK if is_back else Moment.CHANGED
        _send(person, meeting, moment, lambda: _change(person, meeting, last, is_back=is_back))


def _send(person: Person, meeting: Meeting, moment: Moment, words: Callable[[], Words]) -> None:
    write = calendar.cancellation if moment in GOES_OUT else calendar.invitation
    address = accounts.main_address_of(person.account) if person.account else None
    if address is None:
        return
    notify(
        person=person,
        kind=KINDS.get(moment, CHANGED),
        key=f"meeting:{meeting.pk}:{moment}:{meeting.calendar_sequence}",
        community=meeting.community,
        about=meeting.title,
        meeting=meeting,
        moment=moment,
        seen=_as_it_stands(meeting),
        words=words,
        calendar=write(
            entry=entry_for(person, meeting),
            sender=settings.DEFAULT_FROM_EMAIL,
            reader=address.address,
            at=clock.now(),
        ),
        calendar_method="CANCEL" if moment in GOES_OUT else "REQUEST",
        until=meeting.ends_at,
    )


def _invitation(person: Person, meeting: Meeting) -> Words:
    return Words(
        subject=_("You are on the list for %(title)s") % {"title": meeting.title},
        text=[
            _("There is a chair for you. The meeting comes with this mail, for your own calendar."),
            *([meeting.purpose] if meeting.purpose else []),
        ],
        facts=facts_of(person, meeting),
        action=Link(_("Look at the meeting"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _change(person: Person, meeting: Meeting, last: Notice | None, *, is_back: bool) -> Words:
    title = {"title": meeting.title}
    if is_back:
        subject, opening = _("%(title)s takes place after all") % title, _("This is how it stands now.")
    else:
        subject = _("%(title)s has changed") % title
        opening = _("This is how it stands now. Your calendar can take it over.")
    return Words(
        subject=subject,
        text=[opening],
        facts=facts_of(person, meeting),
        items=[] if is_back or last is None else list(_was(meeting, last)),
        items_title=_("It was"),
        action=Link(_("Look at the meeting"), page_of(meeting)),
        other=cannot_come(person, meeting),
    )


def _cancellation(meeting: Meeting) -> Words:
    said = {"title": meeting.title, "when": when_of(meeting)}
    return Words(
        subject=_("%(title)s does not take place") % said,
        text=[
            _("The meeting of %(when)s is cancelled. You need not do anything.") % said,
            _("Your calendar can take it out by itself. If there is a new day, you hear of it."),
        ],
        action=Link(_("Look at the meeting"), page_of(meeting)),
    )


def _release(meeting: Meeting) -> Words:
    said = {"title": meeting.title, "when": when_of(meeting)}
    return Words(
        subject=_("%(title)s leaves your calendar") % said,
        text=[
            _("You are no longer on the list for the meeting of %(when)s.") % said,
            _("This mail is for your calendar, which can take the meeting out by itself. You need not do anything."),
        ],
    )


def facts_of(person: Person, meeting: Meeting) -> list[tuple[str, str]]:
    found = [(_("When"), when_of(meeting))]
    if meeting.place:
        found.append((_("Where"), meeting.place))
    if meeting.online_url and access.is_part_of(person, meeting.community):
        found.append((_("Online"), meeting.online_url))
    return found


def cannot_come(person: Person, meeting: Meeting) -> Link:
    return Link(_("I cannot come"), links.answer_url(person, meeting))


def _was(meeting: Meeting, last: Notice) -> Iterator[str]:
    """What a reader knew before, of all that is different now."""
    seen, now = last.seen, _as_it_stands(meeting)
    if (seen["starts_at"], seen["ends_at"]) != (now["starts_at"], now["ends_at"]):
        begun, ended = (datetime.fromisoformat(seen[name]) for name in ("starts_at", "ends_at"))
        yield when_of(Meeting(starts_at=begun, ends_at=ended))
    for name in ("title", "place"):
        if seen[name] != now[name] and seen[name]:
            yield seen[name]
    if seen["online_url"] != now["online_url"]:
        yield _("another link to take part online") if seen["online_url"] else _("without a link to take part online")


def _as_it_stands(meeting: Meeting) -> dict[str, str | bool]:
    return {
        "title": meeting.title,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place": meeting.place,
        "online_url": meeting.online_url,
        "is_cancelled": meeting.is_cancelled,
    }
