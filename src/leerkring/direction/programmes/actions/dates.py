"""The days of an edition are the frame of its meetings, and go along with them.

None of its meetings lies outside it. Where the edition began or ended with a meeting it does so still when that one is
moved, called off or left out; days that somebody chose wider than the meetings stay as they were chosen.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from leerkring.direction.programmes import queries
from leerkring.direction.programmes.actions.places import locked
from leerkring.direction.programmes.facts import EditionChanged
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.queries import Span
from leerkring.platform import facts


def fit(edition: Edition, before: Span | None) -> bool:
    """The frame as it has to be, on the row at hand; `before` is from when to when the meetings were."""
    now = queries.span_of(edition)
    if now is None:
        return False
    was = (edition.starts_on, edition.ends_on)
    edition.starts_on = _along(edition.starts_on, before.first if before else None, now.first, earliest=True)
    edition.ends_on = _along(edition.ends_on, before.last if before else None, now.last, earliest=False)
    return (edition.starts_on, edition.ends_on) != was


def follow_meeting(*, meeting_id: int, before: Span | None, by_id: int | None) -> None:
    """After a meeting was moved, called off or put back. It follows from that, so it asks nobody's leave.

    `before` is when the meeting was; None when it did not count.
    """
    for edition in queries.editions_with(meeting_id):
        with transaction.atomic():
            theirs = locked(edition)
            if fit(theirs, queries.span_of(theirs, besides=meeting_id, also=before)):
                theirs.save(update_fields=["starts_on", "ends_on"])
                facts.record(EditionChanged(community_id=theirs.community.pk, by_id=by_id, edition_id=theirs.pk))


def _along(chosen: date, before: date | None, now: date, *, earliest: bool) -> date:
    if chosen == before:
        return now
    return min(chosen, now) if earliest else max(chosen, now)
