"""The figures of a programme: right, within labels, without a person in them, and cheap."""

import json
from argparse import Namespace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from leerkring.community.memberships.enums import Label, Level
from leerkring.config.console import figures as command
from leerkring.config.console.output import Stop
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import ChangeKind
from leerkring.cycle.uptake.tests import chain
from leerkring.overview.figures.counting import Hidden
from leerkring.overview.figures.definitions import DEFINITIONS
from leerkring.overview.figures.queries import Figures, figures_of
from leerkring.platform import clock
from tests.cast import Cast, join, make_person

KEYS = [
    "participants", "organisations", "units", "meetings", "completed", "members_at_start", "members_now", "themes",
    "groups", "groups_now", "versions", "questions", "insights", "uptakes", "norms", "stopped", "activities",
]  # fmt: skip


def ints(figures: Figures) -> dict[str, Any]:
    return {key: value for key, value in figures.as_json().items() if isinstance(value, int)}


class TestFigures:
    def test_counts_a_walked_chain(self, cast: Cast) -> None:
        chain.walk(cast.own, kind=ChangeKind.STOP)
        figures = figures_of(cast.own.community, whole=True)
        assert ints(figures) == {
            "participants": 5, "organisations": 2, "units": 4, "members_at_start": 0, "members_now": 6, "themes": 0,
            "groups": 1, "groups_now": 1, "versions": 0, "insights": 1, "norms": 1, "stopped": 1, "activities": 0,
        }  # fmt: skip
        assert figures.uptakes == {"0": 0, "1": 1, "2": 0, "3": 0, "4": 0, "5": 1}
        assert figures.meetings["werkplaats"] == 1
        assert (figures.questions["on agenda"], sum(figures.questions.values())) == (1, 1)

    def test_has_every_key_with_a_definition_in_both_languages(self, cast: Cast) -> None:
        assert list(figures_of(cast.own.community, whole=True).as_json()) == KEYS == list(DEFINITIONS)
        for definition in DEFINITIONS.values():
            with translation.override("en"):
                english = str(definition.sentence)
            with translation.override("nl"):
                assert str(definition.sentence) != english

    def test_leaves_out_what_is_given_up_and_another_programme(self, cast: Cast) -> None:
        walked = chain.walk(cast.own)
        chain.walk(cast.other, kind=ChangeKind.STOP)
        actions.give_up(uptake=walked.norm, reason="Past niet", by=cast.own.member)
        figures = figures_of(cast.own.community, whole=True)
        assert (figures.norms, figures.stopped, figures.uptakes["5"], figures.insights) == (0, 0, 0, 1)

    def test_counts_parts_of_a_unit_once(self, cast: Cast) -> None:
        unit = cast.own.units[0]
        part = unit.children.create(organisation=cast.own.organisation, name="Deel")
        join(make_person("Nieuw"), cast.own.community, organisation=cast.own.organisation, unit=part)
        assert figures_of(cast.own.community, whole=True).units == 4

    def test_obeys_labels(self, cast: Cast) -> None:
        chain.walk(cast.own)
        insights.write_insight(
            community=cast.own.community, sentence="Voor iedereen", label=Label.PUBLIC, by=cast.own.facilitator
        )
        seen = {
            name: (
                found.insights,
                found.norms,
                sum(found.questions.values()),
                found.groups,
                found.meetings["werkplaats"],
            )
            for name, person in (("visitor", None), ("outsider", cast.outsider), ("follower", cast.own.follower))
            for found in [figures_of(cast.own.community, person)]
        }
        assert seen == {"visitor": (1, 0, 0, 0, 0), "outsider": (1, 0, 0, 0, 0), "follower": (2, 1, 1, 1, 1)}

    def test_counts_people_for_the_team_only(self, cast: Cast) -> None:
        for index in range(20):
            join(make_person(f"Lid{index}"), cast.own.community, Level.FOLLOWER if index % 2 else Level.ACTIVE)
        team = figures_of(cast.own.community, cast.own.lead)
        assert (team.participants, team.members_now) == (15, 26)
        for person in (None, cast.outsider, cast.own.member, cast.own.keeper, cast.other.lead, cast.platform_admin):
            found = figures_of(cast.own.community, person)
            assert (found.participants, found.members_now) == (15, 26)
            assert found.members_at_start is Hidden.FEWER_THAN_FIVE

    def test_few_followers_cannot_be_counted_back(self, cast: Cast) -> None:
        for index in range(10):
            join(make_person(f"Lid{index}"), cast.own.community)
        found = figures_of(cast.own.community, None)
        assert (found.participants, found.members_now) == (Hidden.NOT_SHOWN, 16)

    def test_costs_three_queries_whatever_its_size(self, cast: Cast) -> None:
        counts = []
        for number in (1, 30):
            for index in range(number):
                chain.start(cast.own, chain.put(cast.own, f"V {number} {index}"), index % 3)
                insights.write_insight(
                    community=cast.own.community, sentence=f"I {number} {index}", by=cast.own.facilitator
                )
            with CaptureQueriesContext(connection) as seen:
                figures_of(cast.own.community, cast.own.member)
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 4

    def test_start_of_a_community_is_its_first_day(self, cast: Cast) -> None:
        cast.own.programme.starts_on = clock.today() - timedelta(days=30)
        cast.own.programme.save()
        join(make_person("Later"), cast.own.community).since_on = clock.today()
        found = figures_of(cast.own.community, whole=True)
        assert (found.members_at_start, found.members_now) == (7, 7)


class TestCommand:
    def test_gives_one_json_document(self, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(Namespace(programme="eigen", json=True)) == 0
        assert list(json.loads(capsys.readouterr().out)) == KEYS

    def test_says_which_programmes_there_are(self, cast: Cast) -> None:
        with pytest.raises(Stop, match="ander, eigen"):
            command.run(Namespace(programme="nergens", json=True))

    def test_speaks_to_people_too(self, cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.run(Namespace(programme="eigen", json=False)) == 0
        assert "Participants: 5" in capsys.readouterr().out
