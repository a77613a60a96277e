from __future__ import annotations

from collections.abc import Iterable

from leerkring.community.meetings.rhythm.days import USUAL
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.models import MailRhythm
from leerkring.community.memberships.models import Community


def rhythm_of(community: Community) -> dict[LetterMoment, int]:
    """The letters of a programme, each with its days; of a group, those of its programme."""
    return rhythms_of([community.root_pk]).get(community.root_pk, dict(USUAL))


def rhythms_of(root_pks: Iterable[int]) -> dict[int, dict[LetterMoment, int]]:
    """Of those programmes that chose; the others send all letters on their usual days."""
    rows = MailRhythm.objects.filter(community__in=set(root_pks))
    return {row.community_id: row.letters for row in rows}


def days_kept(community: Community) -> dict[LetterMoment, int]:
    """The days of every letter, those that do not go now among them."""
    row = MailRhythm.objects.filter(community=community.root_pk).first()
    return {moment: row.days_of(moment) if row else USUAL[moment] for moment in LetterMoment}
