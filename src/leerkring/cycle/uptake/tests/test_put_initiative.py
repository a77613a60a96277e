"""Promising initiatives: put, said differently, joined by organisations, drawn by effort and impact."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.models import Initiative
from leerkring.cycle.uptake.tests.facts import facts_named
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[..., Client]
SAID = {"title": "Ambachtscentrum", "effort": "large", "impact": "large", "label": "programme"}


def url(cast: Cast, name: str, *ids: int) -> str:
    return reverse(f"uptake:{name}", args=[cast.own.community.slug, *ids])


@pytest.fixture
def initiative(cast: Cast) -> Initiative:
    return actions.put_initiative(
        community=cast.own.community, title="Ambachtscentrum", effort=Size.LARGE, impact=Size.LARGE,
        carrier=cast.own.member, by=cast.own.member,
    )  # fmt: skip


class TestPut:
    def test_keeps_what_was_said(self, cast: Cast, initiative: Initiative) -> None:
        assert (initiative.title, initiative.effort, initiative.impact) == ("Ambachtscentrum", Size.LARGE, Size.LARGE)
        assert facts_named("InitiativePut") == [{"initiative_id": initiative.pk}]

    def test_is_for_who_takes_part(self, cast: Cast) -> None:
        for person in (cast.own.follower, cast.own.colleague, cast.outsider):
            with pytest.raises(PermissionDenied):
                actions.put_initiative(community=cast.own.community, title="Iets", by=person)

    def test_refuses_no_name_and_what_is_elsewhere(self, cast: Cast) -> None:
        mine = {"community": cast.own.community, "by": cast.own.lead}
        with pytest.raises(Refused):
            actions.put_initiative(title=" ", **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_initiative(title="Iets", meeting=cast.other.meeting(), **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_initiative(title="Iets", carrier=cast.outsider, **mine)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            actions.put_initiative(title="Iets", label=Label.GROUP, **mine)  # type: ignore[arg-type]

    def test_page_puts(self, cast: Cast, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        assert browser.get(url(cast, "initiative_new")).status_code == 200
        assert browser.post(url(cast, "initiative_new"), {}).status_code == 422
        assert browser.post(url(cast, "initiative_new"), SAID).status_code == 302
        assert client_of(cast.own.follower).post(url(cast, "initiative_new"), SAID).status_code == 403
        assert Initiative.objects.count() == 1


class TestChange:
    def test_second_editor_sees_both_texts(self, cast: Cast, initiative: Initiative, client_of: Browser) -> None:
        actions.change_initiative(initiative=initiative, revision=1, title="Van de hoeder", by=cast.own.keeper)
        with pytest.raises(EditedMeanwhile):
            actions.change_initiative(initiative=initiative, revision=1, title="Van mij", by=cast.own.lead)
        answer = client_of(cast.own.lead).post(
            url(cast, "initiative_edit", initiative.pk), {**SAID, "title": "Van mij", "revision": 1}
        )
        assert answer.status_code == 422
        assert "Van de hoeder" in answer.content.decode()
        assert "Van mij" in answer.content.decode()
        assert facts_named("InitiativeChanged") == [{"initiative_id": initiative.pk}]

    def test_is_for_its_carrier(self, cast: Cast, initiative: Initiative, client_of: Browser) -> None:
        assert client_of(cast.own.member).get(url(cast, "initiative_edit", initiative.pk)).status_code == 200
        assert client_of(cast.own.follower).get(url(cast, "initiative_edit", initiative.pk)).status_code == 403
        said = {**SAID, "title": "Anders", "revision": 1}
        assert client_of(cast.own.member).post(url(cast, "initiative_edit", initiative.pk), said).status_code == 302
        initiative.refresh_from_db()
        assert initiative.title == "Anders"


class TestJoin:
    def test_own_organisation_joins_and_steps_out(self, cast: Cast, initiative: Initiative, client_of: Browser) -> None:
        browser = client_of(cast.own.keeper)
        said = {"organisation": cast.own.organisation.pk}
        assert browser.post(url(cast, "initiative_join", initiative.pk), {}).status_code == 422
        assert browser.post(url(cast, "initiative_join", initiative.pk), said).status_code == 302
        assert list(initiative.organisations.all()) == [cast.own.organisation]
        assert browser.post(url(cast, "initiative_leave", initiative.pk), said).status_code == 302
        assert list(initiative.organisations.all()) == []
        assert [fact["is_joined"] for fact in facts_named("InitiativeJoined")] == [True, False]
        assert client_of(cast.own.follower).post(url(cast, "initiative_join", initiative.pk), said).status_code == 403

    def test_refuses_another_organisation(self, cast: Cast, initiative: Initiative) -> None:
        with pytest.raises(Refused):
            actions.join_initiative(initiative=initiative, organisation=cast.other.organisation, by=cast.own.lead)
        plain = actions.put_initiative(community=cast.own.community, title="Van niemand", by=cast.own.lead)
        cast.own.community.organisations.add(cast.other.organisation)
        with pytest.raises(PermissionDenied):
            actions.join_initiative(initiative=plain, organisation=cast.other.organisation, by=cast.own.member)

    def test_foreign_ids_are_not_there(self, cast: Cast, initiative: Initiative, client_of: Browser) -> None:
        for name in ("initiative_page", "initiative_edit"):
            foreign = reverse(f"uptake:{name}", args=[cast.other.community.slug, initiative.pk])
            assert client_of(cast.other.lead).get(foreign).status_code == 404


class TestPages:
    def test_list_and_picture_have_the_same_numbers(
        self, cast: Cast, initiative: Initiative, client_of: Browser
    ) -> None:
        for person in (cast.own.member, cast.own.lead, cast.own.keeper):
            actions.judge_initiative(initiative=initiative, effort=Size.LARGE, impact=Size.LARGE, by=person)
        page = client_of(cast.own.follower).get(url(cast, "initiatives_page")).content.decode()
        assert 'aria-label="1: Ambachtscentrum"' in page
        assert client_of(cast.own.follower).get(url(cast, "initiative_page", initiative.pk)).status_code == 200

    def test_label_hides_it(self, cast: Cast, initiative: Initiative, client_of: Browser) -> None:
        assert list(queries.initiatives_visible_to(cast.own.colleague, cast.own.community)) == []
        assert client_of(cast.own.colleague).get(url(cast, "initiative_page", initiative.pk)).status_code == 404
        page = client_of(None).get(url(cast, "initiatives_page"))
        assert (page.status_code, "Ambachtscentrum" in page.content.decode()) == (200, False)

    def test_costs_the_same_for_3_and_300(self, cast: Cast, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        counts = []
        for number in (3, 297):
            for index in range(number):
                actions.put_initiative(community=cast.own.community, title=f"Plan {index}", by=cast.own.lead)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url(cast, "initiatives_page")).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 15
