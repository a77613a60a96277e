"""The spread of an edition: people by organisation and policy field, so that one sees who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leerkring.community.people.models import Organisation, PolicyField
from leerkring.direction.programmes.models import Enrolment

DOTS = 9
DOT = 12
FEWEST_SHOWN = 5


@dataclass(frozen=True)
class Cell:
    field: PolicyField | None
    count: int

    @property
    def dots(self) -> list[tuple[int, int]]:
        """Where the dots of the picture stand, three in a row, at most nine; beyond that the number tells."""
        return [(DOT * (number % 3) + 6, DOT * (number // 3) + 6) for number in range(min(self.count, DOTS))]

    @property
    def width(self) -> int:
        return DOT * min(max(self.count, 1), 3)

    @property
    def height(self) -> int:
        return DOT * ((min(max(self.count, 1), DOTS) + 2) // 3)


@dataclass(frozen=True)
class Row:
    organisation: Organisation
    cells: list[Cell]

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


class Spread:
    """Rows are organisations, those without anybody included; columns are policy fields, and none last.

    A host of which nobody takes part is not missing: it does the inviting.
    """

    def __init__(
        self,
        enrolments: Iterable[Enrolment],
        organisations: Iterable[Organisation],
        host: Organisation,
        wanted: Iterable[PolicyField] = (),
    ) -> None:
        taking_part = list(enrolments)
        counts = Counter((enrolment.organisation_id, enrolment.policy_field_id) for enrolment in taking_part)
        fields = {e.policy_field_id: e.policy_field for e in taking_part if e.policy_field is not None}
        fields |= {field.pk: field for field in wanted}
        self.fields: list[PolicyField | None] = [*sorted(fields.values(), key=lambda field: field.name)]
        if any(e.policy_field_id is None for e in taking_part):
            self.fields.append(None)
        rows = {organisation.pk: organisation for organisation in organisations if organisation != host}
        rows |= {e.organisation_id: e.organisation for e in taking_part}
        self.rows = [
            Row(organisation, [Cell(field, counts[(pk, field.pk if field else None)]) for field in self.fields])
            for pk, organisation in sorted(rows.items(), key=lambda item: item[1].name)
        ]

    @property
    def missing(self) -> list[Organisation]:
        """Organisations that take part in the programme, and of which nobody is in the edition."""
        return [row.organisation for row in self.rows if not row.count]

    @property
    def present_count(self) -> int:
        return sum(1 for row in self.rows if row.count)

    @property
    def missing_fields(self) -> list[PolicyField]:
        """Policy fields that are looked for, and on which nobody in the edition works."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        present = {cells[0].field for cells in columns if any(cell.count for cell in cells)}
        return [field for field in self.fields if field is not None and field not in present]


@dataclass(frozen=True)
class Margin:
    """One figure of the spread as anybody may read it; None reads "fewer than five"."""

    name: str
    count: int | None


def margins(counts: Mapping[str, int]) -> list[Margin]:
    """Figures below five are held back, nought among them (rule 7).

    Who knows the total subtracts: what is held back counts at least two figures and five people together, or nothing
    is shown at all.
    """
    hidden = {name for name, count in counts.items() if count < FEWEST_SHOWN}
    shown = sorted((name for name in counts if name not in hidden), key=lambda name: (counts[name], name))
    while hidden and shown and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEWEST_SHOWN):
        hidden.add(shown.pop(0))
    rows = [Margin(name, None if name in hidden else count) for name, count in counts.items()]
    return sorted(rows, key=lambda row: (-(row.count or 0), row.name))
