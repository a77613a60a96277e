"""The one clear next step of a meeting, by its state and by who looks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings import access
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.people.models import Person
from leerkring.platform import clock


@dataclass(frozen=True)
class Act:
    """A button: a link, or a form that posts `state` when it changes something."""

    label: str
    url: str
    posts: bool = False
    state: str = ""


@dataclass(frozen=True)
class NextStep:
    title: str
    text: str = ""
    acts: tuple[Act, ...] = ()
    is_question: bool = False
    """Whether the buttons weigh the same, as the answers to a question do."""
    wants_harvest: bool = False


@dataclass(frozen=True)
class Known:
    """What the page has read already."""

    slug: str
    items_count: int
    expected_count: int
    """Rows on the list."""
    unnoted_count: int
    """Rows that still say expected."""
    own: Attendance | None
    is_full: bool


def next_step_of(meeting: Meeting, person: Person | None, known: Known) -> NextStep | None:
    """The step for who looks after the meeting, else for who can come to it."""
    if access.may_change_meeting(person, meeting):
        step = _for_facilitator(meeting, person, known)
        if step is not None:
            return step
    if not meeting.takes_sign_ups or meeting.starts_at <= clock.now():
        return None
    if person is None:
        return _for_visitor(meeting, known)
    return _for_guest(meeting, known) if access.may_sign_up(person, meeting) else None


def _for_facilitator(meeting: Meeting, person: Person | None, known: Known) -> NextStep | None:
    match meeting.state:
        case MeetingState.PLANNED | MeetingState.PREPARED if meeting.ends_at < clock.now():
            return _did_it_happen(meeting, known)
        case MeetingState.PLANNED:
            return _to_prepare(meeting, person, known)
        case MeetingState.PREPARED if meeting.day <= clock.today():
            return NextStep(
                _("It is today"),
                _("Start when people are in. The run sheet then shows which part is on."),
                (_move(meeting, known, MeetingState.LIVE, _("Start the meeting")),),
            )
        case MeetingState.LIVE:
            return NextStep(
                _("The meeting is on"),
                _("Is it over? Then note who was there while you still know."),
                (_move(meeting, known, MeetingState.HELD, _("The meeting is over")),),
            )
        case MeetingState.HELD | MeetingState.HARVESTED:
            return _afterwards(meeting, person, known)
        case _other:
            return _put_back(meeting, known) if meeting.is_cancelled else None


def _put_back(meeting: Meeting, known: Known) -> NextStep:
    return NextStep(
        _("This meeting does not take place"),
        _("Whoever signed up sees that here."),
        (Act(_("Put the meeting back"), _url("meeting_restore", meeting, known), posts=True),),
    )


def _to_prepare(meeting: Meeting, person: Person | None, known: Known) -> NextStep:
    if not known.items_count:
        return NextStep(
            _("Make the run sheet"),
            _("Write what happens, with honest minutes. The times follow by themselves."),
            (Act(_("Write the run sheet"), _url("run_sheet_page", meeting, known)),),
        )
    if not known.expected_count and access.may_note_attendance(person, meeting):
        return NextStep(
            _("Say whom you expect"),
            _("Choose from the people of the programme. They see it here."),
            (Act(_("Choose people"), _url("people_expect", meeting, known)),),
        )
    return NextStep(
        _("Is everything ready?"),
        _("Run sheet, room, people and materials. Say so, then the others know too."),
        (_move(meeting, known, MeetingState.PREPARED, _("Everything is ready")),),
    )


def _did_it_happen(meeting: Meeting, known: Known) -> NextStep:
    return NextStep(
        _("Did it take place?"),
        _("The planned time is over."),
        (
            _move(meeting, known, MeetingState.HELD, _("Yes, it was held")),
            Act(_("No, it was cancelled"), _url("meeting_cancel", meeting, known), posts=True),
        ),
        is_question=True,
    )


def _afterwards(meeting: Meeting, person: Person | None, known: Known) -> NextStep | None:
    if known.unnoted_count and access.may_note_attendance(person, meeting):
        return NextStep(
            _("Note who was there"),
            ngettext(
                "Of %(count)d person we do not know it yet.",
                "Of %(count)d people we do not know it yet.",
                known.unnoted_count,
            )
            % {"count": known.unnoted_count},
            (Act(_("Open the attendance list"), _url("attendance_page", meeting, known)),),
        )
    if meeting.state == MeetingState.HELD and meeting.keeps_text:
        return NextStep(
            _("Make the harvest"),
            _("What did the meeting yield? Within a day you still know. It takes ten minutes."),
            (_move(meeting, known, MeetingState.HARVESTED, _("The harvest is in")),),
            wants_harvest=True,
        )
    return NextStep(
        _("Everything is done"),
        _("Close the meeting. It stays here to read."),
        (_move(meeting, known, MeetingState.CLOSED, _("Close the meeting")),),
    )


def _for_guest(meeting: Meeting, known: Known) -> NextStep | None:
    comes = Act(_("I will come"), _url("sign_up", meeting, known), posts=True)
    stays_away = Act(_("I cannot come"), _url("sign_off", meeting, known), posts=True)
    own = known.own
    if own is not None and own.presence == Presence.EXPECTED:
        return NextStep(
            _("You are on the list"),
            _("Something came up? One click is enough; no need to explain."),
            (stays_away,),
            is_question=True,
        )
    if known.is_full:
        return None
    if own is not None and own.presence == Presence.EXCUSED:
        return NextStep(_("You said that you cannot come"), _("Changed your mind? You are welcome."), (comes,))
    return NextStep(
        _("Will you come?"), _("Say so, then there is a chair for you."), (comes, stays_away), is_question=True
    )


def _for_visitor(meeting: Meeting, known: Known) -> NextStep | None:
    if not meeting.is_open or known.is_full:
        return None
    back = urlencode({"next": _url("meeting_page", meeting, known)})
    return NextStep(
        _("Will you come?"),
        _("You are welcome, also if you never came before. Sign in with your e-mail address and say so."),
        (Act(_("Sign in"), f"{resolve_url(settings.LOGIN_URL)}?{back}"),),
    )


def _move(meeting: Meeting, known: Known, state: MeetingState, label: str) -> Act:
    return Act(label, _url("meeting_move", meeting, known), posts=True, state=state)


def _url(name: str, meeting: Meeting, known: Known) -> str:
    return reverse(f"meetings:{name}", args=[known.slug, meeting.pk])
