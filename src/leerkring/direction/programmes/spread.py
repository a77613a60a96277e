"""The spread of an edition: people by organisation and policy field, so that one sees who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from leerkring.community.people.models import Organisation, PolicyField
from leerkring.direction.programmes.models import Enrolment

DOTS = 9
DOT = 12


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
        self, enrolments: Iterable[Enrolment], organisations: Iterable[Organisation], host: Organisation
    ) -> None:
        taking_part = list(enrolments)
        counts = Counter((enrolment.organisation_id, enrolment.policy_field_id) for enrolment in taking_part)
        fields = {e.policy_field_id: e.policy_field for e in taking_part if e.policy_field is not None}
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
