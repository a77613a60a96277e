from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, filetypes, queries, rules
from leerkring.community.meetings.enums import IntervisieStep, MeetingKind, MeetingState, Presence
from leerkring.community.meetings.facts import (
    AttendanceNoted,
    MaterialAdded,
    MaterialRemoved,
    MeetingChanged,
    MeetingMoved,
    MeetingPlanned,
    PeopleExpected,
    RunSheetItemChanged,
    RunSheetItemMoved,
    RunSheetItemPut,
    RunSheetItemRemoved,
    SignedOff,
    SignedUp,
)
from leerkring.community.meetings.models import Attendance, Material, Meeting, RunSheetItem
from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community, Placement
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

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


class Noted(NamedTuple):
    """What the attendance list says of one person."""

    person: Person
    presence: Presence
    minutes: int | None = None


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
) -> Meeting:
    """Plan a meeting of a programme or a group. An intervisie keeps no text and is named by number (rule 6).

    Raises PermissionDenied, and Refused for an end before the start or words in an intervisie.
    """
    rules.require(access.may_plan_meeting(by, community))
    is_intervisie = kind == MeetingKind.INTERVISIE
    if is_intervisie and not title.strip():
        title = _("Intervisie %(number)d") % {"number": queries.next_intervisie_number(community)}
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
        if revision is not None and revision != meeting.revision:
            raise rules.edited_meanwhile(meeting, mine)
        changed = copy(meeting)
        for name, value in mine.items():
            setattr(changed, name, value)
        rules.check_meeting(changed)
        changed.revision, changed.changed_by, changed.changed_at = meeting.revision + 1, by, clock.now()
        changed.save()
        vars(meeting).update(vars(changed))
        facts.record(
            MeetingChanged(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, revision=meeting.revision
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
        meeting.save(update_fields=["state"])
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


def put_run_sheet_item(
    *,
    meeting: Meeting,
    minutes: int,
    by: Person,
    title: str = "",
    step: IntervisieStep | str = "",
    note: str = "",
    facilitator_note: str = "",
) -> RunSheetItem:
    """Add a part at the end of the run sheet. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        last = meeting.items.aggregate(last=models.Max("position"))["last"] or 0
        item = RunSheetItem(meeting=meeting, position=last + 1, minutes=minutes, title=title.strip(), step=step)
        item.note, item.facilitator_note = note.strip(), facilitator_note.strip()
        rules.check_item(item)
        item.save()
        facts.record(
            RunSheetItemPut(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
        )
    return item


def change_run_sheet_item(
    *,
    item: RunSheetItem,
    by: Person,
    minutes: int | None = None,
    title: str | None = None,
    step: IntervisieStep | str | None = None,
    note: str | None = None,
    facilitator_note: str | None = None,
) -> RunSheetItem:
    """Change what is given; leave the rest. Raises PermissionDenied and Refused."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    changes = {"minutes": minutes, "title": title, "step": step, "note": note, "facilitator_note": facilitator_note}
    for name, value in changes.items():
        if value is not None:
            setattr(item, name, value.strip() if isinstance(value, str) else value)
    rules.check_item(item)
    with transaction.atomic():
        item.save(update_fields=list(changes))
        facts.record(
            RunSheetItemChanged(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
        )
    return item


def move_run_sheet_item(*, item: RunSheetItem, position: int, by: Person) -> RunSheetItem:
    """Put a part at another place, counted from 1; the others make room. Raises PermissionDenied."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        order = [other.pk for other in meeting.items.all() if other.pk != item.pk]
        order.insert(max(position - 1, 0), item.pk)
        for place, pk in enumerate(order, start=1):
            RunSheetItem.objects.filter(pk=pk).exclude(position=place).update(position=place)
        item.refresh_from_db(fields=["position"])
        facts.record(
            RunSheetItemMoved(
                community_id=meeting.community_id,
                by_id=by.pk,
                meeting_id=meeting.pk,
                item_id=item.pk,
                position=item.position,
            )
        )
    return item


def remove_run_sheet_item(*, item: RunSheetItem, by: Person) -> None:
    """Raises PermissionDenied."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        item_id, position = item.pk, item.position
        item.delete()
        meeting.items.filter(position__gt=position).update(position=F("position") - 1)
        facts.record(
            RunSheetItemRemoved(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item_id)
        )


def expect_people(*, meeting: Meeting, people: Iterable[Person], by: Person) -> int:
    """Put people on the list who are not there yet; says how many were new.

    Raises PermissionDenied, and Refused for somebody who is not of this programme.
    """
    rules.require(access.may_note_attendance(by, meeting))
    wanted = {person.pk: person for person in people}
    with transaction.atomic():
        rules.lock(meeting)
        rules.require_known(meeting, wanted)
        there = set(meeting.attendances.filter(person__in=wanted).values_list("person_id", flat=True))
        new = [person for pk, person in wanted.items() if pk not in there]
        if new:
            placements = queries.placements_of(new, meeting.community)
            Attendance.objects.bulk_create(
                [_attendance(meeting, person, Presence.EXPECTED, placements.get(person.pk)) for person in new]
            )
            facts.record(
                PeopleExpected(
                    community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, people_count=len(new)
                )
            )
    return len(new)


def note_attendance(
    *, meeting: Meeting, person: Person, presence: Presence, by: Person, minutes: int | None = None
) -> Attendance:
    """Note how far one person was there, with where they work today. Raises PermissionDenied and Refused."""
    return note_attendances(meeting=meeting, notes=[Noted(person, presence, minutes)], by=by)[0]


def note_attendances(*, meeting: Meeting, notes: Iterable[Noted], by: Person) -> list[Attendance]:
    """Save a whole attendance list at once; rows that say nothing new stay as they are.

    Raises PermissionDenied, and Refused for a stranger, for minutes beyond the meeting's, or before it begins.
    """
    rules.require(access.may_note_attendance(by, meeting))
    wanted = {note.person.pk: note for note in notes}
    with transaction.atomic():
        rules.lock(meeting)
        rules.require_known(meeting, {pk: note.person for pk, note in wanted.items()})
        known = {row.person_id: row for row in meeting.attendances.filter(person__in=wanted)}
        placements = queries.placements_of((note.person for note in wanted.values()), meeting.community)
        changed = 0
        for pk, note in wanted.items():
            rules.check_presence(meeting, note.presence, note.minutes)
            minutes = note.minutes if note.presence == Presence.PARTLY else None
            row = known.get(pk)
            if row is not None and (row.presence, row.minutes) == (note.presence, minutes):
                continue
            fresh = _attendance(meeting, note.person, note.presence, placements.get(pk), minutes)
            if row is not None:
                fresh.pk = row.pk
                if row.presence != Presence.EXPECTED:
                    # A correction later on must not move the person to where they work by then (rule 11).
                    fresh.organisation_id, fresh.unit_id = row.organisation_id, row.unit_id
            fresh.save(force_insert=row is None, force_update=row is not None)
            known[pk] = fresh
            changed += 1
        if changed:
            facts.record(
                AttendanceNoted(
                    community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, people_count=changed
                )
            )
    return [known[pk] for pk in wanted]


def sign_up(*, meeting: Meeting, by: Person) -> Attendance:
    """One's own word that one comes. Raises PermissionDenied, and Refused when it is full, over or cancelled."""
    rules.require(access.may_sign_up(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        rules.require_sign_ups(meeting)
        row = queries.attendance_of(by, meeting)
        if row is not None and row.presence == Presence.EXPECTED:
            return row
        if meeting.places_count is not None and queries.coming_count(meeting) >= meeting.places_count:
            raise Refused(_("All places are taken. Ask the facilitator whether you can still come."))
        placement = queries.placements_of([by], meeting.community).get(by.pk)
        fresh = _attendance(meeting, by, Presence.EXPECTED, placement)
        fresh.pk = row.pk if row is not None else None
        fresh.save()
        facts.record(SignedUp(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))
    return fresh


def sign_off(*, meeting: Meeting, by: Person) -> None:
    """One's own word that one does not come; no reason asked. Raises Refused when it is over or cancelled."""
    rules.require(access.may_sign_up(by, meeting) or queries.attendance_of(by, meeting) is not None)
    with transaction.atomic():
        rules.lock(meeting)
        rules.require_sign_ups(meeting)
        row = queries.attendance_of(by, meeting)
        if row is not None and row.presence == Presence.EXCUSED:
            return
        placement = queries.placements_of([by], meeting.community).get(by.pk)
        fresh = _attendance(meeting, by, Presence.EXCUSED, placement)
        fresh.pk = row.pk if row is not None else None
        fresh.save()
        facts.record(SignedOff(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))


def add_material(
    *,
    meeting: Meeting,
    title: str,
    by: Person,
    url: str = "",
    file: UploadedFile | None = None,
    label: Label | None = None,
) -> Material:
    """Add a link or a file, told by its content. Raises PermissionDenied, and Refused, for an intervisie always."""
    rules.require(access.may_change_meeting(by, meeting))
    if not meeting.keeps_text:
        raise Refused(_("An intervisie keeps no text and no files. What is said here stays here."))
    if bool(url) == (file is not None):
        raise Refused(_("Give a link or a file: one of the two."))
    material = Material(
        meeting=meeting,
        community=meeting.community,
        title=title.strip(),
        url=url.strip(),
        label=label or meeting.label,
        added_by=by,
        added_at=clock.now(),
    )
    if file is not None:
        if (file.size or 0) > filetypes.MAX_BYTES:
            raise Refused(_("This file is larger than 20 MB. Make it smaller, or put it elsewhere and give the link."))
        extension, material.content_type = filetypes.kind_of(file, file.name or "")
        material.file_name = filetypes.shown_name(file.name or "", extension)
        material.size = file.size or 0
        file.name = f"{get_random_string(32)}.{extension}"
        material.file = file
    check_fields(material, leave_out={"file"})
    with transaction.atomic():
        material.save()
        facts.record(
            MaterialAdded(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, material_id=material.pk
            )
        )
    return material


def remove_material(*, material: Material, by: Person) -> None:
    """Take it away, the file included. Raises PermissionDenied."""
    meeting = material.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        material_id, file = material.pk, material.file
        material.delete()
        facts.record(
            MaterialRemoved(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, material_id=material_id
            )
        )
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name))


def _attendance(
    meeting: Meeting, person: Person, presence: Presence, placement: Placement | None, minutes: int | None = None
) -> Attendance:
    return Attendance(
        meeting=meeting,
        person=person,
        presence=presence,
        minutes=minutes,
        organisation=placement.organisation if placement else None,
        unit=placement.unit if placement else None,
    )
