"""How many days before or after a meeting each letter goes, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.rhythm.enums import LetterMoment

Rhythm = Mapping[LetterMoment, int]
"""The letters that go, each with its days."""

USUAL: dict[LetterMoment, int] = {
    LetterMoment.MONTH: 30,
    LetterMoment.FORTNIGHT: 14,
    LetterMoment.DAYS: 3,
    LetterMoment.DAY: 1,
    LetterMoment.AFTERWARDS: 1,
}
BOUNDS: dict[LetterMoment, tuple[int, int]] = {
    LetterMoment.MONTH: (24, 60),
    LetterMoment.FORTNIGHT: (8, 20),
    LetterMoment.DAYS: (2, 6),
    LetterMoment.DAY: (1, 1),
    LetterMoment.AFTERWARDS: (1, 5),
}
"""They do not overlap, so that the letters keep their order."""
WEEK = 7


def may_differ(moment: LetterMoment) -> bool:
    least, most = BOUNDS[moment]
    return least < most


def in_order(letters: Rhythm) -> dict[LetterMoment, int]:
    return {moment: letters[moment] for moment in LetterMoment if moment in letters}


def usual(moments: Iterable[LetterMoment]) -> dict[LetterMoment, int]:
    """These letters on their usual days."""
    return in_order({moment: USUAL[moment] for moment in moments})


def when_in_words(moment: LetterMoment, days: int) -> str:
    if moment.is_after:
        return _("the day after") if days == 1 else _("%(days)d days after") % {"days": days}
    if days == 1:
        return _("the day before")
    if days == USUAL[LetterMoment.MONTH]:
        return _("a month before")
    if days % WEEK == 0:
        weeks = days // WEEK
        return ngettext("%(weeks)d week before", "%(weeks)d weeks before", weeks) % {"weeks": weeks}
    return _("%(days)d days before") % {"days": days}


def letter_in_words(moment: LetterMoment, days: int) -> str:
    return _("%(when)s: %(what)s") % {"when": when_in_words(moment, days), "what": moment.label}


def rhythm_in_words(letters: Rhythm) -> list[str]:
    return [letter_in_words(moment, days) for moment, days in in_order(letters).items()]
