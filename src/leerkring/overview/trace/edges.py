"""Every stored link of the learning cycle, as pairs of (kind, id): one query for a whole programme.

A link runs from what was first to what came of it. Nothing is guessed: each branch below is a foreign key or a row
that somebody made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from leerkring.community.memberships.models import Community
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight
from leerkring.cycle.questions.models import LearningQuestion, Succession
from leerkring.cycle.uptake.models import Change, QuestionFromBlock, Uptake
from leerkring.overview.trace.enums import Kind

Node = tuple[str, int]


def links_of(community: Community) -> list[tuple[Node, Node]]:
    """All links of a programme and its groups, hidden rows included: who asks is applied to the nodes afterwards."""
    branches = [
        _links(Kind.MEETING, "raised_in", Kind.QUESTION, "id", _in(community, LearningQuestion)),
        _links(Kind.MEETING, "formed_in", Kind.GROUP, "id", _in(community, LearningGroup)),
        _links(Kind.MEETING, "meeting", Kind.INSIGHT, "id", _in(community, Insight)),
        _links(Kind.MEETING, "meeting", Kind.INSIGHT, "insight", _in(community, HarvestItem, "meeting__")),
        _links(Kind.MEETING, "meeting", Kind.QUESTION, "question", _in(community, HarvestItem, "meeting__")),
        _links(Kind.QUESTION, "predecessor", Kind.QUESTION, "successor", _in(community, Succession, "predecessor__")),
        _links(
            Kind.QUESTION,
            "learningquestion",
            Kind.GROUP,
            "learninggroup",
            _in(community, LearningGroup.questions.through, "learninggroup__"),
        ),
        _links(
            Kind.GROUP,
            "to_learninggroup",
            Kind.GROUP,
            "from_learninggroup",
            _in(community, LearningGroup.came_from.through, "from_learninggroup__"),
        ),
        _links(Kind.GROUP, "group", Kind.INSIGHT, "id", _in(community, Insight)),
        _links(
            Kind.QUESTION,
            "learningquestion",
            Kind.INSIGHT,
            "insight",
            _in(community, Insight.questions.through, "insight__"),
        ),
        _links(Kind.INSIGHT, "insight", Kind.QUESTION, "question", _in(community, FollowUpQuestion, "insight__")),
        _links(Kind.INSIGHT, "insight", Kind.CHANGE, "change", _in(community, Change.insights.through, "change__")),
        _links(Kind.CHANGE, "change", Kind.UPTAKE, "id", _in(community, Uptake, "change__")),
        _links(Kind.UPTAKE, "id", Kind.UNIT, "unit", _in(community, Uptake, "change__")),
        _links(
            Kind.UPTAKE,
            "block__uptake",
            Kind.QUESTION,
            "question",
            _in(community, QuestionFromBlock, "question__"),
        ),
    ]
    rows = branches[0].union(*branches[1:], all=True)
    return [((kind, id_), (other, other_id)) for kind, id_, other, other_id in rows]


def _in(community: Community, model: Any, path: str = "") -> QuerySet[Any]:
    root = community.root_pk
    return model.objects.filter(Q(**{f"{path}community": root}) | Q(**{f"{path}community__root": root}))


def _links(kind: Kind, field: str, other: Kind, other_field: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return (
        rows.order_by()
        .filter(**{f"{field}__isnull": False, f"{other_field}__isnull": False})
        .values_list(
            Value(kind.value, CharField()),
            Cast(F(field), BigIntegerField()),
            Value(other.value, CharField()),
            Cast(F(other_field), BigIntegerField()),
        )
    )


class Graph:
    """The links of a programme, to be walked both ways."""

    def __init__(self, links: list[tuple[Node, Node]]) -> None:
        self.after: defaultdict[Node, list[Node]] = defaultdict(list)
        self.before: defaultdict[Node, list[Node]] = defaultdict(list)
        for one, other in links:
            self.after[one].append(other)
            self.before[other].append(one)

    def reach(self, start: Node, links: dict[Node, list[Node]], known: set[Node] | None = None) -> dict[Node, int]:
        """What can be reached from here, with the number of links to it; `known` are the only nodes to step on."""
        found = {start: 0}
        edge = [start]
        while edge:
            edge = [
                other
                for node in edge
                for other in links.get(node, ())
                if (known is None or other in known) and found.setdefault(other, found[node] + 1) == found[node] + 1
            ]
            edge = list(dict.fromkeys(edge))
        del found[start]
        return found
