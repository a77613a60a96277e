from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.rhythm import access, queries
from leerkring.community.meetings.rhythm.days import BOUNDS, Rhythm, in_order, may_differ
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.facts import RhythmSet
from leerkring.community.meetings.rhythm.models import MailRhythm
from leerkring.community.meetings.rules import require
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def set_rhythm(*, community: Community, letters: Rhythm, by: Person) -> None:
    """Say which letters go out around each meeting, and how many days before or after it.

    The same once more is nothing. Raises PermissionDenied, and Refused for days out of bounds.
    """
    require(access.may_set_rhythm(by, community))
    for moment, days in letters.items():
        least, most = BOUNDS[moment]
        if not least <= days <= most:
            raise Refused(_("Choose from %(least)d to %(most)d days.") % {"least": least, "most": most})
    with transaction.atomic():
        if queries.rhythm_of(community) == letters:
            return
        chosen = {moment.value: moment in letters for moment in LetterMoment}
        days_of = {f"{moment.value}_days": days for moment, days in letters.items() if may_differ(moment)}
        MailRhythm.objects.update_or_create(
            community=community, defaults={**chosen, **days_of, "changed_by": by, "changed_at": clock.now()}
        )
        in_turn = in_order(letters)
        facts.record(
            RhythmSet(
                community_id=community.pk,
                by_id=by.pk,
                moments=[moment.value for moment in in_turn],
                days=list(in_turn.values()),
            )
        )
