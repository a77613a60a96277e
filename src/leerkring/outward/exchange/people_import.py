"""The plan of an import: what a list of people would do to a programme. Pure: the list and what exists go in.

Nothing is changed here; actions.import_people carries a plan out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from leerkring.community.memberships.enums import Level
from leerkring.outward.exchange.cleaning import clean_text
from leerkring.outward.exchange.columns import Columns
from leerkring.outward.exchange.enums import Purpose, Thing, Trouble
from leerkring.outward.exchange.matching import Known, NearMatch, decision_key, exact, likely
from leerkring.outward.exchange.people_list import Double, Line, PeopleList, Remark

HOST = ""
"""The organisation of rows that name none."""


class Decision(StrEnum):
    """What to do with a name that is no exact match. A known name is decided by its id."""

    NEW = "new"
    LEAVE_OUT = "none"


Decisions = Mapping[str, str]
"""By the key of the near match: the id of a known name, or a Decision."""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who has one of the addresses, as far as this programme knows them."""

    id: int
    name: str = ""
    """Empty for who is not in this programme: other programmes are not shown."""
    is_member: bool = False
    has_left: bool = False
    unit: str = ""
    organisation: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class Existing:
    """What there is: the host, organisations with their parts, policy fields, and who has which address."""

    host: Known
    organisations: Sequence[Known] = ()
    units: Mapping[int, Sequence[Known]] = field(default_factory=dict)
    """By the id of their organisation."""
    fields: Sequence[Known] = ()
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    """By address."""
    today: date = date.max
    may_add: bool = False
    """Whether new organisations and parts may be added along with the people."""


@dataclass(frozen=True)
class Place:
    """An organisation, part or policy field of a row: one that is known, or a new one by its name."""

    known: Known | None = None
    new_name: str = ""

    def __bool__(self) -> bool:
        return self.known is not None or bool(self.new_name)


NOWHERE = Place()


@dataclass(frozen=True)
class PlannedPerson:
    """One person as they come in."""

    line: Line
    organisation: Place
    unit: Place
    policy_field: Place
    level: Level
    since: date
    known: KnownPerson | None = None

    @property
    def is_new(self) -> bool:
        return self.known is None

    @property
    def joins(self) -> bool:
        return self.known is None or not (self.known.is_member or self.known.has_left)


@dataclass(frozen=True)
class Differs:
    """Somebody who is in the programme already, and about whom the list says something else. What is known stays."""

    row: int
    name: str
    differs: tuple[tuple[Purpose, str, str], ...]


@dataclass
class ImportPlan:
    """What an import would do, for people to look at and for the action to do."""

    columns: Columns
    people: list[PlannedPerson] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    no_unit: list[int] = field(default_factory=list)
    near: list[NearMatch] = field(default_factory=list)
    """Names that are no exact match, with what is likely; see `undecided`."""
    undecided: list[NearMatch] = field(default_factory=list)
    text_dates: list[int] = field(default_factory=list)
    two_addresses: list[int] = field(default_factory=list)
    differing: list[Differs] = field(default_factory=list)
    left_before: list[PlannedPerson] = field(default_factory=list)
    """Who was a member and left: a list does not bring them back."""
    empty_formulas: list[str] = field(default_factory=list)

    @property
    def newcomers(self) -> list[PlannedPerson]:
        return [person for person in self.people if person.joins]

    @property
    def already_in(self) -> list[PlannedPerson]:
        return [person for person in self.people if person.known is not None and person.known.is_member]

    @property
    def left_rows(self) -> list[int]:
        return [person.line.row for person in self.left_before]

    @property
    def changes_nothing(self) -> bool:
        return not any(person.joins or _fills_gap(person) for person in self.people)

    def near_of(self, thing: Thing) -> list[NearMatch]:
        return [near for near in self.near if near.thing == thing]

    def as_json(self) -> dict[str, Any]:
        """The report as the console gives it: row numbers are those of the sheet."""
        return {
            "persons": len(self.people),
            "doubles": [{"row": double.row, "address": double.address} for double in self.doubles],
            "rejected": [{"row": remark.row, "why": remark.trouble.value} for remark in self.rejected],
            "no_unit": self.no_unit,
            "near_units": {
                near.text: {"unit": near.likely.name if near.likely else None, "rows": near.rows}
                for near in self.near_of(Thing.UNIT)
            },
            "ignored_columns": self.columns.ignored,
            "two_addresses": self.two_addresses,
            "text_dates": self.text_dates,
        }


def _fills_gap(person: PlannedPerson) -> bool:
    """Whether the list knows the part of the organisation of a member who has none yet."""
    known = person.known
    return known is not None and known.is_member and not known.unit and bool(person.unit)


def plan_import(
    found: PeopleList, columns: Columns, existing: Existing, decisions: Decisions, usual_level: Level = Level.ACTIVE
) -> ImportPlan:
    """Lay what the list says beside what exists."""
    return _Planner(found, columns, existing, decisions, usual_level).plan


class _Planner:
    def __init__(
        self, found: PeopleList, columns: Columns, existing: Existing, decisions: Decisions, usual_level: Level
    ) -> None:
        self.existing, self.decisions, self.usual_level = existing, decisions, usual_level
        self.near: dict[str, NearMatch] = {}
        self.exact: dict[tuple[Thing, str, str], Known | None] = {}
        self.plan = ImportPlan(
            columns,
            doubles=found.doubles,
            rejected=found.rejected,
            remarks=list(found.remarks),
            text_dates=found.text_dates,
            empty_formulas=found.empty_formulas,
        )
        for line in found.lines:
            self._person(line)
        self.plan.near = list(self.near.values())
        self.plan.undecided = [near for near in self.plan.near if not self._is_decided(near)]
        self.plan.remarks.sort(key=lambda remark: remark.row)

    def _person(self, line: Line) -> None:
        plan = self.plan
        if len(line.addresses) > 1:
            plan.two_addresses.append(line.row)
        organisation = self._organisation(line)
        unit = self._unit(line, organisation)
        if not clean_text(line.unit):
            plan.no_unit.append(line.row)
        since = line.since or self.existing.today
        if since > self.existing.today:
            plan.remarks.append(Remark(line.row, Trouble.DAY_TO_COME, text=str(since)))
            since = self.existing.today
        person = PlannedPerson(
            line=line,
            organisation=organisation,
            unit=unit,
            policy_field=self._field(line),
            level=line.level or self.usual_level,
            since=since,
            known=self._known(line),
        )
        plan.people.append(person)
        if person.known and person.known.has_left:
            plan.left_before.append(person)
        elif person.known and person.known.is_member:
            self._compare(person, person.known)

    def _known(self, line: Line) -> KnownPerson | None:
        known = {person.id: person for address in line.addresses if (person := self.existing.people.get(address))}
        if len(known) > 1:
            self.plan.remarks.append(Remark(line.row, Trouble.TWO_PEOPLE, text="; ".join(line.addresses)))
        return next(iter(known.values()), None)

    def _organisation(self, line: Line) -> Place:
        if not clean_text(line.organisation):
            return Place(self.existing.host)
        known = self.existing.organisations
        if found := self._exact(Thing.ORGANISATION, line.organisation, HOST, known):
            return Place(found)
        return self._decided(Thing.ORGANISATION, line.organisation, HOST, known, line.row)

    def _unit(self, line: Line, organisation: Place) -> Place:
        if not clean_text(line.unit) or not organisation:
            return NOWHERE
        within = HOST
        known: Sequence[Known] = ()
        if organisation.known is not None:
            known = self.existing.units.get(organisation.known.id, ())
        if organisation.known is None or organisation.known.id != self.existing.host.id:
            within = organisation.known.name if organisation.known else organisation.new_name
        if found := self._exact(Thing.UNIT, line.unit, within, known):
            return Place(found)
        return self._decided(Thing.UNIT, line.unit, within, known, line.row)

    def _field(self, line: Line) -> Place:
        if not clean_text(line.policy_field):
            return NOWHERE
        if found := self._exact(Thing.FIELD, line.policy_field, HOST, self.existing.fields):
            return Place(found)
        return self._decided(Thing.FIELD, line.policy_field, HOST, self.existing.fields, line.row)

    def _exact(self, thing: Thing, text: str, within: str, known: Sequence[Known]) -> Known | None:
        key = (thing, within, text)
        if key not in self.exact:
            self.exact[key] = exact(text, known, letter_by_letter=thing == Thing.UNIT)
        return self.exact[key]

    def _decided(self, thing: Thing, text: str, within: str, known: Sequence[Known], row: int) -> Place:
        """Nothing, until a person has decided; then the same for every row with this text."""
        near = self.near.get(decision_key(thing, text, within))
        if near is None:
            near = NearMatch(thing, text, within, likely(text, known), options=known)
            self.near[near.key] = near
        near.rows.append(row)
        decision = self.decisions.get(near.key, "")
        if decision == Decision.NEW and self.existing.may_add and thing != Thing.FIELD:
            return Place(new_name=clean_text(text)[:200])
        return Place(next((candidate for candidate in known if str(candidate.id) == decision), None))

    def _is_decided(self, near: NearMatch) -> bool:
        decision = self.decisions.get(near.key, "")
        if decision == Decision.LEAVE_OUT:
            return True
        if decision == Decision.NEW:
            return self.existing.may_add and near.thing != Thing.FIELD
        return any(str(known.id) == decision for known in near.options)

    def _compare(self, person: PlannedPerson, known: KnownPerson) -> None:
        """What the list says otherwise about a member. What is known stays: people look after their own."""
        unit = person.unit.known.name if person.unit.known else person.unit.new_name
        said = clean_text(" ".join(person.line.name))
        pairs = [
            (Purpose.FULL_NAME, known.name, said),
            (Purpose.UNIT, known.unit, unit),
            (Purpose.LEVEL, _label(known.level), _label(person.line.level)),
        ]
        differs = tuple((purpose, here, there) for purpose, here, there in pairs if there and here and here != there)
        if differs:
            self.plan.differing.append(Differs(person.line.row, known.name, differs))


def _label(level: Level | None) -> str:
    return str(level.label) if level else ""
