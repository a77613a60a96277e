"""Counts of people that give nobody away (rule 7): below five, and what could be counted back to it, is not shown."""

from __future__ import annotations

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEW = 5


class Hidden(Enum):
    """Stands in the place of a number."""

    FEWER_THAN_FIVE = "fewer than five"
    NOT_SHOWN = "not shown"

    @property
    def label(self) -> Promise:
        if self is Hidden.FEWER_THAN_FIVE:
            return _("fewer than five")
        return _("not shown, so that nobody can be counted back")


Count = int | Hidden


def veiled(number: int) -> Count:
    """0 to 4 people alike read "fewer than five"."""
    return number if number >= FEW else Hidden.FEWER_THAN_FIVE


def veiled_parts(whole: int, *parts: int) -> list[Count]:
    """Parts of a whole that is shown as `veiled(whole)`.

    What is left of the whole, after one part or after all, may not be counted back when it is fewer than five people:
    then parts are left out, the smallest first, until it cannot.
    """
    shown: list[Count] = [veiled(part) for part in parts]
    if whole < FEW:
        return [Hidden.FEWER_THAN_FIVE for _part in parts]
    for index in sorted(range(len(parts)), key=lambda index: parts[index]):
        numbers = [number for number in shown if isinstance(number, int)]
        if isinstance(shown[index], int) and _can_be_counted_back(whole, numbers):
            shown[index] = Hidden.NOT_SHOWN
    return shown


def _can_be_counted_back(whole: int, shown: list[int]) -> bool:
    sums = {0}
    for number in shown:
        sums |= {so_far + number for so_far in sums}
    return any(whole - so_far < FEW for so_far in sums if so_far)
