"""What has to be true of a meeting and its rows before an action keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings import access, queries
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused, check_fields

LONGEST = timedelta(days=14)
INTERVISIE_TITLE = re.compile(r"[Ii]ntervisie( \d{1,3})?")


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def lock(meeting: Meeting) -> None:
    """Hold the row until the end of the transaction, with what stands in it now."""
    meeting.refresh_from_db(
        fields=["state", "revision", "calendar_sequence", "keeps_text", "changed_at", "changed_by"],
        from_queryset=Meeting.objects.select_for_update(),
    )


def check_meeting(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The end comes before the start. Change one of the two."))
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise Refused(_("A meeting takes at most two weeks. Plan two meetings."))
    if not meeting.keeps_text:
        if meeting.purpose:
            raise Refused(_("An intervisie keeps no text. Leave what it is for empty."))
        if not INTERVISIE_TITLE.fullmatch(meeting.title):
            raise Refused(_("An intervisie has no title of its own. Leave it empty: it gets a number."))
    if meeting.facilitator is not None and not access.is_part_of(meeting.facilitator, meeting.community):
        raise Refused(_("%(name)s is not in this programme. Invite them first.") % {"name": meeting.facilitator.name})
    check_fields(meeting)


def check_item(item: RunSheetItem) -> None:
    if item.meeting.keeps_text:
        if not item.title:
            raise Refused(_("Give this part a name."))
    elif item.title or item.note or item.facilitator_note or item.has_form:
        raise Refused(_("An intervisie keeps no text. Choose a step of the method."))
    elif not item.step:
        raise Refused(_("Choose a step of the method."))
    check_fields(item)


def check_presence(meeting: Meeting, presence: Presence, minutes: int | None) -> None:
    if presence not in Presence.values:
        raise Refused(_("Choose one of the answers."))
    if meeting.is_cancelled:
        raise Refused(_("This meeting is cancelled. Put it back first."))
    was_there = presence in (Presence.PRESENT, Presence.PARTLY)
    if was_there and clock.today() < meeting.day:
        raise Refused(_("This meeting has not begun yet. Note who was there on the day itself."))
    if presence == Presence.PARTLY and minutes is not None and not 0 < minutes <= meeting.minutes:
        raise Refused(
            ngettext(
                "The meeting took %(minutes)d minute. Give a number up to that.",
                "The meeting took %(minutes)d minutes. Give a number up to that.",
                meeting.minutes,
            )
            % {"minutes": meeting.minutes}
        )


def require_known(meeting: Meeting, people: Mapping[int, Person]) -> None:
    known = set(queries.people_known_in(meeting).filter(pk__in=people).values_list("pk", flat=True))
    strangers = [person.name for pk, person in people.items() if pk not in known]
    if strangers:
        raise Refused(_("%(name)s is not in this programme. Invite them first.") % {"name": strangers[0]})


def require_sign_ups(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled."))
    if not meeting.takes_sign_ups or meeting.starts_at <= clock.now():
        raise Refused(_("This meeting has begun. Ask the facilitator."))
