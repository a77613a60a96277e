from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from leerkring.community.meetings.rhythm import access, queries
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.facts import RhythmSet
from leerkring.community.meetings.rhythm.models import MailRhythm
from leerkring.community.meetings.rules import require
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts


def set_rhythm(*, community: Community, moments: Collection[LetterMoment], by: Person) -> None:
    """Say which letters go out around each meeting. The same once more is nothing. Raises PermissionDenied."""
    require(access.may_set_rhythm(by, community))
    with transaction.atomic():
        if queries.rhythm_of(community) == frozenset(moments):
            return
        chosen = {moment.value: moment in moments for moment in LetterMoment}
        MailRhythm.objects.update_or_create(
            community=community, defaults={**chosen, "changed_by": by, "changed_at": clock.now()}
        )
        names = [moment.value for moment in LetterMoment if moment in moments]
        facts.record(RhythmSet(community_id=community.pk, by_id=by.pk, moments=names))
