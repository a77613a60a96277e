"""The sample is told with the product's own actions, and its figures are those of the two cases."""

import ast
from collections import Counter

import pytest

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Membership
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.uptake.models import Block, QuestionFromBlock, Uptake
from leerkring.direction.programmes.models import Enrolment
from leerkring.direction.strategy.models import Activity
from leerkring.sample import scenario
from tests.architecture.house import PACKAGE, at, tree
from tests.cast import START

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def test_story_writes_no_model_directly() -> None:
    found = [
        f"{at(path, node)} .{node.func.attr}"
        for path in sorted((PACKAGE / "sample").glob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert not found, f"The story is told with actions only: {found}"


pytestmark = pytest.mark.django_db


def _community(slug: str) -> Community:
    return Community.objects.get(slug=slug)


@pytest.mark.usefixtures("sample")
class TestFigures:
    def test_west_brabant_is_as_it_was(self) -> None:
        community = _community("west-brabant")
        enrolments = Enrolment.objects.filter(edition__programme__community=community)
        completions = Counter(enrolments.values_list("completion", flat=True))
        kinds = Counter(Meeting.objects.filter(community=community).values_list("kind", flat=True))
        assert enrolments.count() == 25
        assert enrolments.values("organisation").distinct().count() == 16
        assert enrolments.values("policy_field").distinct().count() == 5
        assert (kinds["workshop"], kinds["intervisie"]) == (4, 2)
        assert completions == {"fully": 14, "partly": 11}

    def test_amsterdam_grew_from_75_to_175(self) -> None:
        community = _community("amsterdam")
        memberships = Membership.objects.filter(community=community)
        first = memberships.order_by("since_on").first()
        assert first is not None
        assert memberships.filter(since_on=first.since_on).count() == 75
        assert memberships.filter(until_on__isnull=True).count() == 175

    def test_second_version_shows_every_fate(self) -> None:
        versions = AgendaVersion.objects.filter(agenda__community=_community("amsterdam"))
        assert [version.number for version in versions] == [1, 2]
        second = {entry.code: entry for entry in AgendaEntry.objects.filter(version=versions[1])}
        assert sum(entry.is_listed for entry in second.values()) == 12
        assert second["L"].came_from == ["E"] == second["M"].came_from
        assert second["N"].came_from == ["G", "H"]
        assert (second["C"].state, second["D"].state, second["I"].state) == ("provisional", "answered", "dropped")
        assert second["P"].origin == "block"

    def test_groups_themes_and_activities_are_counted(self) -> None:
        community = _community("amsterdam")
        first = Meeting.objects.get(community=community, title="Werkplaats 1")
        assert LearningGroup.objects.filter(formed_in=first).count() == 8
        assert community.themes.count() == 3
        assert Activity.objects.filter(community=community).count() >= 70

    def test_uptakes_stand_on_every_step_and_a_block_became_a_question(self) -> None:
        cells = Uptake.objects.filter(change__community=_community("amsterdam"))
        assert set(cells.values_list("step", flat=True)) == {0, 1, 2, 3, 4, 5}
        assert cells.filter(step=5, change__kind="stop").exists()
        assert Block.objects.filter(uptake__in=cells, lifted_on__isnull=True).count() == 5
        assert QuestionFromBlock.objects.get(block__uptake__in=cells).question.code == "P"

    def test_loading_again_changes_nothing(self) -> None:
        before = Uptake.objects.count()
        assert scenario.load(START.date()) is False
        assert Uptake.objects.count() == before

    def test_everybody_of_the_cast_can_be_signed_in(self) -> None:
        assert len(scenario.cast()) == 12
