"""Every stored link of the learning cycle, as pairs of (kind, id).

A link runs from what was first to what came of it. Nothing is guessed: each branch below is a foreign key or a row
that somebody made. The links of a programme come in one query; uptakes, of which there may be thousands, only as far
as a trace reaches them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from leerkring.community.memberships.models import Community
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight
from leerkring.cycle.questions.models import LearningQuestion, Succession
from leerkring.cycle.uptake.models import Change, QuestionFromBlock, Uptake
from leerkring.overview.trace.enums import Kind
from leerkring.platform.facts.kept import kept

Node = tuple[str, int]


def links_of(community: Community) -> list[tuple[Node, Node]]:
    """All links of a programme and its groups but those of uptakes that asked nothing. Kept: do not change the list.

    Hidden rows are included: who asks is applied to the nodes afterwards.
    """
    root = community.root_pk
    return kept("trace.links", root, community.newest_fact, lambda: _read_links(root))


def _read_links(root: int) -> list[tuple[Node, Node]]:
    statement, values = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [root if value == ANY_ROOT else value for value in values])
        return [((kind, id_), (other, other_id)) for kind, id_, other, other_id in cursor.fetchall()]


ANY_ROOT = -1
"""Stands for the programme in the statement that is kept."""


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Fifteen branches take longer to write than to answer: written once for each kind of database."""
    return _branches(Community(pk=ANY_ROOT)).query.sql_with_params()


def _branches(community: Community) -> QuerySet[Any, Any]:
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
        _links(
            Kind.UPTAKE,
            "block__uptake",
            Kind.QUESTION,
            "question",
            _in(community, QuestionFromBlock, "question__"),
        ),
    ]
    branches.append(
        _links(
            Kind.CHANGE,
            "block__uptake__change",
            Kind.UPTAKE,
            "block__uptake",
            _in(community, QuestionFromBlock, "question__"),
        )
    )
    return branches[0].union(*branches[1:], all=True)


def links_of_uptakes(uptakes: QuerySet[Uptake]) -> list[tuple[Node, Node]]:
    """From the change to each of these uptakes, and on to its unit."""
    links: list[tuple[Node, Node]] = []
    for pk, change_id, unit_id in uptakes.order_by().values_list("id", "change_id", "unit_id"):
        node = (Kind.UPTAKE.value, pk)
        links.append(((Kind.CHANGE.value, change_id), node))
        links.append((node, (Kind.UNIT.value, unit_id)))
    return links


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

    def __init__(self, links: Iterable[tuple[Node, Node]]) -> None:
        self.after: defaultdict[Node, list[Node]] = defaultdict(list)
        self.before: defaultdict[Node, list[Node]] = defaultdict(list)
        for one, other in links:
            self.after[one].append(other)
            self.before[other].append(one)

    def reach_after(self, start: Node) -> dict[Node, int]:
        """What came of it, with the number of links to each."""
        return self._reach(start, self.after)

    def reach_before(self, start: Node) -> dict[Node, int]:
        """What was before it, with the number of links to each."""
        return self._reach(start, self.before)

    def _reach(self, start: Node, links: dict[Node, list[Node]]) -> dict[Node, int]:
        found = {start: 0}
        edge, distance = [start], 0
        while edge:
            distance += 1
            edge = [
                other for other in dict.fromkeys(o for node in edge for o in links.get(node, ())) if other not in found
            ]
            found |= dict.fromkeys(edge, distance)
        del found[start]
        return found
