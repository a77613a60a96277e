"""The things in a trace, read in one query as far as a person may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.groups.queries import groups_visible_to
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake.models import Block, Change, StepTaken, Uptake
from leerkring.overview.trace.edges import Node
from leerkring.overview.trace.enums import Kind


@dataclass(frozen=True)
class TraceNode:
    """One thing in a trace. `text` is a code, a kind or the title of a change; `state` a state or a mark."""

    kind: Kind
    pk: int
    title: str
    text: str
    state: str
    step: int | None
    on: date | None
    distance: int = 0

    @property
    def key(self) -> Node:
        return (self.kind.value, self.pk)

    @property
    def is_blocked(self) -> bool:
        return self.kind == Kind.UPTAKE and self.state == BLOCKED

    @property
    def is_given_up(self) -> bool:
        return self.kind == Kind.UPTAKE and self.state == GIVEN_UP

    @property
    def is_norm(self) -> bool:
        return self.step == 5 and not self.is_given_up


BLOCKED, GIVEN_UP = "blocked", "given up"


def readable_nodes(nodes: Iterable[Node], person: Person | None, community: Community) -> list[TraceNode]:
    """Those of these nodes that exist for this person (rule 13), in one query."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for kind, pk in nodes:
        ids[kind].append(pk)
    branches = [_BRANCHES[kind](found, person, community) for kind, found in ids.items()]
    if not branches:
        return []
    rows = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    return [TraceNode(Kind(kind), pk, title, text, state, step, on) for kind, pk, title, text, state, step, on in rows]


def _row(kind: Kind, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
    """The seven columns that every branch has, with the same types on both databases."""
    nothing = Value("", CharField())
    return rows.order_by().values_list(
        Value(kind.value, CharField()),
        Cast(F("pk"), BigIntegerField()),
        Cast(columns["title"], CharField()),
        Cast(Coalesce(columns["text"], nothing), CharField()) if "text" in columns else nothing,
        Cast(columns["state"], CharField()) if "state" in columns else nothing,
        Cast(columns.get("step", Value(None, IntegerField())), IntegerField()),
        Cast(columns.get("on", Value(None, DateField())), DateField()),
    )


def _meetings(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    rows = labelled_visible_to(person, Meeting.objects.filter(pk__in=ids))
    return _row(Kind.MEETING, rows, title=F("title"), text=F("kind"), state=F("state"), on=TruncDate("starts_at"))


def _questions(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    rows = labelled_visible_to(person, LearningQuestion.objects.filter(pk__in=ids))
    return _row(Kind.QUESTION, rows, title=F("wording"), text=F("code"), state=F("state"), on=TruncDate("raised_at"))


def _groups(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    rows = groups_visible_to(person, community).filter(pk__in=ids)
    return _row(Kind.GROUP, rows, title=F("name"), state=F("state"), on=F("formed_on"))


def _insights(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    rows = labelled_visible_to(person, Insight.objects.filter(pk__in=ids))
    return _row(Kind.INSIGHT, rows, title=F("sentence"), on=F("found_on"))


def _changes(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    rows = labelled_visible_to(person, Change.objects.filter(pk__in=ids))
    return _row(Kind.CHANGE, rows, title=F("title"), text=F("kind"), on=TruncDate("made_at"))


def _uptakes(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    readable = labelled_visible_to(person, Change.objects.filter(community=community.root_pk))
    open_block = Block.objects.filter(uptake=OuterRef("pk"), lifted_on__isnull=True)
    last = StepTaken.objects.filter(uptake=OuterRef("pk")).order_by().values("uptake").annotate(last=Max("taken_on"))
    state = Case(
        When(given_up_at__isnull=False, then=Value(GIVEN_UP)),
        When(Exists(open_block), then=Value(BLOCKED)),
        default=Value(""),
        output_field=CharField(),
    )
    return _row(
        Kind.UPTAKE,
        Uptake.objects.filter(pk__in=ids, change__in=readable),
        title=F("unit__name"),
        text=F("change__title"),
        state=state,
        step=F("step"),
        on=Subquery(last.values("last")),
    )


def _units(ids: list[int], person: Person | None, community: Community) -> QuerySet[Any, Any]:
    return _row(Kind.UNIT, Unit.objects.filter(pk__in=ids), title=F("name"))


_BRANCHES = {
    Kind.MEETING.value: _meetings,
    Kind.QUESTION.value: _questions,
    Kind.GROUP.value: _groups,
    Kind.INSIGHT.value: _insights,
    Kind.CHANGE.value: _changes,
    Kind.UPTAKE.value: _uptakes,
    Kind.UNIT.value: _units,
}
