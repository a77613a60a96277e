"""Methods as sheets: those of the library and those of a programme, and which of them fit."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.formats.intervisie.library import SHEETS, Sheet, SheetStep
from leerkring.formats.intervisie.library.light import LOOK_BACK
from leerkring.formats.intervisie.models import Method, Round

GONE = SheetStep(_("A step that is not in the method any more"), 1, Speaker.EVERYONE)


def own_sheet(method: Method) -> Sheet:
    """A method of the programme; its steps are at hand."""
    steps = tuple(
        SheetStep(step.name, step.minutes, Speaker(step.speaker), step.say, step.not_now) for step in method.steps.all()
    )
    return Sheet(
        str(method.pk), method.name, method.fits, Experience(method.experience), method.size_min, method.size_max,
        steps, method.pk,
    )  # fmt: skip


def every_sheet(methods: Iterable[Method]) -> list[Sheet]:
    """Those of the programme first."""
    return [*(own_sheet(method) for method in methods), *SHEETS.values()]


def sheet_of_round(round_: Round) -> Sheet:
    return SHEETS[round_.built_in] if round_.built_in else own_sheet(round_.method)  # type: ignore[arg-type]


def step_at(sheet: Sheet, number: int | None) -> SheetStep:
    if number is None:
        return LOOK_BACK
    return sheet.steps[number] if number < len(sheet.steps) else GONE


def plan_of(sheet: Sheet, *, is_first: bool) -> list[tuple[int | None, int]]:
    """Which steps a round takes, with their minutes.

    Each round begins with five minutes on what became of the advice; the first of a group has nothing to look back on.
    """
    steps: list[tuple[int | None, int]] = [
        (number, step.minutes) for number, step in enumerate(sheet.steps) if not step.is_look_back
    ]
    return steps if is_first else [(None, LOOK_BACK.minutes), *steps]


def minutes_of(sheet: Sheet, *, is_first: bool) -> int:
    return sum(minutes for _number, minutes in plan_of(sheet, is_first=is_first))


def proposals(
    sheets: Iterable[Sheet], *, minutes: int | None, people: int | None, experience: Experience | None
) -> list[Sheet]:
    """Those that fit the time, the size and what the group has done before; what fills the time best comes first."""
    found = [
        sheet
        for sheet in sheets
        if (minutes is None or sheet.minutes <= minutes)
        and (people is None or sheet.size_min <= people <= sheet.size_max)
        and (experience is None or sheet.experience.rank <= experience.rank)
    ]
    if experience is not None:
        found.sort(key=lambda sheet: (-sheet.experience.rank, -sheet.minutes))
    elif minutes is not None:
        found.sort(key=lambda sheet: -sheet.minutes)
    return found
