"""From anything to everything before and after it, as far as one person may read, and without a hole for the rest."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.models import Change
from leerkring.cycle.uptake.tests import chain
from leerkring.overview.trace.nodes import TraceNode
from leerkring.overview.trace.queries import Thing, stations_of, trace_back, trace_forward, trace_of
from tests.cast import Cast


def kinds(nodes: Sequence[TraceNode]) -> list[str]:
    return [str(node.kind) for node in nodes]


def named(nodes: Sequence[TraceNode]) -> set[tuple[str, int]]:
    return {node.key for node in nodes}


def key(kind: str, thing: Thing) -> tuple[str, int]:
    return (kind, thing.pk)


class TestBothWays:
    def test_norm_goes_back_to_the_question_and_the_meeting(self, cast: Cast, walked: chain.Chain) -> None:
        assert named(trace_back(walked.norm, cast.own.member)) == {
            key("meeting", walked.meeting),
            key("question", walked.question),
            key("group", walked.group),
            key("insight", walked.insight),
            key("change", walked.change),
        }

    def test_comes_in_the_order_of_the_cycle(self, cast: Cast, walked: chain.Chain) -> None:
        back = trace_back(walked.norm, cast.own.member)
        assert kinds(back) == ["meeting", "question", "group", "insight", "change"]
        forward = trace_forward(walked.meeting, cast.own.member)
        assert kinds(forward) == [
            "question", "group", "insight", "change", "uptake", "uptake", "unit", "unit",
        ]  # fmt: skip

    @pytest.mark.parametrize("name", ["meeting", "question", "group", "insight", "change", "norm", "stuck"])
    def test_is_the_same_from_both_ends(self, cast: Cast, walked: chain.Chain, name: str) -> None:
        """Whatever is behind a thing has that thing before it."""
        thing = getattr(walked, name)
        things: dict[str, Thing] = {
            "meeting": walked.meeting, "question": walked.question, "group": walked.group, "insight": walked.insight,
            "change": walked.change,
        }  # fmt: skip
        for node in trace_back(thing, cast.own.member):
            ahead = trace_forward(things[node.kind], cast.own.member)
            assert any(other.pk == thing.pk and other.title for other in ahead)

    def test_question_from_a_block_closes_the_circle(self, cast: Cast, walked: chain.Chain) -> None:
        asked = uptake.question_from_block(block=walked.block, wording="Hoe komen er uren?", by=cast.own.member)
        back = named(trace_back(asked, cast.own.member))
        assert {key("uptake", walked.stuck), key("question", walked.question), key("meeting", walked.meeting)} <= back
        assert key("uptake", walked.norm) not in back
        assert key("question", asked) in named(trace_forward(walked.question, cast.own.member))
        assert key("question", asked) in named(trace_forward(walked.stuck, cast.own.member))

    def test_turning_round_ends(self, cast: Cast, walked: chain.Chain) -> None:
        """A follow-up that leads to the insight it came from makes a ring, not a spiral."""
        again = insights.follow_up(insight=walked.insight, wording="En daarna?", by=cast.own.facilitator)
        insights.link_question(insight=walked.insight, question=again, by=cast.own.facilitator)
        trace = trace_of(again, cast.own.member)
        assert trace is not None
        assert key("insight", walked.insight) in named(trace.before)
        assert not named(trace.before) & named(trace.after)

    def test_harvest_and_succession_and_split_groups_are_links(self, cast: Cast, walked: chain.Chain) -> None:
        item = insights.harvest(
            meeting=walked.meeting, kind=HarvestKind.QUESTION, text="Wie beslist?", by=cast.own.facilitator
        )
        harvested = insights.promote_to_question(item=item, by=cast.own.facilitator)
        parts = questions.split_question(question=harvested, wordings=["Wie?", "Wanneer?"], by=cast.own.keeper)
        assert named(trace_back(parts[0], cast.own.member)) == {
            key("question", harvested), key("meeting", walked.meeting),
        }  # fmt: skip
        own = groups.propose_group(community=cast.own.community, name="Anders", by=cast.own.member)
        assert trace_back(own, cast.own.member) == []

    def test_unit_knows_from_where(self, cast: Cast, walked: chain.Chain) -> None:
        back = trace_back(cast.own.units[0], cast.own.member, cast.own.community)
        assert key("uptake", walked.norm) in named(back)
        assert key("uptake", walked.stuck) not in named(back)
        assert key("question", walked.question) in named(back)
        with pytest.raises(ValueError, match="community"):
            trace_back(cast.own.units[0], cast.own.member)

    def test_marks_norm_and_block(self, cast: Cast, walked: chain.Chain) -> None:
        nodes = {node.key: node for node in trace_forward(walked.change, cast.own.member)}
        norm, stuck = nodes[key("uptake", walked.norm)], nodes[key("uptake", walked.stuck)]
        assert (norm.is_norm, norm.is_blocked, stuck.is_norm, stuck.is_blocked) == (True, False, False, True)
        uptake.give_up(uptake=walked.norm, reason="Past niet", by=cast.own.member)
        nodes = {node.key: node for node in trace_forward(walked.change, cast.own.member)}
        assert (nodes[norm.key].is_norm, nodes[norm.key].is_given_up) == (False, True)


class TestLabels:
    def read(self, chain_: chain.Chain, person: Person | None) -> set[str]:
        trace = trace_of(chain_.norm, person)
        return set() if trace is None else {str(node.kind) for node in trace.before}

    def test_hidden_thing_leaves_no_hole(self, cast: Cast) -> None:
        """With the insight hidden, nothing says that there was one, nor what was before it."""
        walked = chain.walk(cast.own, label=Label.PUBLIC)
        assert self.read(walked, None) == {"meeting", "question", "group", "insight", "change"}
        Insight.objects.filter(pk=walked.insight.pk).update(label=Label.PROGRAMME)
        assert self.read(walked, cast.own.follower) == {"meeting", "question", "group", "insight", "change"}
        for person in (None, cast.outsider):
            assert self.read(walked, person) == {"change"}
            trace = trace_of(walked.norm, person)
            assert trace is not None
            assert {kind for pair in trace.links for kind, _pk in pair} == {"change", "uptake", "unit"}

    def test_hidden_thing_has_no_trace(self, cast: Cast, walked: chain.Chain) -> None:
        for person in (None, cast.outsider, cast.own.colleague, cast.other.lead):
            assert trace_of(walked.norm, person) is None
            assert trace_back(walked.change, person) == trace_forward(walked.question, person) == []

    def test_hidden_change_takes_its_uptakes_along(self, cast: Cast) -> None:
        walked = chain.walk(cast.own, label=Label.PUBLIC)
        Change.objects.filter(pk=walked.change.pk).update(label=Label.PROGRAMME)
        assert {str(node.kind) for node in trace_forward(walked.question, None)} == {"group", "insight"}

    def test_group_item_is_for_the_group(self, cast: Cast, walked: chain.Chain) -> None:
        insights.write_insight(
            community=walked.group.circle, sentence="Onder ons", group=walked.group, questions=[walked.question],
            label=Label.GROUP, by=cast.own.member,
        )  # fmt: skip
        seen = {
            name: any(node.title == "Onder ons" for node in trace_forward(walked.question, person))
            for name, person in {
                "member": cast.own.member, "lead": cast.own.lead, "follower": cast.own.follower,
                "keeper": cast.own.keeper,
            }.items()
        }  # fmt: skip
        assert seen == {"member": True, "lead": True, "follower": False, "keeper": False}

    def test_never_leaves_the_programme(self, cast: Cast, walked: chain.Chain) -> None:
        foreign = chain.walk(cast.other, label=Label.PUBLIC)
        everything = named(trace_forward(walked.meeting, cast.own.lead)) | named(trace_back(walked.norm, cast.own.lead))
        assert key("change", foreign.change) not in everything
        assert key("question", foreign.question) not in everything


class TestStations:
    def test_run_round_the_circle(self, cast: Cast, walked: chain.Chain) -> None:
        asked = uptake.question_from_block(block=walked.block, wording="Hoe komen er uren?", by=cast.own.member)
        for thing, expected in (
            (walked.change, "meeting question group insight [change] uptake unit question"),
            (walked.stuck, "meeting question group insight change [uptake] unit question"),
            (asked, "meeting question group insight change uptake [question]"),
        ):
            trace = trace_of(thing, cast.own.member)
            assert trace is not None
            stations = stations_of(trace)
            said = [f"[{s.kind.value}]" if s.is_here else s.kind.value for s in stations]
            assert " ".join(said) == expected


def test_costs_the_same_whatever_its_size(cast: Cast, walked: chain.Chain) -> None:
    counts = []
    for number in (1, 40):
        for index in range(number):
            question = questions.raise_question(
                community=cast.own.community, wording=f"Vraag {number} {index}?", meeting=walked.meeting,
                by=cast.own.member,
            )  # fmt: skip
            insight = insights.write_insight(
                community=cast.own.community, sentence=f"Inzicht {number} {index}", questions=[question],
                by=cast.own.facilitator,
            )  # fmt: skip
            change = chain.put(cast.own, f"Verandering {number} {index}", insight=insight)
            chain.start(cast.own, change, index % 3)
        for thing in (walked.meeting, walked.norm, LearningQuestion.objects.latest("id")):
            with CaptureQueriesContext(connection) as seen:
                trace_of(thing, cast.own.member)
            counts.append(len(seen))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 5
