from __future__ import annotations

from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.models import MailRhythm
from leerkring.community.memberships.models import Community

ALL = frozenset(LetterMoment)


def rhythm_of(community: Community) -> frozenset[LetterMoment]:
    """The letters of a programme; of a group, those of its programme."""
    rhythm = MailRhythm.objects.filter(community=community.root_pk).first()
    return ALL if rhythm is None else rhythm.moments
