from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, queries, rules
from leerkring.community.meetings.enums import IntervisieStep
from leerkring.community.meetings.facts import (
    RunSheetItemChanged,
    RunSheetItemMoved,
    RunSheetItemPut,
    RunSheetItemRemoved,
    RunSheetItemRestored,
)
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.workforms import queries as workforms
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_revision

MOST_ITEMS = 100


class Line(NamedTuple):
    """A part as it is typed: minutes and a name, or minutes and a step of a method."""

    minutes: int
    title: str = ""
    step: IntervisieStep | str = ""
    note: str = ""
    facilitator_note: str = ""
    card: Card | None = None
    """The working form that the part follows."""


def put_run_sheet_item(
    *,
    meeting: Meeting,
    minutes: int,
    by: Person,
    title: str = "",
    step: IntervisieStep | str = "",
    note: str = "",
    facilitator_note: str = "",
    card: Card | None = None,
) -> RunSheetItem:
    """Add a part at the end of the run sheet. Raises PermissionDenied and Refused."""
    line = Line(minutes, title, step, note, facilitator_note, card)
    return put_run_sheet_items(meeting=meeting, lines=[line], by=by)[0]


def put_workform(*, meeting: Meeting, card: Card, by: Person, minutes: int | None = None) -> RunSheetItem:
    """Add a part that follows a working form: its name, its minutes, and for the facilitator what to watch.

    Steps and materials stay on the card. Raises PermissionDenied and Refused.
    """
    return put_run_sheet_item(
        meeting=meeting,
        minutes=minutes or card.minutes,
        title=str(card.name),
        facilitator_note=str(card.watch),
        card=card,
        by=by,
    )


def put_run_sheet_items(*, meeting: Meeting, lines: Iterable[Line], by: Person) -> list[RunSheetItem]:
    """Add parts at the end of the run sheet, all of them or none. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        last: int = meeting.items.aggregate(last=models.Max("position"))["last"] or 0
        items = [_item(meeting, last + place, line, by) for place, line in enumerate(lines, start=1)]
        if queries.items_of(meeting).count() + len(items) > MOST_ITEMS:
            raise Refused(_("A run sheet has at most %(count)d parts. Join some of them.") % {"count": MOST_ITEMS})
        for item in items:
            item.save()
            facts.record(
                RunSheetItemPut(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
            )
    return items


def change_run_sheet_item(
    *, item: RunSheetItem, by: Person, revision: int | None = None, **changes: Any
) -> RunSheetItem:
    """Change the named values. Raises PermissionDenied, EditedMeanwhile and Refused."""
    if unknown := set(changes) - set(Line._fields):
        raise TypeError(f"a part of a run sheet has no {', '.join(sorted(unknown))} to change")
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        theirs = RunSheetItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
        mine: dict[str, Any] = {
            name: value.strip() if isinstance(value, str) else value for name, value in changes.items()
        }
        if "card" in mine:
            mine |= _form_of(meeting, mine.pop("card"))
        check_revision(theirs, revision, mine)
        for name, value in mine.items():
            setattr(theirs, name, value)
        rules.check_item(theirs)
        theirs.revision, theirs.changed_by, theirs.changed_at = theirs.revision + 1, by, clock.now()
        theirs.save()
        facts.record(
            RunSheetItemChanged(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
        )
    item.refresh_from_db(fields=[*mine, "revision"])
    return item


def move_run_sheet_item(*, item: RunSheetItem, position: int, by: Person) -> RunSheetItem:
    """Put a part at another place, counted from 1; the others make room. Raises PermissionDenied."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        rules.lock(meeting)
        order = [other.pk for other in queries.items_of(meeting) if other.pk != item.pk]
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
    """Take a part away; `restore_run_sheet_item` puts it back. Raises PermissionDenied."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        if not RunSheetItem.objects.filter(pk=item.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            return
        facts.record(
            RunSheetItemRemoved(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
        )


def restore_run_sheet_item(*, item: RunSheetItem, by: Person) -> None:
    """Put a part back where it was. Raises PermissionDenied."""
    meeting = item.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        if not RunSheetItem.objects.filter(pk=item.pk, removed_at__isnull=False).update(removed_at=None):
            return
        facts.record(
            RunSheetItemRestored(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, item_id=item.pk)
        )


def _item(meeting: Meeting, position: int, line: Line, by: Person) -> RunSheetItem:
    item = RunSheetItem(
        meeting=meeting,
        position=position,
        minutes=line.minutes,
        title=line.title.strip(),
        step=line.step,
        note=line.note.strip(),
        facilitator_note=line.facilitator_note.strip(),
        changed_by=by,
        changed_at=clock.now(),
        **_form_of(meeting, line.card),
    )
    rules.check_item(item)
    return item


def _form_of(meeting: Meeting, card: Card | None) -> dict[str, str | Workform | None]:
    """As it is kept with a part. Raises Refused for a form of another programme."""
    if card is None:
        return {"built_in_form": "", "own_form": None}
    if card.workform_id is None:
        return {"built_in_form": card.key, "own_form": None}
    own = workforms.workforms_of(meeting.community).filter(pk=card.workform_id).first()
    if own is None:
        raise Refused(_("This working form is not there any more. Choose another one."))
    return {"built_in_form": "", "own_form": own}
