"""The things in a trace, read in one query as far as a person may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
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
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.groups.models import LearningGroup
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
    branches = [_rows(kind).filter(pk__in=found) for kind, found in ids.items()]
    if not branches:
        return []
    rows = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    standing = standing_of(person)
    own_circles = standing.group_communities
    return [
        TraceNode(Kind(kind), pk, title, text, state, step, on)
        for kind, pk, title, text, state, step, on, label, home, root, circle in rows
        if kind == Kind.UNIT
        or circle in own_circles
        or standing.may_read_label(label, Community(pk=home, root_id=root))
    ]


@cache
def _rows(kind: str) -> QuerySet[Any, Any]:
    """All rows of a kind, in the eleven columns that every kind has; written once, narrowed at each asking."""
    return _COLUMNS[kind]()


def _row(kind: Kind, rows: QuerySet[Any], home: str = "community", **columns: Any) -> QuerySet[Any, Any]:
    """`home` leads to the community whose label counts; a group is also read by its own people, in its `circle`."""
    nothing, no_number = Value("", CharField()), Cast(Value(None, BigIntegerField()), BigIntegerField())
    has_label = kind != Kind.UNIT
    label = home.removesuffix("community") + "label"
    return rows.order_by().values_list(
        Value(kind.value, CharField()),
        Cast(F("pk"), BigIntegerField()),
        Cast(columns["title"], CharField()),
        Cast(Coalesce(columns["text"], nothing), CharField()) if "text" in columns else nothing,
        Cast(columns["state"], CharField()) if "state" in columns else nothing,
        Cast(columns.get("step", Value(None, IntegerField())), IntegerField()),
        Cast(columns.get("on", Value(None, DateField())), DateField()),
        Cast(F(label), CharField()) if has_label else nothing,
        Cast(F(f"{home}_id"), BigIntegerField()) if has_label else no_number,
        Cast(F(f"{home}__root_id"), BigIntegerField()) if has_label else no_number,
        Cast(columns["circle"], BigIntegerField()) if "circle" in columns else no_number,
    )


def _meetings() -> QuerySet[Any, Any]:
    return _row(
        Kind.MEETING,
        Meeting.objects.all(),
        title=F("title"),
        text=F("kind"),
        state=F("state"),
        on=TruncDate("starts_at"),
    )


def _questions() -> QuerySet[Any, Any]:
    return _row(
        Kind.QUESTION,
        LearningQuestion.objects.all(),
        title=F("wording"),
        text=F("code"),
        state=F("state"),
        on=TruncDate("raised_at"),
    )


def _groups() -> QuerySet[Any, Any]:
    return _row(
        Kind.GROUP,
        LearningGroup.objects.all(),
        title=F("name"),
        state=F("state"),
        on=F("formed_on"),
        circle=F("circle_id"),
    )


def _insights() -> QuerySet[Any, Any]:
    return _row(Kind.INSIGHT, Insight.objects.all(), title=F("sentence"), on=F("found_on"))


def _changes() -> QuerySet[Any, Any]:
    return _row(Kind.CHANGE, Change.objects.all(), title=F("title"), text=F("kind"), on=TruncDate("made_at"))


def _uptakes() -> QuerySet[Any, Any]:
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
        Uptake.objects.all(),
        home="change__community",
        title=F("unit__name"),
        text=F("change__title"),
        state=state,
        step=F("step"),
        on=Subquery(last.values("last")),
    )


def _units() -> QuerySet[Any, Any]:
    return _row(Kind.UNIT, Unit.objects.all(), title=F("name"))


_COLUMNS = {
    Kind.MEETING.value: _meetings,
    Kind.QUESTION.value: _questions,
    Kind.GROUP.value: _groups,
    Kind.INSIGHT.value: _insights,
    Kind.CHANGE.value: _changes,
    Kind.UPTAKE.value: _uptakes,
    Kind.UNIT.value: _units,
}
