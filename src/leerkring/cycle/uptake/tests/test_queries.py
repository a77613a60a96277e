"""Which changes, uptakes and cells exist for whom, and what the matrix says of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.enums import ChangeKind, Step
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.cycle.uptake.queries import MatrixFilter
from leerkring.cycle.uptake.tests import chain
from leerkring.platform import clock
from tests.cast import Cast

Browser = Callable[..., Client]


def cells(matrix: queries.Matrix) -> set[tuple[str, str, int]]:
    titles = {change.pk: change.title for change in matrix.changes}
    units = {unit.pk: unit.name for unit in matrix.units}
    return {
        (titles[cell.change_id], units[cell.unit_id], cell.step)
        for cell in matrix.cells.values()
        if cell.unit_id in units
    }


class TestChangesVisibleTo:
    @pytest.mark.parametrize(
        ("label", "readers"),
        [
            (Label.PROGRAMME, {"lead", "keeper", "member", "follower"}),
            (Label.ORGANISATIONS, {"lead", "keeper", "member", "follower", "colleague"}),
            (Label.PUBLIC, {"lead", "keeper", "member", "follower", "colleague", "outsider", "visitor"}),
        ],
    )
    def test_obeys_the_label(self, cast: Cast, label: Label, readers: set[str]) -> None:
        if label == Label.ORGANISATIONS:
            cast.other.community.organisations.add(cast.own.organisation)
        chain.put(cast.own, label=label)
        people: dict[str, Person | None] = {
            name: getattr(cast.own, name) for name in ("lead", "keeper", "member", "follower", "colleague")
        } | {"outsider": cast.outsider, "visitor": None}
        seen = {name for name, person in people.items() if queries.changes_visible_to(person, cast.own.community)}
        assert seen == readers

    def test_leaves_out_another_programme(self, cast: Cast) -> None:
        chain.put(cast.other, label=Label.PUBLIC)
        assert not queries.changes_visible_to(cast.own.member, cast.own.community).exists()


class TestMatrix:
    def test_holds_what_one_may_read_and_nothing_else(self, cast: Cast, walked: chain.Chain) -> None:
        public = chain.put(cast.own, "Openbaar", label=Label.PUBLIC)
        chain.start(cast.own, public, 2)
        chain.walk(cast.other)
        whole = queries.matrix_of(cast.own.member, cast.own.community)
        assert cells(whole) == {
            ("Hergebruik eerst in de uitvraag", "Ruimte", 5),
            ("Hergebruik eerst in de uitvraag", "Afval", 1),
            ("Openbaar", "Vastgoed", 0),
        }
        assert (whole.fixed_count, whole.norm_count, whole.blocked_count) == (1, 1, 1)
        visitor = queries.matrix_of(None, cast.own.community)
        assert cells(visitor) == {("Openbaar", "Vastgoed", 0)}
        assert (visitor.fixed_count, visitor.blocked_count, len(visitor.units_in_use)) == (0, 0, 1)

    def test_given_up_is_neither_fixed_nor_blocked(self, cast: Cast, walked: chain.Chain) -> None:
        actions.give_up(uptake=walked.norm, reason="Past niet", by=cast.own.member)
        actions.give_up(uptake=walked.stuck, reason="Past niet", by=cast.own.member)
        matrix = queries.matrix_of(cast.own.member, cast.own.community)
        assert (matrix.fixed_count, matrix.norm_count, matrix.blocked_count) == (0, 0, 0)
        assert not queries.blocked_uptakes(cast.own.member, cast.own.community).exists()

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            (MatrixFilter(kind="stop"), {("Stop", "Vastgoed", 2)}),
            (MatrixFilter(only_blocked=True), {("Hergebruik eerst in de uitvraag", "Afval", 1)}),
            (MatrixFilter(step=5), {("Hergebruik eerst in de uitvraag", "Ruimte", 5)}),
            (MatrixFilter(step=2, only_blocked=True), set()),
        ],
    )
    def test_narrows_to_what_was_asked(
        self, cast: Cast, walked: chain.Chain, asked: MatrixFilter, found: set[tuple[str, str, int]]
    ) -> None:
        stop = chain.put(cast.own, "Stop", kind=ChangeKind.STOP)
        chain.climb(chain.start(cast.own, stop, 2), Step.TRIED, cast.own)
        whole = queries.matrix_of(cast.own.member, cast.own.community)
        assert cells(whole.narrowed(asked)) == found
        assert whole.narrowed(asked).blocked_count == 1

    def test_names_units_that_do_not_take_part(self, cast: Cast, walked: chain.Chain) -> None:
        part = Unit.objects.create(organisation=cast.own.organisation, parent=cast.own.units[2], name="Gebouwen")
        matrix = queries.matrix_of(cast.own.member, cast.own.community)
        assert [unit.name for unit in matrix.absent_units] == ["Gebouwen", "Vastgoed"]
        actions.start_uptake(change=walked.change, unit=part, by=cast.own.member)
        assert queries.matrix_of(cast.own.member, cast.own.community).absent_units == []

    def test_parts_of_a_unit_stand_together(self, cast: Cast, change: Change) -> None:
        district = Unit.objects.create(organisation=cast.own.organisation, name="Stadsdelen", position=9)
        for name in ("Noord", "Oost"):
            unit = Unit.objects.create(organisation=cast.own.organisation, parent=district, name=name, position=1)
            actions.start_uptake(change=change, unit=unit, by=cast.own.member)
        chain.start(cast.own, change, 0)
        groups = queries.matrix_of(cast.own.member, cast.own.community).groups
        assert [(group.name, [unit.name for unit in group.units]) for group in groups] == [
            ("Gemeente Eigen", ["Ruimte"]),
            ("Stadsdelen", ["Noord", "Oost"]),
        ]


class TestMatrixPage:
    def page(self, browser: Client, cast: Cast, query: str = "") -> str:
        answer = browser.get(reverse("uptake:matrix_page", args=[cast.own.community.slug]) + query)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_each_cell_is_a_link_with_a_name(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        page = self.page(client_of(cast.own.follower), cast)
        url = reverse("uptake:uptake_page", args=[cast.own.community.slug, walked.stuck.pk])
        assert f'<a href="{url}" aria-label="Afval: 1 overgedragen, geblokkeerd. Hergebruik eerst' in page
        assert "Op 1 plek staat de nieuwe manier vast" in page

    def test_names_are_escaped(self, cast: Cast, client_of: Browser) -> None:
        change = chain.put(cast.own, 'Fout <script>"x"</script>')
        chain.start(cast.own, change, 0)
        page = self.page(client_of(cast.own.member), cast)
        assert "<script>&" not in page
        assert "Fout &lt;script&gt;" in page

    def test_filter_of_nonsense_asks_nothing(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        page = self.page(client_of(cast.own.member), cast, "?kind=quatsch&theme=x&unit=-4&step=99")
        assert "Hergebruik eerst in de uitvraag" in page

    def test_visitor_reads_no_names(self, cast: Cast, client_of: Browser) -> None:
        walked = chain.walk(cast.own, label=Label.PUBLIC)
        url = reverse("uptake:uptake_page", args=[cast.own.community.slug, walked.norm.pk])
        for person, sees in ((None, False), (cast.outsider, False), (cast.own.follower, True)):
            page = client_of(person).get(url).content.decode()
            assert "Bewijs van stap 5" in page
            assert ("Team inkoop" in page) == sees
            assert (cast.own.member.name in page) == sees

    def test_costs_the_same_for_3_and_300(self, cast: Cast, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        counts = []
        for number in (1, 99):
            for index in range(number):
                change = chain.put(cast.own, f"Verandering {number} {index}")
                for unit in range(3):
                    chain.start(cast.own, change, unit)
            with CaptureQueriesContext(connection) as seen:
                self.page(browser, cast)
            counts.append(len(seen))
        assert Uptake.objects.count() == 300
        assert counts[0] == counts[1] <= 15


class TestPagesOfOnePlace:
    @pytest.mark.parametrize("name", ["norm", "stuck"])
    def test_every_state_is_shown_to_everybody_in_the_programme(
        self, cast: Cast, walked: chain.Chain, client_of: Browser, name: str
    ) -> None:
        url = reverse("uptake:uptake_page", args=[cast.own.community.slug, getattr(walked, name).pk])
        for person in (cast.own.member, cast.own.follower, cast.own.lead):
            browser = client_of(person)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url).status_code == 200
            assert len(seen) <= 15
        assert client_of(cast.own.colleague).get(url).status_code == 404

    def test_foreign_ids_are_not_there(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        slug = cast.other.community.slug
        browser = client_of(cast.other.lead)
        for name, pk in (
            ("uptake_page", walked.norm.pk),
            ("change_page", walked.change.pk),
            ("change_edit", walked.change.pk),
            ("unit_page", cast.own.units[0].pk),
        ):
            assert browser.get(reverse(f"uptake:{name}", args=[slug, pk])).status_code == 404

    def test_unit_shows_what_it_took_over_from_where(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        url = reverse("uptake:unit_page", args=[cast.own.community.slug, cast.own.units[0].pk])
        page = client_of(cast.own.follower).get(url).content.decode()
        assert "Ruimte maakte 1 verandering tot norm" in page
        assert "Na de uitvraag is het te laat" in page
        assert "Hergebruik" not in client_of(None).get(url).content.decode()

    def test_pages_cost_the_same_for_3_and_300(self, cast: Cast, walked: chain.Chain, client_of: Browser) -> None:
        browser = client_of(cast.own.member)
        urls = [
            reverse("uptake:unit_page", args=[cast.own.community.slug, cast.own.units[2].pk]),
            reverse("uptake:change_page", args=[cast.own.community.slug, walked.change.pk]),
        ]
        found = []
        for number in (3, 60):
            for index in range(number):
                chain.start(cast.own, chain.put(cast.own, f"V {number} {index}", insight=walked.insight), 2)
                unit = Unit.objects.create(organisation=cast.own.organisation, name=f"Deel {number} {index}")
                actions.start_uptake(change=walked.change, unit=unit, by=cast.own.member)
            counts = []
            for url in urls:
                with CaptureQueriesContext(connection) as seen:
                    assert browser.get(url).status_code == 200
                counts.append(len(seen))
            found.append(counts)
        assert found[0] == found[1]
        assert max(found[0]) <= 15


class TestListsForTheDesk:
    def test_norms_wait_for_their_review(self, cast: Cast, walked: chain.Chain) -> None:
        assert not queries.norms_to_review(cast.own.member, cast.own.community).exists()
        with clock.at(clock.now() + timedelta(days=200)):
            assert queries.norms_to_review(cast.own.member, cast.own.community).get() == walked.norm
            assert not queries.norms_to_review(cast.own.colleague, cast.own.community).exists()

    def test_what_waits_for_a_person(self, cast: Cast, walked: chain.Chain) -> None:
        for person, number in ((cast.own.member, 1), (cast.own.follower, 1), (cast.own.keeper, 0)):
            assert queries.uptakes_of_person(person, cast.own.community).count() == number

    def test_counts_steps(self, cast: Cast, walked: chain.Chain) -> None:
        assert queries.step_counts(cast.own.member, cast.own.community) == {0: 0, 1: 1, 2: 0, 3: 0, 4: 0, 5: 1}
        assert sum(queries.step_counts(None, cast.own.community).values()) == 0

    def test_steps_since_a_day(self, cast: Cast, walked: chain.Chain) -> None:
        assert queries.steps_since(cast.own.member, cast.own.community, clock.today()).count() == 6
        tomorrow = clock.today() + timedelta(days=1)
        assert not queries.steps_since(cast.own.member, cast.own.community, tomorrow).exists()
