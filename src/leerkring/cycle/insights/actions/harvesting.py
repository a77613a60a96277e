from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.actions import move_meeting
from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.insights import access, queries
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.facts import (
    HarvestChanged,
    HarvestFinished,
    HarvestRemoved,
    HarvestRestored,
    LineHarvested,
)
from leerkring.cycle.insights.models import HarvestItem
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

LINE_LENGTH = 500


def harvest(
    *, meeting: Meeting, text: str, by: Person, kind: HarvestKind = HarvestKind.NOTE, key: str | None = None
) -> HarvestItem:
    """Write down one line of what the meeting yielded. The same `key` twice is one line.

    Raises PermissionDenied; Refused for a meeting that keeps no text (rule 6), is cancelled or closed, and for an
    empty or too long line.
    """
    if not access.may_harvest(by, meeting):
        raise PermissionDenied
    text = _checked(meeting, text)
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        if key:
            sent = HarvestItem.objects.filter(key=key).first()
            if sent is not None:
                if sent.meeting_id != meeting.pk:
                    raise PermissionDenied
                return sent
        item = HarvestItem.objects.create(
            meeting=meeting, kind=kind, text=text, key=key or None, position=queries.last_position(meeting) + 1,
            by=by, at=clock.now(), changed_by=by, changed_at=clock.now(),
        )  # fmt: skip
        facts.record(
            LineHarvested(
                community_id=meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=meeting.pk,
                harvest_id=item.pk,
                kind=item.kind,
            )
        )
    return item


def change_harvest(
    *, item: HarvestItem, text: str, kind: HarvestKind, by: Person, revision: int | None = None
) -> HarvestItem:
    """Word a line anew, or give it another kind.

    Raises PermissionDenied, Refused, and EditedMeanwhile when somebody else did since `revision`.
    """
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    text = _checked(item.meeting, text)
    with transaction.atomic():
        item.lock()
        item.check_revision(revision, text=text)
        if (item.text, item.kind) == (text, kind):
            return item
        item.text = text
        item.kind = kind
        item.changed(by=by, at=clock.now())
        item.save()
        facts.record(
            HarvestChanged(
                community_id=item.meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=item.meeting_id,
                harvest_id=item.pk,
                revision=item.revision,
            )
        )
    return item


def remove_harvest(*, item: HarvestItem, by: Person) -> None:
    """Take a line away; `restore_harvest` puts it back. Twice is once. Raises PermissionDenied."""
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    with transaction.atomic():
        item.lock()
        if item.removed_at is not None:
            return
        item.removed_at = clock.now()
        item.save(update_fields=["removed_at"])
        facts.record(
            HarvestRemoved(
                community_id=item.meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=item.meeting_id,
                harvest_id=item.pk,
            )
        )


def restore_harvest(*, item: HarvestItem, by: Person) -> None:
    """Put a removed line back in its place. Raises PermissionDenied."""
    if not access.may_harvest(by, item.meeting):
        raise PermissionDenied
    with transaction.atomic():
        item.lock()
        if item.removed_at is None:
            return
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        facts.record(
            HarvestRestored(
                community_id=item.meeting.community.root_pk,
                by_id=by.pk,
                meeting_id=item.meeting_id,
                harvest_id=item.pk,
            )
        )


def finish_harvest(*, meeting: Meeting, by: Person) -> None:
    """Say that the harvest is in: the meeting is harvested. Twice is once.

    Raises PermissionDenied; Refused before the meeting is over, or when nothing was written.
    """
    if not access.may_harvest(by, meeting):
        raise PermissionDenied
    with transaction.atomic():
        meeting.refresh_from_db(fields=["state"], from_queryset=Meeting.objects.select_for_update())
        if meeting.state in (MeetingState.HARVESTED, MeetingState.CLOSED):
            return
        line_count = queries.lines_of(meeting).count()
        if not meeting.keeps_text:
            raise Refused(_("What is said here stays here. There is nothing to harvest."))
        if not line_count:
            raise Refused(_("Nothing is written yet. Write one line, even if it is that nothing came of it."))
        if not meeting.is_held:
            if meeting.starts_at > clock.now():
                raise Refused(_("This meeting has yet to begin. Finish the harvest when it is over."))
            move_meeting(meeting=meeting, state=MeetingState.HELD, by=by)
        move_meeting(meeting=meeting, state=MeetingState.HARVESTED, by=by)
        facts.record(
            HarvestFinished(
                community_id=meeting.community.root_pk, by_id=by.pk, meeting_id=meeting.pk, line_count=line_count
            )
        )


def reopen_harvest(*, meeting: Meeting, by: Person) -> None:
    """Take lines again after the harvest was in. Twice is once. Raises PermissionDenied; Refused once it is closed."""
    if not access.may_harvest(by, meeting):
        raise PermissionDenied
    if meeting.state != MeetingState.HELD:
        move_meeting(meeting=meeting, state=MeetingState.HELD, by=by)


def _checked(meeting: Meeting, text: str) -> str:
    """The line as it will be kept. Raises Refused."""
    if not meeting.keeps_text:
        raise Refused(_("What is said here stays here. There is nothing to harvest."))
    if meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED):
        raise Refused(_("This meeting is %(state)s. Nothing can be added.") % {"state": meeting.get_state_display()})
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LINE_LENGTH:
        raise Refused(
            _("This line has %(count)d characters; %(most)d fit. Make two lines of it.")
            % {"count": len(text), "most": LINE_LENGTH}
        )
    return text
