from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.models import Commitment
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import Refused


def make_commitment(
    *,
    person: Person,
    meeting: Meeting,
    text: str,
    due_on: date,
    by: Person,
    with_whom: str = "",
    harvest_item: HarvestItem | None = None,
    is_shared: bool = False,
) -> Commitment:
    """Write down what somebody says to do at work, with a date. Only its maker shares it at once.

    Raises PermissionDenied or Refused.
    """
    if harvest_item is None:
        allowed = access.may_make_commitment(by, meeting, person)
    else:
        allowed = access.may_harvest_commitment(by, meeting)
    if not allowed:
        raise PermissionDenied
    if not meeting.keeps_text:
        raise Refused(_("What is said at an intervisie stays there. Make your commitment at another meeting."))
    if not text.strip():
        raise Refused(_("Write what you will do."))
    if due_on < clock.today():
        raise Refused(_("Choose a day that is yet to come."))
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        _refuse_twice(person, meeting, text.strip())
        commitment = Commitment.objects.create(
            person=person,
            meeting=meeting,
            harvest_item=harvest_item,
            text=text.strip(),
            with_whom=with_whom.strip(),
            due_on=due_on,
            is_shared=is_shared and by.pk == person.pk,
            typed_by=None if by.pk == person.pk else by,
            made_at=clock.now(),
        )
        record(
            facts.CommitmentMade(
                community_id=meeting.community_id,
                by_id=by.pk,
                commitment_id=commitment.pk,
                person_id=person.pk,
                meeting_id=meeting.pk,
            )
        )
    return commitment


def promote_to_commitment(
    *, harvest_item: HarvestItem, person: Person, due_on: date, by: Person, with_whom: str = ""
) -> Commitment:
    """Make a commitment of a line of the harvest. Raises PermissionDenied, or Refused when that was done already."""
    if Commitment.objects.filter(harvest_item=harvest_item).exists():
        raise Refused(_("This line is a commitment already."))
    return make_commitment(
        person=person,
        meeting=harvest_item.meeting,
        text=harvest_item.text[:300],
        due_on=due_on,
        with_whom=with_whom,
        harvest_item=harvest_item,
        by=by,
    )


def share_commitment(*, commitment: Commitment, by: Person, is_shared: bool = True) -> Commitment:
    """Show it to the programme, or take it back. Only the person who made it. Raises PermissionDenied."""
    if not access.may_keep_commitment(by, commitment):
        raise PermissionDenied
    with transaction.atomic():
        commitment.is_shared = is_shared
        commitment.save(update_fields=["is_shared"])
        record(
            facts.CommitmentShared(
                community_id=commitment.meeting.community_id,
                by_id=by.pk,
                commitment_id=commitment.pk,
                is_shared=is_shared,
            )
        )
    return commitment


def remove_commitment(*, commitment: Commitment, by: Person) -> Commitment:
    """Take it away: its maker, or whoever typed it in the wrong name. Twice is once. Raises PermissionDenied."""
    if not access.may_remove_commitment(by, commitment):
        raise PermissionDenied
    with transaction.atomic():
        if Commitment.objects.filter(pk=commitment.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            record(
                facts.CommitmentRemoved(
                    community_id=commitment.meeting.community_id, by_id=by.pk, commitment_id=commitment.pk
                )
            )
        commitment.refresh_from_db(fields=["removed_at"])
    return commitment


def restore_commitment(*, commitment: Commitment, by: Person) -> Commitment:
    """The inverse of `remove_commitment`. Raises PermissionDenied."""
    if not access.may_remove_commitment(by, commitment):
        raise PermissionDenied
    with transaction.atomic():
        if Commitment.objects.filter(pk=commitment.pk, removed_at__isnull=False).update(removed_at=None):
            record(
                facts.CommitmentRestored(
                    community_id=commitment.meeting.community_id, by_id=by.pk, commitment_id=commitment.pk
                )
            )
        commitment.refresh_from_db(fields=["removed_at"])
    return commitment


def _refuse_twice(person: Person, meeting: Meeting, text: str) -> None:
    same = Commitment.objects.filter(person=person, meeting=meeting, text=text, removed_at__isnull=True)
    if same.exists():
        raise Refused(_("This commitment is written down already."))
