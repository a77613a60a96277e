from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming.models import Forming
from leerkring.cycle.groups.forming.tests.making import candidates, groups, make_forming, read, seat_by_hand
from tests.cast import Cast, ProgrammeCast

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
MOST_QUERIES = 15


@pytest.fixture
def own(cast: Cast) -> ProgrammeCast:
    return cast.own


def url(forming: Forming, rest: str = "") -> str:
    return f"/{forming.community.slug}/groups/forming/{forming.pk}/{rest}"


def test_prepare_and_begin(own: ProgrammeCast, client_of: SignIn) -> None:
    client = client_of(own.facilitator)
    answer = client.post(f"/{own.community.slug}/groups/forming/new/", {"title": "Maart", "levels": ["active"]})
    forming = Forming.objects.get()
    assert answer.headers["Location"] == url(forming)
    assert own.member in [each.person for each in candidates(forming)]
    named = {"name": "Inkoop", "min": 1, "max": 9}
    assert client.post(url(forming, "possible/new/"), named).status_code == 302
    group = groups(forming)[0]
    assert client.post(url(forming, f"possible/{group.pk}/"), {**named, "max": 0}).status_code == 422
    one, other = candidates(forming)[:2]
    assert client.post(url(forming, f"people/{one.pk}/"), {"wish_1": group.pk}).status_code == 302
    assert candidates(forming)[0].choices == [group.pk]
    assert client.post(url(forming, "pairs/"), {"one": one.pk, "other": one.pk, "kind": "apart"}).status_code == 422
    assert client.post(url(forming, "pairs/"), {"one": one.pk, "other": other.pk, "kind": "apart"}).status_code == 302
    begun = client.post(url(forming, "settings/"), {"wishes": 70, "unit": 1, "begin": 1})
    assert begun.headers["Location"] == url(forming, "division/")
    assert (read(forming).state, read(forming).wishes) == (FormingState.RUNNING, 70)
    assert client.get(url(forming, "progress/")).json()["busy"] is True
    assert "data-forming" in client.get(url(forming, "division/")).content.decode()


def test_nobody_is_a_sentence_and_not_an_error(own: ProgrammeCast, client_of: SignIn) -> None:
    forming = make_forming(own, people=0, groups=0)
    client = client_of(own.facilitator)
    answer = client.post(url(forming, "form/"), follow=True)
    assert answer.status_code == 200
    assert read(forming).state == FormingState.PREPARED
    assert client.get(url(forming, "division/")).status_code == 200


def test_move_on_the_page_with_its_effect_before(own: ProgrammeCast, client_of: SignIn) -> None:
    forming = seat_by_hand(make_forming(own))
    client = client_of(own.facilitator)
    one, to = candidates(forming)[0], groups(forming)[1]
    page = client.get(url(forming, f"division/?person={one.pk}")).content.decode()
    assert f'name="group" value="{to.pk}"' in page
    page = client.get(url(forming, f"division/?person={one.pk}&group={to.pk}")).content.decode()
    other = next(each for each in candidates(forming) if forming.place_of(each.pk) == to.pk)
    assert f'name="other" value="{other.pk}"' in page
    client.post(url(forming, "division/move/"), {"candidate": one.pk, "group": to.pk})
    assert read(forming).place_of(one.pk) == to.pk
    client.post(url(forming, "division/take-back/"))
    assert read(forming).place_of(one.pk) != to.pk
    assert client.post(url(forming, "division/move/"), {"candidate": one.pk, "group": 10**9}).status_code == 404


def test_make_groups_and_see_the_own_reason_only(own: ProgrammeCast, client_of: SignIn) -> None:
    forming = seat_by_hand(make_forming(own))
    client_of(own.facilitator).post(url(forming, "division/make/"))
    mine, *others = candidates(forming)
    group = next(each for each in groups(forming) if each.pk == forming.place_of(mine.pk))
    page = f"/{own.community.slug}/groups/{group.group_id}/"
    assert 'id="why-here"' in client_of(mine.person).get(page).content.decode()
    elsewhere = next(each for each in others if forming.place_of(each.pk) != group.pk)
    for person in (elsewhere.person, own.member, own.facilitator):
        assert 'id="why-here"' not in client_of(person).get(page).content.decode()


@pytest.mark.parametrize("who", ["member", "follower"])
def test_reasons_of_persons_are_not_for_members(own: ProgrammeCast, client_of: SignIn, who: str) -> None:
    forming = seat_by_hand(make_forming(own))
    for rest in ("", "division/", "progress/", "people/"):
        assert client_of(getattr(own, who)).get(url(forming, rest)).status_code == 403


def test_another_programme_does_not_see_it(cast: Cast, client_of: SignIn) -> None:
    forming = make_forming(cast.own)
    path = url(forming).replace(str(cast.own.community.slug), str(cast.other.community.slug))
    assert client_of(cast.other.lead).get(path).status_code == 404


@pytest.mark.parametrize("rest", ["", "division/", "division/?person={first}", "people/"])
def test_pages_ask_as_much_of_the_database_for_3_as_for_300(own: ProgrammeCast, client_of: SignIn, rest: str) -> None:
    client = client_of(own.facilitator)
    counts = []
    for number in (3, 300):
        forming = seat_by_hand(make_forming(own, people=number, groups=3, least=1, most=200))
        path = url(forming, rest.format(first=candidates(forming)[0].pk))
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_the_list_of_divisions(own: ProgrammeCast, client_of: SignIn) -> None:
    forming = make_forming(own, people=2, groups=1)
    page = client_of(own.facilitator).get(f"/{own.community.slug}/groups/forming/").content.decode()
    assert forming.title in page
