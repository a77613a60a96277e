"""Divisions for tests: members in three departments, and possible groups."""

from __future__ import annotations

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions, queries
from leerkring.cycle.groups.forming.models import Candidate, Forming, PossibleGroup
from tests.cast import ProgrammeCast, join, make_person


def make_people(own: ProgrammeCast, count: int) -> list[Person]:
    people = []
    known = Person.objects.filter(given_name__startswith="Deelnemer").count()
    for number in range(known, known + count):
        person = make_person(f"Deelnemer {number:03d}", own.community.slug or "")
        join(person, own.community, organisation=own.organisation, unit=own.units[number % 3])
        people.append(person)
    return people


def make_forming(
    own: ProgrammeCast, people: int = 9, groups: int = 3, *, least: int = 2, most: int = 5, wishing: bool = True
) -> Forming:
    """People over groups; each wishes for two groups, the first one more than the others. A second is enough here."""
    forming = actions.open_forming(
        community=own.community, title="Werkplaats maart", people=make_people(own, people), by=own.facilitator
    )
    made = [
        actions.put_possible_group(forming=forming, name=f"Groep {number + 1}", min=least, max=most, by=own.facilitator)
        for number in range(groups)
    ]
    if wishing and groups:
        rows = list(Candidate.objects.filter(forming=forming).order_by("pk"))
        for index, row in enumerate(rows):
            row.choices = list(dict.fromkeys([made[0].pk if index % 2 else made[index % groups].pk, made[-1].pk]))
        Candidate.objects.bulk_update(rows, ["choices"])
    Forming.objects.filter(pk=forming.pk).update(seconds=1)
    forming.seconds = 1
    return forming


def candidates(forming: Forming) -> list[Candidate]:
    found = list(queries.candidates_of(forming))
    for candidate in found:
        candidate.forming = forming
    return found


def groups(forming: Forming) -> list[PossibleGroup]:
    found = list(queries.possible_groups_of(forming))
    for group in found:
        group.forming = forming
    return found


def read(forming: Forming) -> Forming:
    found = queries.forming_with_home(forming.pk)
    assert found is not None
    return found


def seat_by_hand(forming: Forming) -> Forming:
    """A division as if the former had made it: in turns over the groups, without reasons."""
    places = groups(forming)
    forming = read(forming)
    forming.places = {str(each.pk): places[i % len(places)].pk for i, each in enumerate(candidates(forming))}
    forming.result = {
        "cost": 10.0, "bound": 9.8, "percent": 2.1, "is_optimal": False, "terms": {}, "people": {}, "groups": {},
        "seed": 1, "seconds": 1,
    }  # fmt: skip
    forming.state = "formed"
    forming.save()
    return read(forming)
