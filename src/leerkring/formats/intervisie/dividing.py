"""A first division of people over groups, and what is not right about one. By hand from there on.

Deterministic and plain: people of the same organisation are dealt over the groups, the largest organisation first.
Whoever wants more than that hands the same people to the forming of groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

BEST = (5, 6)


@dataclass(frozen=True)
class Concern:
    """Either two of one organisation are together, or the size is off."""

    group: int
    size: int
    organisation_id: int | None = None


def groups_for(people: int, size: int = BEST[1]) -> int:
    """As few groups as keep each at this size or below."""
    return max(1, -(-people // size))


def divide(organisations: Mapping[int, int | None], groups: int) -> dict[int, int]:
    """Person to group number from 1, for person to organisation, in the order given."""
    counts = Counter(organisation for organisation in organisations.values() if organisation is not None)
    order = sorted(enumerate(organisations), key=lambda entry: _rank(organisations[entry[1]], counts, entry[0]))
    sizes = [0] * groups
    seen: list[Counter[int]] = [Counter() for _group in range(groups)]
    found: dict[int, int] = {}
    for _index, person in order:
        organisation = organisations[person]
        best = min(range(groups), key=lambda group: (seen[group][organisation or 0], sizes[group], group))
        found[person] = best + 1
        sizes[best] += 1
        if organisation is not None:
            seen[best][organisation] += 1
    return found


def _rank(organisation: int | None, counts: Counter[int], index: int) -> tuple[int, int, int]:
    if organisation is None:
        return (1, 0, index)
    return (-counts[organisation], organisation, index)


def warnings_of(division: Mapping[int, int], organisations: Mapping[int, int | None]) -> list[Concern]:
    """For each group: size off, and organisations that are in it twice, where it could be otherwise."""
    found = []
    is_mixed = len(set(organisations.values()) - {None}) > 1
    for group in sorted(set(division.values())):
        people = [person for person, number in division.items() if number == group]
        if len(people) not in BEST:
            found.append(Concern(group, len(people)))
        counts = Counter(organisation for person in people if (organisation := organisations.get(person)) is not None)
        found += [
            Concern(group, len(people), organisation)
            for organisation, count in sorted(counts.items())
            if count > 1 and is_mixed
        ]
    return found
