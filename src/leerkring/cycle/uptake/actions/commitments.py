from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.enums import CommitmentOutcome, CommitmentState
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
) -> Commitment:
    """Write down what somebody says to do at work, with a date. Raises PermissionDenied or Refused."""
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
        commitment = Commitment.objects.create(
            person=person,
            meeting=meeting,
            harvest_item=harvest_item,
            text=text.strip(),
            with_whom=with_whom.strip(),
            due_on=due_on,
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


def look_back(*, commitment: Commitment, outcome: CommitmentOutcome, by: Person, line: str = "") -> Commitment:
    """Say how it went, in one of four words and at most one line; may be said again. Raises PermissionDenied."""
    if not access.may_keep_commitment(by, commitment):
        raise PermissionDenied
    with transaction.atomic():
        commitment = Commitment.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=commitment.pk)
        commitment.state = CommitmentState.LOOKED_BACK
        commitment.outcome = CommitmentOutcome(outcome)
        commitment.looked_back = line.strip()
        commitment.looked_back_at = clock.now()
        commitment.save(update_fields=["state", "outcome", "looked_back", "looked_back_at"])
        record(
            facts.CommitmentLookedBack(
                community_id=commitment.meeting.community_id, by_id=by.pk, commitment_id=commitment.pk
            )
        )
    return commitment
