from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerkring.community.people.models import Person
from leerkring.outward.exchange.facts import CalendarClosed, CalendarOpened
from leerkring.outward.exchange.models import CalendarFeed
from leerkring.platform import clock, facts


def open_calendar(*, person: Person, by: Person) -> CalendarFeed:
    """A new address for one's own calendar program; the one before stops at once. Raises PermissionDenied."""
    _must_be_own(person, by)
    with transaction.atomic():
        feed, _is_new = CalendarFeed.objects.update_or_create(
            person=person, defaults={"token": secrets.token_urlsafe(32), "made_at": clock.now()}
        )
        facts.record(CalendarOpened(community_id=None, by_id=by.pk, person_id=person.pk))
    return feed


def close_calendar(*, person: Person, by: Person) -> None:
    """Twice is once. Raises PermissionDenied."""
    _must_be_own(person, by)
    with transaction.atomic():
        gone, _rows = CalendarFeed.objects.filter(person=person).delete()
        if gone:
            facts.record(CalendarClosed(community_id=None, by_id=by.pk, person_id=person.pk))


def _must_be_own(person: Person, by: Person) -> None:
    if person.pk != by.pk or person.left_at is not None:
        raise PermissionDenied
