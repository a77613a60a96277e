from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.models import Programme
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast, make_organisation

Browser = Callable[[Person | None], Client]


def form_of(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "name": "Nieuwe naam",
        "headline": "Wij leren",
        "purpose": "Leren",
        "host": cast.own.organisation.pk,
        "is_public": "on",
        "revision": "1",
        **more,
    }


def test_texts_and_openness_change_together(cast: Cast, client_of: Browser) -> None:
    form = form_of(cast)
    del form["is_public"]
    assert client_of(cast.own.lead).post("/eigen/settings/", form).status_code == 302
    programme = Programme.objects.get(pk=cast.own.programme.pk)
    assert (programme.community.name, programme.community.is_public, programme.revision) == ("Nieuwe naam", False, 2)
    assert [row.ids for row in FactRow.objects.filter(name="ProgrammeChanged")] == [
        {"programme_id": programme.pk, "revision": 2}
    ]


def test_the_second_of_two_people_sees_both_texts_of_programme_and_community(cast: Cast, client_of: Browser) -> None:
    actions.change_programme(
        programme=cast.own.programme, headline="Van Lead", name="Naam van Lead", revision=1, by=cast.own.lead
    )
    with pytest.raises(EditedMeanwhile) as raised:
        actions.change_programme(
            programme=cast.own.programme, headline="Van mij", name="Mijn naam", revision=1, by=cast.own.lead
        )
    assert {"Van Lead", "Naam van Lead"} <= {line.partition(": ")[2] for line in raised.value.theirs.splitlines()}
    assert {"Van mij", "Mijn naam"} <= {line.partition(": ")[2] for line in raised.value.mine.splitlines()}
    page = client_of(cast.own.lead).post("/eigen/settings/", form_of(cast, headline="Van mij"))
    assert page.status_code == 422
    assert all(text in page.content.decode() for text in ("Van Lead", "Van mij", 'name="revision" value="2"'))


def test_organisations_come_and_go_and_the_host_stays(cast: Cast) -> None:
    breda, altena = make_organisation("Breda"), make_organisation("Altena")
    actions.change_programme(programme=cast.own.programme, organisations=[breda, altena], by=cast.own.lead)
    actions.change_programme(programme=cast.own.programme, organisations=[altena], by=cast.own.lead)
    assert set(cast.own.community.organisations.all()) == {cast.own.organisation, altena}


@pytest.mark.parametrize("wrong", [{"headline": "x" * 201}, {"name": ""}, {"purpose": ""}])
def test_a_mistake_changes_nothing(cast: Cast, client_of: Browser, wrong: dict[str, str]) -> None:
    assert client_of(cast.own.lead).post("/eigen/settings/", form_of(cast, **wrong)).status_code == 422
    with pytest.raises(Refused):
        actions.change_programme(programme=cast.own.programme, **wrong, by=cast.own.lead)  # type: ignore[arg-type]
    assert Programme.objects.get(pk=cast.own.programme.pk).revision == 1


def test_a_host_that_does_not_take_part_is_no_choice(cast: Cast, client_of: Browser) -> None:
    form = form_of(cast, host=cast.other.organisation.pk)
    assert client_of(cast.own.lead).post("/eigen/settings/", form).status_code == 422


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_only_the_team_changes_the_programme(cast: Cast, client_of: Browser, who: str) -> None:
    person = getattr(cast.own, who)
    with pytest.raises(PermissionDenied):
        actions.change_programme(programme=cast.own.programme, headline="Van mij", by=person)
    assert client_of(person).get("/eigen/settings/").status_code == 403
    assert client_of(person).post("/eigen/settings/", form_of(cast)).status_code == 403
