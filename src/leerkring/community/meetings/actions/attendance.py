from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, queries, rules
from leerkring.community.meetings.actions import history
from leerkring.community.meetings.enums import AttendanceWay, Presence
from leerkring.community.meetings.facts import (
    AttendanceNoted,
    PartsNoted,
    PeopleExpected,
    PeopleReleased,
    SignedOff,
    SignedUp,
)
from leerkring.community.meetings.models import (
    Attendance,
    AttendanceChange,
    AttendedPart,
    Meeting,
    RunSheetItem,
)
from leerkring.community.memberships.models import Community, Placement
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


class Noted(NamedTuple):
    """What the attendance list says of one person."""

    person: Person
    presence: Presence
    minutes: int | None = None


def expect_people(*, meeting: Meeting, people: Iterable[Person], by: Person) -> int:
    """Put people on the list who are not there yet; says how many were new.

    Raises PermissionDenied, and Refused for somebody who is not of this programme.
    """
    rules.require(access.may_note_attendance(by, meeting))
    return _expect(meeting, people, by)


def expect_participants(
    *, meetings: Iterable[Meeting], people: Iterable[Person], by: Person, again: bool = False
) -> int:
    """Who has a place in a series is expected at what is still to come of it; says how many lines were new.

    `again` is for who gave the place back before, and was released. Whether somebody has a place is for the
    programme, which asks this. Raises Refused for a stranger.
    """
    wanted = list(people)
    with transaction.atomic():
        return sum(_expect(meeting, wanted, by, again=again) for meeting in meetings if _is_to_come(meeting))


def release_participants(*, meetings: Iterable[Meeting], people: Iterable[Person], by: Person) -> None:
    """Who has no place any more is no longer expected at what is still to come; what was noted stays.

    Their calendars may know the meeting, also when they had signed off: what is told next has a higher sequence.
    """
    gone = list(people)
    with transaction.atomic():
        for meeting in meetings:
            if not _is_to_come(meeting):
                continue
            rules.lock(meeting)
            rows = list(meeting.attendances.filter(person__in=gone, presence__in=(Presence.EXPECTED, Presence.EXCUSED)))
            for row in rows:
                if row.presence == Presence.EXCUSED:
                    continue
                before = copy(row)
                row.presence, row.expected_at = Presence.EXCUSED, None
                row.save(update_fields=["presence", "expected_at"])
                history.keep(meeting, before, row, way=AttendanceWay.LIST, by=by)
            if rows:
                _raise_sequence(meeting)
                facts.record(
                    PeopleReleased(
                        community_id=meeting.community_id,
                        by_id=by.pk,
                        meeting_id=meeting.pk,
                        people_count=len(rows),
                        person_ids=[row.person_id for row in rows],
                    )
                )


def release_who_left(*, person: Person, community: Community, by: Person) -> None:
    """Who left this programme or group is no longer expected at what they cannot read any more.

    It follows from leaving, so it asks nobody's leave. Nothing for who came back meanwhile.
    """
    standing = standing_of(person)
    expected = queries.expecting(person, community)
    gone = [meeting for meeting in expected if not (standing.may_read(meeting) or access.facilitates(person, meeting))]
    release_participants(meetings=gone, people=[person], by=by)


def _raise_sequence(meeting: Meeting) -> None:
    """A calendar takes over what is newer than what it has: an entry that went out, one that comes back."""
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["calendar_sequence"])


def _is_to_come(meeting: Meeting) -> bool:
    return meeting.takes_sign_ups and meeting.starts_at > clock.now()


def _expect(meeting: Meeting, people: Iterable[Person], by: Person, *, again: bool = False) -> int:
    wanted = {person.pk: person for person in people}
    with transaction.atomic():
        rules.lock(meeting)
        rules.require_known(meeting, wanted)
        there = {row.person_id: row for row in meeting.attendances.filter(person__in=wanted)}
        new = [person for pk, person in wanted.items() if pk not in there]
        released = [row for row in there.values() if again and row.presence == Presence.EXCUSED]
        for row in released:
            before = copy(row)
            row.presence, row.expected_at = Presence.EXPECTED, clock.now()
            row.save(update_fields=["presence", "expected_at"])
            history.keep(meeting, before, row, way=AttendanceWay.LIST, by=by)
        if released:
            _raise_sequence(meeting)
        if new:
            placements = queries.placements_of(new, meeting.community)
            rows = [_attendance(meeting, person, Presence.EXPECTED, placements.get(person.pk)) for person in new]
            Attendance.objects.bulk_create(rows)
            AttendanceChange.objects.bulk_create(
                [history.line(meeting, None, row, way=AttendanceWay.LIST, by=by) for row in rows]
            )
        count = len(new) + len(released)
        if count:
            facts.record(
                PeopleExpected(
                    community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, people_count=count
                )
            )
    return count


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
        lines = []
        for pk, note in wanted.items():
            rules.check_presence(meeting, note.presence, note.minutes)
            minutes = note.minutes if note.presence == Presence.PARTLY else None
            row = known.get(pk)
            if row is not None and (row.presence, row.minutes) == (note.presence, minutes):
                continue
            fresh = _attendance(meeting, note.person, note.presence, placements.get(pk), minutes)
            if row is not None:
                fresh.pk = row.pk
                fresh.expected_at = row.expected_at or fresh.expected_at
                if row.presence != Presence.EXPECTED:
                    # A correction later on must not move the person to where they work by then (rule 11).
                    fresh.organisation_id, fresh.unit_id = row.organisation_id, row.unit_id
            fresh.save(force_insert=row is None, force_update=row is not None)
            lines.append(history.line(meeting, row, fresh, way=AttendanceWay.LIST, by=by))
            known[pk] = fresh
        if lines:
            AttendanceChange.objects.bulk_create(lines)
            AttendedPart.objects.filter(
                attendance__meeting=meeting, attendance__person__in=[line.person_id for line in lines]
            ).delete()
            facts.record(
                AttendanceNoted(
                    community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, people_count=len(lines)
                )
            )
    return [known[pk] for pk in wanted]


def note_parts(*, meeting: Meeting, person: Person, items: Iterable[RunSheetItem], by: Person) -> Attendance:
    """For which parts of the run sheet somebody was there; the minutes follow, all parts are the whole meeting.

    Raises PermissionDenied, and Refused without any part, or as for the list.
    """
    rules.require(access.may_note_attendance(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        parts = {item.pk: item for item in queries.items_of(meeting)}
        chosen = [parts[item.pk] for item in items if item.pk in parts]
        if not chosen:
            raise Refused(_("Tick a part, or note that this person was not there."))
        minutes = min(sum(item.minutes for item in chosen), meeting.minutes)
        is_whole = len(chosen) == len(parts)
        note = Noted(person, Presence.PRESENT) if is_whole else Noted(person, Presence.PARTLY, minutes)
        row = note_attendances(meeting=meeting, notes=[note], by=by)[0]
        AttendedPart.objects.filter(attendance=row).delete()
        if not is_whole:
            AttendedPart.objects.bulk_create([AttendedPart(attendance=row, item=item) for item in chosen])
        facts.record(
            PartsNoted(
                community_id=meeting.community_id,
                by_id=by.pk,
                meeting_id=meeting.pk,
                attendance_id=row.pk,
                parts_count=len(chosen),
            )
        )
    return row


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
        history.keep(meeting, row, fresh, way=AttendanceWay.OWN_WORD, by=by)
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
        history.keep(meeting, row, fresh, way=AttendanceWay.OWN_WORD, by=by)
        facts.record(SignedOff(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk))


def _attendance(
    meeting: Meeting, person: Person, presence: Presence, placement: Placement | None, minutes: int | None = None
) -> Attendance:
    return Attendance(
        meeting=meeting,
        person=person,
        presence=presence,
        expected_at=clock.now() if presence == Presence.EXPECTED else None,
        minutes=minutes,
        organisation=placement.organisation if placement else None,
        unit=placement.unit if placement else None,
    )
