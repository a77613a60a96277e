"""How the people of a programme are spread over organisations, parts and policy fields.

The programme team sees its own programme whole. For everybody else a figure below five is not shown (rule 7), and
where only one would be missing, a second one is held back too, so that it cannot be had by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, Q
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community, Membership
from leerkring.community.people.models import Unit

FEWEST_SHOWN = 5


@dataclass(frozen=True)
class Share:
    """One bar of the picture. `count` is None when the figure is held back."""

    name: str
    count: int | None
    percent: int


@dataclass(frozen=True)
class Spread:
    shares: list[Share]
    places_count: int
    """How many organisations, parts or fields there are."""
    people_count: int | None
    """All together; None when that figure is held back."""
    is_of_units: bool = False

    @property
    def holds_back(self) -> bool:
        return any(share.count is None for share in self.shares)


def hold_back(counts: list[int]) -> list[bool]:
    """Which of these figures are not shown: those below five, and never one alone."""
    hidden = [0 < count < FEWEST_SHOWN for count in counts]
    if sum(hidden) == 1:
        shown = [index for index, count in enumerate(counts) if not hidden[index] and count]
        if shown:
            hidden[min(shown, key=lambda index: counts[index])] = True
    return hidden


def over_places(community: Community, units: Iterable[Unit] = (), *, is_whole: bool) -> Spread:
    """By organisation; by part when all are of one organisation. Districts count with the part that they belong to.

    `units` are those of the organisations that take part, where they are at hand.
    """
    members = Membership.objects.filter(community=community, until_on__isnull=True)
    places = FilteredRelation("placements", condition=Q(placements__until_on__isnull=True))
    names = ("placed__organisation_id", "placed__organisation__name", "placed__unit_id")
    rows = list(members.annotate(placed=places).values_list(*names).annotate(Count("pk")).order_by())
    organisations = {organisation_id for organisation_id, *_rest in rows} - {None}
    tops = _tops(organisations.pop(), units) if len(organisations) == 1 else None
    counted: Counter[str] = Counter()
    for _organisation_id, name, unit_id, count in rows:
        counted[(tops.get(unit_id, "") if tops is not None else name) or ""] += count
    return _spread(counted, is_whole=is_whole, is_of_units=tops is not None)


def over_policy_fields(community: Community, *, is_whole: bool) -> Spread:
    members = Membership.objects.filter(community=community, until_on__isnull=True)
    rows = members.values_list("person__policy_field__name").annotate(Count("pk")).order_by()
    return _spread(Counter({name or "": count for name, count in rows}), is_whole=is_whole)


def _tops(organisation_id: int, units: Iterable[Unit]) -> dict[int, str]:
    """For each part the name of the part at the top that it belongs to."""
    known = {unit.pk: unit for unit in units if unit.organisation_id == organisation_id}
    known = known or {unit.pk: unit for unit in Unit.objects.filter(organisation=organisation_id)}
    tops = {}
    for unit in known.values():
        top = unit
        while top.parent_id is not None:
            top = known[top.parent_id]
        tops[unit.pk] = top.name
    return tops


def _spread(counted: Counter[str], *, is_whole: bool, is_of_units: bool = False) -> Spread:
    total, unsaid = counted.total(), counted.pop("", 0)
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    if unsaid:
        rows.append((_("Not said"), unsaid))
    counts = [count for _name, count in rows]
    hidden = [False] * len(rows) if is_whole else hold_back(counts)
    longest = max((count for count, is_hidden in zip(counts, hidden, strict=True) if not is_hidden), default=1)
    shares = [
        Share(name, None, 0) if is_hidden else Share(name, count, round(100 * count / longest))
        for (name, count), is_hidden in zip(rows, hidden, strict=True)
    ]
    is_known = is_whole or total == 0 or total >= FEWEST_SHOWN
    return Spread(shares, len(counted), total if is_known else None, is_of_units=is_of_units)
