"""Groups by the former: colleagues and people who met apart, with reasons and a bound; by hand from there on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships.models import Placement
from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState, PairKind
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import jobs
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.forming.models import Candidate, Forming
from leerkring.formation.worker import Worker
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.forming import REF, tables_for
from leerkring.formats.intervisie.models import IntervisieGroup
from leerkring.formats.intervisie.tests.conftest import make_member
from leerkring.platform.rules import Refused
from tests.cast import Cast
from tests.running import compile_former

Browser = Callable[[Person | None], Client]


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(compile_former()) as kept:
        yield kept


def waiting(cast: Cast) -> Forming:
    found = forming_queries.forming_in(cast.own.community, REF)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("people", "size", "sizes"), [(13, 6, (4, 6)), (12, 6, (6, 7)), (25, 6, (5, 6)), (1, 6, (1, 6))]
)
def test_limits_leave_room_for_everybody(people: int, size: int, sizes: tuple[int, int]) -> None:
    tables = tables_for(people, size)
    assert {(table.min, table.max) for table in tables} == {sizes}
    assert sum(table.min for table in tables) <= people <= sum(table.max for table in tables)


def test_the_former_divides_and_hands_move(cast: Cast, client_of: Browser, worker: Worker) -> None:
    own, lead = cast.own, client_of(cast.own.lead)
    people = [make_member(cast, f"Mens{index}", f"Gemeente {index % 6}") for index in range(8)]
    before = actions.form_group(community=own.community, name="Eerder", people=people[:4], by=own.lead)
    actions.close_group(group=before, by=own.lead)
    url = f"/{own.community.slug}/intervisie/divide/"
    with pytest.raises(PermissionDenied):
        actions.have_groups_formed(community=own.community, size=6, by=own.member)
    assert client_of(own.member).post(url + "form/", {"size": "6"}).status_code == 403
    assert "meer niet" in lead.get(url).content.decode()
    assert lead.post(url + "form/", {"size": "6"}).status_code == 302
    forming = waiting(cast)
    assert "data-forming" in lead.get(url).content.decode()
    forming_actions.fail_forming(forming=forming, run=forming.run, failure={"kind": "stopped"})
    Forming.objects.update(seconds=1)
    rows = {row.person_id: row for row in Candidate.objects.filter(forming=forming)}
    assert rows.keys() == set(queries.people_without_group(own.community).values_list("pk", flat=True))
    for row in rows.values():
        row.forming = waiting(cast)
    forming_actions.put_pair(one=rows[people[5].pk], other=rows[people[4].pk], kind=PairKind.APART, by=own.lead)
    lead.post(url + "form/", {"size": "6"})
    assert waiting(cast).pk == forming.pk, "what was said about it stays"
    jobs.run_forming(forming.pk, waiting(cast).run, worker)
    formed = waiting(cast)
    assert formed.state == FormingState.FORMED
    seats = {person: formed.place_of(row.pk) for person, row in rows.items() if person is not None}
    homes = dict(Placement.objects.filter(until_on=None).values_list("membership__person_id", "organisation__name"))
    for person, place in seats.items():
        here = [
            homes.get(other) for other, seat in seats.items() if seat == place and homes.get(other) != "Gemeente Eigen"
        ]
        assert homes.get(person) == "Gemeente Eigen" or here.count(homes[person]) == 1
    met = [seats[person.pk] for person in people[:4]]
    assert max(map(met.count, met)) == 2, "who met before is spread over the three groups"
    assert seats[people[4].pk] != seats[people[5].pk]
    page = lead.get(url).content.decode()
    assert "Geen indeling kan" in page
    assert "al eens in één groep" in page
    groups = sorted(set(seats.values()), key=str)
    typed = {f"p{person}": str(groups.index(place) + 1) for person, place in seats.items()}
    moved = typed | {f"p{people[0].pk}": "0"}
    assert "Geen indeling kan" not in lead.get(url, moved).content.decode(), "moved by hand, nothing is proven"
    assert lead.post(url, typed | {"make": "1", "name1": "Noord"}).status_code == 302
    assert set(IntervisieGroup.objects.filter(closed_at=None).values_list("circle__name", flat=True)) > {"Noord"}
    assert Forming.objects.get(pk=forming.pk).is_used
    assert forming_queries.forming_in(own.community, REF) is None
    with pytest.raises(Refused):
        actions.have_groups_formed(community=own.community, size=6, by=own.lead)


def test_without_the_former_there_is_a_plain_proposal(cast: Cast, client_of: Browser) -> None:
    for index in range(7):
        make_member(cast, f"Mens{index}", f"Gemeente {index}")
    lead, url = client_of(cast.own.lead), f"/{cast.own.community.slug}/intervisie/divide/"
    lead.post(url + "form/", {"size": "6"})
    forming = waiting(cast)
    forming_actions.fail_forming(forming=forming, run=forming.run, failure={"kind": "stopped"})
    page = lead.get(url).content.decode()
    assert 'role="alert"' in page
    assert "Het duurde te lang" in page
    assert 'name="name2"' in page
    link = f"/{cast.own.community.slug}/groups/forming/{forming.pk}/"
    assert link in page
    assert url in lead.get(link).content.decode()
