from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, queries, rules
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.facts import MeetingChanged, MeetingMoved, MeetingPlanned
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_revision

CHANGEABLE = frozenset(
    {
        "title",
        "purpose",
        "starts_at",
        "ends_at",
        "place",
        "online_url",
        "label",
        "facilitator",
        "is_open",
        "places_count",
    }
)

IN_CALENDARS = ("title", "starts_at", "ends_at", "place", "online_url")
"""What people's own calendars show of a meeting, in the order in which a letter tells it."""


def plan_meeting(
    *,
    community: Community,
    kind: MeetingKind,
    starts_at: datetime,
    ends_at: datetime,
    by: Person,
    title: str = "",
    purpose: str = "",
    place: str = "",
    online_url: str = "",
    label: Label | None = None,
    facilitator: Person | None = None,
    is_open: bool = False,
    places_count: int | None = None,
    number: int | None = None,
) -> Meeting:
    """Plan a meeting of a programme or a group. An intervisie keeps no text and is named by number (rule 6).

    The number is the next one, unless it has one in its own series. Raises PermissionDenied, and Refused for an end
    before the start or words in an intervisie.
    """
    rules.require(access.may_plan_meeting(by, community))
    is_intervisie = kind == MeetingKind.INTERVISIE
    if is_intervisie and not title.strip():
        title = _("Intervisie %(number)d") % {"number": number or queries.next_intervisie_number(community)}
    meeting = Meeting(
        community=community,
        kind=kind,
        title=title.strip(),
        purpose=purpose.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        online_url=online_url.strip(),
        label=label or (Label.GROUP if community.kind == CommunityKind.GROUP else Label.PROGRAMME),
        facilitator=facilitator or by,
        is_open=is_open,
        places_count=places_count,
        keeps_text=not is_intervisie,
        changed_by=by,
        changed_at=clock.now(),
    )
    rules.check_meeting(meeting)
    with transaction.atomic():
        meeting.save()
        facts.record(MeetingPlanned(community_id=community.pk, by_id=by.pk, meeting_id=meeting.pk, kind=kind))
    return meeting


def change_meeting(*, meeting: Meeting, by: Person, revision: int | None = None, **changes: Any) -> Meeting:
    """Change the named fields. `revision` is the one that the person had before them.

    Raises PermissionDenied, EditedMeanwhile when somebody else was first, and Refused.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))} to change")
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        if meeting.is_cancelled:
            raise Refused(_("This meeting is cancelled. Put it back first."))
        mine = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
        check_revision(meeting, revision, mine)
        changed = copy(meeting)
        for name, value in mine.items():
            setattr(changed, name, value)
        rules.check_meeting(changed)
        changed.revision, changed.changed_by, changed.changed_at = meeting.revision + 1, by, clock.now()
        fields = [name for name in IN_CALENDARS if getattr(changed, name) != getattr(meeting, name)]
        changed.calendar_sequence = meeting.calendar_sequence + bool(fields)
        changed.save()
        day, last_day = meeting.day, meeting.last_day
        vars(meeting).update(vars(changed))
        facts.record(
            MeetingChanged(
                community_id=meeting.community_id,
                by_id=by.pk,
                meeting_id=meeting.pk,
                revision=meeting.revision,
                in_calendars=fields,
                day_before=day.isoformat(),
                last_day_before=last_day.isoformat(),
            )
        )
    return meeting


def move_meeting(*, meeting: Meeting, state: MeetingState, by: Person) -> Meeting:
    """Bring a meeting into another state of the table. A second click on the same state changes nothing.

    Raises PermissionDenied, and Refused for a step that the table does not have.
    """
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        before = MeetingState(meeting.state)
        if before == state:
            return meeting
        if not meeting.may_become(state):
            raise Refused(
                _("A meeting that is %(before)s cannot become %(state)s.")
                % {"before": before.label, "state": MeetingState(state).label}
            )
        if state == MeetingState.HELD and before != MeetingState.LIVE and meeting.starts_at > clock.now():
            raise Refused(_("This meeting has not begun yet. Say that it was held once it has."))
        meeting.state = state
        meeting.calendar_sequence += MeetingState.CANCELLED in (before, state)
        meeting.save(update_fields=["state", "calendar_sequence"])
        facts.record(
            MeetingMoved(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, before=before, state=state
            )
        )
    return meeting


def cancel_meeting(*, meeting: Meeting, by: Person) -> Meeting:
    """Raises PermissionDenied, and Refused once it has begun."""
    return move_meeting(meeting=meeting, state=MeetingState.CANCELLED, by=by)


def restore_meeting(*, meeting: Meeting, by: Person) -> Meeting:
    """Put a cancelled meeting back. Raises PermissionDenied and Refused."""
    if meeting.state not in (MeetingState.CANCELLED, MeetingState.PLANNED):
        raise Refused(_("Only a cancelled meeting can be put back."))
    return move_meeting(meeting=meeting, state=MeetingState.PLANNED, by=by)
