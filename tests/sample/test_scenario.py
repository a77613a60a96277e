"""The sample is told with the product's own actions, and its figures are those of the two cases."""

import ast
from collections import Counter

import pytest

from leerkring.community.meetings.evaluation.models import Evaluation, EvaluationTurn
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Membership
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.stories.models import ValueStory
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.cycle.uptake.models import Block, Commitment, QuestionFromBlock, Uptake
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.direction.programmes.recruiting import counts_of_spread, free_places
from leerkring.direction.strategy.models import Activity
from leerkring.outward.publishing.reports.models import Report
from leerkring.outward.publishing.reports.queries import reports_on
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
        first, again = Edition.objects.filter(programme__community=community)
        enrolments = Enrolment.objects.filter(edition=first)
        completions = Counter(enrolments.values_list("completion", flat=True))
        kinds = Counter(first.meetings.values_list("kind", flat=True))
        assert enrolments.count() == 25
        assert enrolments.values("organisation").distinct().count() == 16
        assert enrolments.values("policy_field").distinct().count() == 5
        assert (kinds["workshop"], kinds["intervisie"]) == (4, 2)
        assert completions == {"fully": 14, "partly": 11}
        assert (again.state, again.starts_on > START.date()) == ("recruiting", True)
        assert again.meetings.count() == 6

    def test_next_edition_has_places_left_and_says_who_is_missing(self) -> None:
        again = Edition.objects.get(programme__community=_community("west-brabant"), state="recruiting")
        by_organisation, by_field = counts_of_spread(again)
        del by_organisation[again.programme.host.name]
        assert free_places(again) == 16
        assert sum(1 for count in by_organisation.values() if not count) == 8
        assert {name for name, count in by_field.items() if not count} == {"jeugdzorg", "ondernemen"}

    def test_story_goes_on_to_its_end(self) -> None:
        community = _community("west-brabant")
        answered = Evaluation.objects.filter(meeting__community=community).order_by("meeting__starts_at")
        assert [evaluation.shows_results for evaluation in answered] == [True, True, True, True, False, True]
        assert not EvaluationTurn.objects.exists(), "who answered is gone once it is closed"
        reports = Report.objects.filter(community=community, released_at__isnull=False)
        assert set(reports.values_list("audience", flat=True)) == {"public", "sponsor", "participants"}
        first, again = Edition.objects.filter(programme__community=community)
        assert (reports_on(None, first).count(), reports_on(None, again).count()) == (1, 0)
        assert Counter(Handover.objects.values_list("answer", flat=True)) == {"accepted": 1, "": 1}
        told = ValueStory.objects.filter(community=community)
        assert Counter(story.is_shown for story in told) == {True: 4, False: 2}
        commitments = Commitment.objects.filter(meeting__community=community)
        assert Counter(commitments.values_list("state", flat=True)) == {"looked back": 11, "reminded": 5}
        assert Evaluation.objects.get(meeting__community=_community("amsterdam")).shows_results
        assert Report.objects.get(community=_community("amsterdam")).is_released

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
