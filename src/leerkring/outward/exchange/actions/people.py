from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.people import actions as people
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.outward.exchange import access, queries, reports
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.facts import PeopleImported
from leerkring.outward.exchange.models import ImportBatch, WaitingFile
from leerkring.outward.exchange.people_import import ImportPlan, KnownPerson, Place, PlannedPerson
from leerkring.platform import clock, facts

NEW_MEMBER_TRACES = 2
"""A membership, and its first level."""


def import_people(
    *,
    community: Community,
    plan: ImportPlan,
    by: Person | None,
    file_name: str,
    sheet_name: str = "",
    waiting: WaitingFile | None = None,
) -> ImportBatch:
    """Carry out a plan, whole or not at all; who is in already stays as they are. `by` is None at the console.

    The same list again, or a second click, makes nobody twice. Raises PermissionDenied, and Refused when somebody
    else brought in the same people at the same moment.
    """
    if by is not None and not access.may_import(by, community):
        raise PermissionDenied
    with transaction.atomic():
        community = queries.locked_community(community)
        if waiting is not None:
            done = queries.batch_of_waiting(community, waiting.pk)
            if done is not None:
                return done
            WaitingFile.objects.filter(pk=waiting.pk).delete()
        carried = _Import(community, plan, by).carry_out()
        batch = ImportBatch.objects.create(
            community=community,
            kind=ImportKind.PEOPLE,
            file_name=file_name[-255:],
            sheet_name=sheet_name[:255],
            waiting_id=waiting.pk if waiting else None,
            at=clock.now(),
            by=by,
            report=reports.of_people(plan, carried.made_counts),
            made={**carried.made, "traces": carried.traces},
        )
        facts.record(
            PeopleImported(
                community_id=community.pk,
                by_id=by.pk if by else None,
                batch_id=batch.pk,
                persons_count=len(carried.made["memberships"]),
            )
        )
    return batch


@dataclass
class _Import:
    community: Community
    plan: ImportPlan
    by: Person | None
    organisations: dict[str, int] = field(default_factory=dict)
    units: dict[tuple[int, str], int] = field(default_factory=dict)
    made: dict[str, list[int]] = field(default_factory=dict)
    traces: dict[str, int] = field(default_factory=dict)

    def carry_out(self) -> _Import:
        planned = self.plan.people
        # Others may have come in since the plan was made: who is known is asked again, inside the transaction.
        known = queries.known_people(self.community, [a for person in planned for a in person.line.addresses])
        now = [(person, _known_now(person, known)) for person in planned]
        self._organisations(planned)
        newcomers = [person for person, who in now if who is None]
        made_people = people.add_people(
            newcomers=[
                people.Newcomer(
                    person.line.name,
                    person.line.addresses,
                    person.policy_field.known.id if person.policy_field.known else None,
                )
                for person in newcomers
            ],
            by=self.by,
            is_sample=self.community.is_sample,
        )
        ids = {person.line.row: made.pk for person, made in zip(newcomers, made_people, strict=True)}
        ids |= {person.line.row: who.id for person, who in now if who and not (who.is_member or who.has_left)}
        joined = memberships.join_many(
            community=self.community,
            entries=[self._entry(person, ids[person.line.row]) for person in planned if person.line.row in ids],
            by=self.by,
        )
        placed = self._fill_gaps([(person, who) for person, who in now if who and who.is_member])
        self.made |= {
            "people": [person.pk for person in made_people],
            "memberships": [membership.pk for membership in joined],
            "placements": placed,
        }
        self.traces = self._traces(joined, {person.pk for person in made_people})
        return self

    def _organisations(self, planned: Sequence[PlannedPerson]) -> None:
        """Organisations and parts that people decided to add, each once; the console adds none."""
        self.made |= {"organisations": [], "took_part": [], "units": []}
        if self.by is None:
            return
        taking_part = set(self.community.organisations.values_list("pk", flat=True))
        for person in planned:
            if person.organisation and self._id_of(person.organisation) not in taking_part:
                taking_part.add(self._bring_in(person.organisation, self.by))
            organisation_id = self._id_of(person.organisation)
            if organisation_id is not None and person.unit.new_name:
                self._add_unit(organisation_id, person.unit.new_name, self.by)

    def _bring_in(self, place: Place, by: Person) -> int:
        """Let an organisation take part from now on, one that is known or a new one."""
        was_there = place.known is not None or Organisation.objects.filter(name=place.new_name).exists()
        organisation = memberships.bring_in_organisation(
            community=self.community,
            by=by,
            organisation=Organisation.objects.get(pk=place.known.id) if place.known else None,
            name=place.new_name,
        )
        self.organisations[place.new_name] = organisation.pk
        self.made["took_part"].append(organisation.pk)
        if not was_there:
            self.made["organisations"].append(organisation.pk)
        return organisation.pk

    def _add_unit(self, organisation_id: int, name: str, by: Person) -> None:
        if (organisation_id, name) in self.units:
            return
        was_there = Unit.objects.filter(organisation=organisation_id, name=name).exists()
        organisation = Organisation.objects.get(pk=organisation_id)
        unit = memberships.add_own_unit(community=self.community, organisation=organisation, name=name, by=by)
        self.units[organisation_id, name] = unit.pk
        if not was_there:
            self.made["units"].append(unit.pk)

    def _id_of(self, place: Place) -> int | None:
        return place.known.id if place.known else self.organisations.get(place.new_name)

    def _entry(self, person: PlannedPerson, person_id: int) -> memberships.Entry:
        organisation_id = self._id_of(person.organisation)
        return memberships.Entry(
            person_id=person_id,
            level=person.level,
            since_on=person.since,
            organisation_id=organisation_id,
            unit_id=self._unit_id(person, organisation_id),
        )

    def _unit_id(self, person: PlannedPerson, organisation_id: int | None) -> int | None:
        if person.unit.known is not None:
            return person.unit.known.id
        return self.units.get((organisation_id or 0, person.unit.new_name))

    def _fill_gaps(self, members: list[tuple[PlannedPerson, KnownPerson]]) -> list[int]:
        """Say where members work of whom no part is known; a place that is known stays."""
        told = {who.id: person for person, who in members if person.unit}
        without = queries.memberships_without_unit(self.community, list(told))
        entries = []
        for person_id, (membership, place) in without.items():
            organisation_id = self._id_of(told[person_id].organisation)
            unit_id = self._unit_id(told[person_id], organisation_id)
            same = place is None or place.organisation_id == organisation_id
            if organisation_id is not None and unit_id is not None and same:
                entries.append((membership, organisation_id, unit_id))
        if not entries:
            return []
        placements = memberships.place_many(community=self.community, entries=entries, by=self.by)
        return [placement.pk for placement in placements]

    def _traces(self, joined: list[Membership], made_ids: set[int]) -> dict[str, int]:
        """What hangs on everybody right now, to see at undoing who has more. Of who is new we know it ourselves."""
        placed = queries.placed_memberships([member.pk for member in joined])
        known = {member.pk: member.person_id for member in joined if member.person_id not in made_ids}
        return queries.traces_of_members(known) | {
            str(member.person_id): NEW_MEMBER_TRACES + (member.pk in placed)
            for member in joined
            if member.person_id in made_ids
        }

    @property
    def made_counts(self) -> dict[str, int]:
        return {what: len(ids) for what, ids in self.made.items()}


def _known_now(person: PlannedPerson, known: dict[str, KnownPerson]) -> KnownPerson | None:
    return next((known[address] for address in person.line.addresses if address in known), None)
