"""What a format hands over: its tables and its people, by its own names for them (`ref`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import access, queries
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, note_change
from leerkring.cycle.groups.forming.actions.preparing import open_forming
from leerkring.cycle.groups.forming.actions.runs import begin_forming, fit_in
from leerkring.cycle.groups.forming.models import Candidate, Forming, PossibleGroup
from leerkring.platform import clock

SECONDS = 3
"""A hall waits: seconds, not minutes."""


@dataclass(frozen=True)
class TableToFill:
    ref: str
    name: str
    min: int
    max: int
    slot: str = ""
    needs_facilitator: bool = False
    theme_id: int | None = None
    question_id: int | None = None
    first_at: datetime | None = None


@dataclass(frozen=True)
class ToPlace:
    """Somebody at the meeting: a person, or a guest under the name they gave. Wishes and pin are refs of tables."""

    ref: str
    person_id: int | None = None
    name: str = ""
    choices: tuple[str, ...] = ()
    pin: str = ""
    can_facilitate: bool = False


def form_tables(
    *, meeting: Meeting, ref: str, title: str, tables: Sequence[TableToFill], people: Sequence[ToPlace], by: Person
) -> Forming:
    """Divide these people over these tables: begun, and told by FormingFinished or FormingFailed when it is done.

    Asked again while it is being formed, nothing changes. Settings and rules that were set on its page stay.
    Raises PermissionDenied; Refused with nobody or no table.
    """
    with transaction.atomic():
        forming = hand_over(meeting=meeting, ref=ref, title=title, tables=tables, people=people, by=by)
        return begin_forming(forming=forming, by=by)


def form_circles(
    *,
    community: Community,
    ref: str,
    title: str,
    tables: Sequence[TableToFill],
    people: Sequence[ToPlace],
    weights: Mapping[str, int],
    by: Person,
) -> Forming:
    """The same for groups of a programme that no meeting makes: `weights` says what counts when it is asked first.

    Pairs, pins and settings of the division that waits stay. Raises PermissionDenied; Refused with nobody or no table.
    """
    if not access.may_open_forming(by, community):
        raise PermissionDenied
    with transaction.atomic():
        forming = queries.forming_in(community, ref)
        if forming is None:
            forming = open_forming(community=community, title=title, by=by, ref=ref)
            forming.seconds, forming.wishes, forming.weights = SECONDS, 0, forming.weights | dict(weights)
            forming.save(update_fields=["seconds", "wishes", "weights"])
        _bring_in_line(forming, tables, people, by)
        return begin_forming(forming=forming, by=by)


def late_change(
    *,
    meeting: Meeting,
    ref: str,
    title: str,
    tables: Sequence[TableToFill],
    people: Sequence[ToPlace],
    by: Person,
    may_move_all: bool = False,
) -> Forming:
    """The same people and tables as they are now, with the places that were there: at most five others move.

    Raises PermissionDenied; Refused when nothing was formed yet.
    """
    with transaction.atomic():
        forming = hand_over(meeting=meeting, ref=ref, title=title, tables=tables, people=people, by=by)
        return fit_in(forming=forming, by=by, may_move_all=may_move_all)


def hand_over(
    *, meeting: Meeting, ref: str, title: str, tables: Sequence[TableToFill], people: Sequence[ToPlace], by: Person
) -> Forming:
    """Bring the division of this meeting in line with what the format has now. Raises PermissionDenied and Refused."""
    if not access.may_open_forming(by, meeting.community, meeting):
        raise PermissionDenied
    with transaction.atomic():
        forming = queries.forming_for(meeting, ref)
        if forming is None:
            forming = open_forming(community=meeting.community, title=title, by=by, meeting=meeting, ref=ref)
            forming.seconds = SECONDS
            forming.save(update_fields=["seconds"])
        _bring_in_line(forming, tables, people, by)
    return forming


def _bring_in_line(forming: Forming, tables: Sequence[TableToFill], people: Sequence[ToPlace], by: Person) -> None:
    """What is being formed right now is left as it is."""
    forming.lock()
    if forming.is_busy(clock.now()):
        return
    lock_to_prepare(forming, by)
    groups = _put_tables(forming, tables)
    _put_people(forming, people, groups)
    note_change(forming, by)


def _put_tables(forming: Forming, tables: Iterable[TableToFill]) -> dict[str, PossibleGroup]:
    known = {row.ref: row for row in forming.possible_groups.all()}
    found: dict[str, PossibleGroup] = {}
    for position, table in enumerate(tables, 1):
        row = known.pop(table.ref, None) or PossibleGroup(forming=forming, ref=table.ref)
        values = {name: getattr(table, name) for name in table.__dataclass_fields__} | {"position": position}
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        found[table.ref] = row
    forming.possible_groups.filter(pk__in=[row.pk for row in known.values()]).delete()
    return found


HANDED = ["person", "guest_name", "ref", "is_absent", "pin", "choices", "choices_handed", "can_facilitate"]


def _put_people(forming: Forming, people: Iterable[ToPlace], groups: dict[str, PossibleGroup]) -> None:
    """Who is not named is not there any more; rules between people stay as long as both are there."""
    known = {_key(row.person_id, row.ref): row for row in forming.candidates.all()}
    made, changed = [], []
    for each in people:
        row = known.pop(_key(each.person_id, each.ref), None) or known.pop((None, each.ref), None)
        pin = groups[each.pin].pk if each.pin in groups else None
        wished = [groups[choice].pk for choice in each.choices if choice in groups]
        values = {
            "person_id": each.person_id,
            "guest_name": "" if each.person_id else each.name[:100],
            "ref": each.ref,
            "is_absent": False,
            "pin_id": pin,
            "choices": row.choices if row and row.choices_handed == wished else wished,
            "choices_handed": wished,
            "can_facilitate": each.can_facilitate or bool(row and row.can_facilitate),
        }
        if row is None:
            made.append(Candidate(forming=forming, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    Candidate.objects.bulk_create(made)
    Candidate.objects.bulk_update(changed, HANDED, batch_size=200)
    forming.candidates.filter(pk__in=[row.pk for row in known.values()]).delete()


def _key(person_id: int | None, ref: str) -> tuple[int | None, str]:
    return (person_id, "") if person_id is not None else (None, ref)
