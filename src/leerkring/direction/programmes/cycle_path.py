"""The current cycle as a path through time: the werkplaats it began with, today, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.direction.programmes.models import Cycle
from leerkring.platform import clock
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.pictures import Step

BEFORE_WERKPLAATS = 2


def steps_of(cycle: Cycle, coming: Iterable[Meeting], slug: str) -> Sequence[Step]:
    """At most five points; the werkplaats that ends a closed cycle is the last."""
    first = cycle.opened_by
    steps = [Step(date_words(first.starts_at), first.title, "past", _url(slug, first))]
    if cycle.closed_by is not None:
        last = cycle.closed_by
        return [*steps, Step(date_words(last.starts_at), last.title, "past", _url(slug, last))]
    week = (clock.today() - first.day).days // 7 + 1
    steps.append(Step(_("Today"), _("Week %(week)d") % {"week": week}, "is"))
    return [
        *steps,
        *(Step(date_words(meeting.starts_at), meeting.title, "", _url(slug, meeting)) for meeting in _to_show(coming)),
    ]


def _to_show(coming: Iterable[Meeting]) -> list[Meeting]:
    """The first two meetings on the way to the next werkplaats, and that werkplaats itself."""
    on_the_way: list[Meeting] = []
    for meeting in coming:
        if meeting.kind == MeetingKind.WERKPLAATS:
            return [*on_the_way[:BEFORE_WERKPLAATS], meeting]
        on_the_way.append(meeting)
    return on_the_way[: BEFORE_WERKPLAATS + 1]


def _url(slug: str, meeting: Meeting) -> str:
    return reverse("meetings:meeting_page", args=[slug, meeting.pk])
