"""Cards: those of the library, those of a programme, and those that stand on a run sheet."""

from __future__ import annotations

from collections.abc import Iterable

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.enums import Label


def own_card(workform: Workform) -> Card:
    return Card(
        key=str(workform.pk),
        name=workform.name,
        purpose=workform.purpose,
        aim=Aim(workform.aim),
        minutes=workform.minutes,
        minutes_min=workform.minutes_min,
        minutes_max=workform.minutes_max,
        size_min=workform.size_min,
        size_max=workform.size_max,
        steps=tuple(lines(workform.steps)),
        materials=tuple(lines(workform.materials)),
        fits=workform.fits,
        fits_not=workform.fits_not,
        watch=workform.watch,
        workform_id=workform.pk,
        is_for_team=workform.label == Label.GROUP,
    )


def every_card(workforms: Iterable[Workform]) -> list[Card]:
    """Those of the programme first."""
    return [*(own_card(workform) for workform in workforms), *CARDS.values()]


def lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]
