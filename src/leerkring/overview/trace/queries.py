from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.memberships.queries import in_programme
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.overview.trace.edges import Graph, Node, links_of, links_of_uptakes
from leerkring.overview.trace.enums import Kind
from leerkring.overview.trace.nodes import TraceNode, readable_nodes
from leerkring.platform.facts.kept import kept

Thing = Meeting | LearningQuestion | LearningGroup | Insight | Change | Uptake | Unit

_KINDS: list[tuple[Any, Kind]] = [
    (Meeting, Kind.MEETING),
    (LearningQuestion, Kind.QUESTION),
    (LearningGroup, Kind.GROUP),
    (Insight, Kind.INSIGHT),
    (Change, Kind.CHANGE),
    (Uptake, Kind.UPTAKE),
    (Unit, Kind.UNIT),
]
_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Trace:
    """A thing, what was before it and what came of it, as far as one person may read; never a hole for the rest."""

    here: TraceNode
    before: Sequence[TraceNode]
    after: Sequence[TraceNode]
    links: Sequence[tuple[Node, Node]]
    """Between the nodes above."""

    @property
    def is_alone(self) -> bool:
        return not self.before and not self.after


def things_of(kind: Kind, community: Community) -> QuerySet[Any]:
    """Everything of a kind in a programme; whether it exists for who asks, the trace says."""
    if kind == Kind.UNIT:
        return Unit.objects.filter(organisation__in=community.organisations.all())
    if kind == Kind.UPTAKE:
        return Uptake.objects.filter(change__community=community).select_related("change__community")
    models = {kind: model for model, kind in _KINDS}
    rows: QuerySet[Any] = in_programme(community, models[kind].objects.select_related("community"))
    return rows


def trace_of(thing: Thing, person: Person | None, community: Community | None = None) -> Trace | None:
    """Both ways in one query, however long the chain, and two or three more when a fact was recorded.

    None when the thing itself does not exist for this person.

    A unit belongs to no programme, so it needs `community`.
    """
    start = (_kind_of(thing).value, thing.pk)
    community = community or _community_of(thing)
    name = f"trace.{start[0]}.{community.root_pk}"
    links = kept(name, thing.pk, community.newest_fact, lambda: _links_around(start, thing, community))
    candidates = {start, *(node for link in links for node in link)}
    nodes = {node.key: node for node in readable_nodes(candidates, person, community)}
    if start not in nodes:
        return None
    seen = [(one, other) for one, other in links if one in nodes and other in nodes]
    graph = Graph(seen)
    before, after = graph.reach_before(start), graph.reach_after(start)
    reached = {start, *before, *after}
    return Trace(
        here=nodes[start],
        before=_ordered(nodes, before),
        after=_ordered(nodes, {key: distance for key, distance in after.items() if key not in before}),
        links=[(one, other) for one, other in seen if one in reached and other in reached],
    )


def _links_around(start: Node, thing: Thing, community: Community) -> list[tuple[Node, Node]]:
    """Every link between what was before a thing and what came of it, whoever may read it."""
    links = [*links_of(community), *_links_of_start(thing, community)]
    graph = Graph(links)
    changes = [pk for kind, pk in (start, *graph.reach_after(start)) if kind == Kind.CHANGE]
    if changes:
        links += links_of_uptakes(Uptake.objects.filter(change__in=changes))
        graph = Graph(dict.fromkeys(links))
    reached = {start, *graph.reach_before(start), *graph.reach_after(start)}
    return [(one, other) for one, other in dict.fromkeys(links) if one in reached and other in reached]


def trace_back(thing: Thing, person: Person | None, community: Community | None = None) -> list[TraceNode]:
    """Everything that was before a thing, from meetings and questions on, as far as this person may read."""
    trace = trace_of(thing, person, community)
    return list(trace.before) if trace else []


def trace_forward(thing: Thing, person: Person | None, community: Community | None = None) -> list[TraceNode]:
    """Everything that came of a thing, as far as this person may read."""
    trace = trace_of(thing, person, community)
    return list(trace.after) if trace else []


def _links_of_start(thing: Thing, community: Community) -> list[tuple[Node, Node]]:
    """Where an uptake or a unit hangs on the rest."""
    if isinstance(thing, Uptake):
        return links_of_uptakes(Uptake.objects.filter(pk=thing.pk))
    if isinstance(thing, Unit):
        return links_of_uptakes(Uptake.objects.filter(unit=thing, change__community=community.root_pk))
    return []


def _kind_of(thing: Thing) -> Kind:
    return next(kind for model, kind in _KINDS if isinstance(thing, model))


def _community_of(thing: Thing) -> Community:
    if isinstance(thing, Uptake):
        return thing.change.community
    if isinstance(thing, Labelled):
        return thing.community
    raise ValueError("a unit is traced in a programme: name the community")


def _ordered(nodes: dict[Node, TraceNode], found: dict[Node, int]) -> list[TraceNode]:
    reached = [replace(nodes[key], distance=distance) for key, distance in found.items()]
    return sorted(reached, key=lambda node: (_ORDER[node.kind], node.on or date.min, node.pk))


@dataclass(frozen=True)
class Station:
    """Things of one kind on one side of a trace: a stop on the strip, a column of the picture."""

    kind: Kind
    nodes: Sequence[TraceNode]
    is_here: bool = False

    @property
    def nearest(self) -> TraceNode:
        return min(self.nodes, key=lambda node: node.distance)


def stations_of(trace: Trace) -> list[Station]:
    """The stops in a row: what was before by kind, the thing itself, and what came of it, on from its kind."""
    here = Station(trace.here.kind, [trace.here], is_here=True)
    return [*stations_before(trace), here, *stations_after(trace)]


def stations_before(trace: Trace) -> list[Station]:
    return _by_kind(trace.before, Kind)


def stations_after(trace: Trace) -> list[Station]:
    """On from the kind of the thing itself, round the circle."""
    here = _ORDER[trace.here.kind]
    return _by_kind(trace.after, sorted(Kind, key=lambda kind: (_ORDER[kind] - here - 1) % len(Kind)))


def _by_kind(nodes: Sequence[TraceNode], kinds: Iterable[Kind]) -> list[Station]:
    found = [Station(kind, [node for node in nodes if node.kind == kind]) for kind in kinds]
    return [station for station in found if station.nodes]
