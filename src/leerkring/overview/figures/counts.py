"""Every number of a programme in one query: a branch for each figure, with the label and the home of what it counts.

What a reader may know is decided row by row afterwards, so that the statement is the same for everybody. It has sixteen
branches, which take longer to write than to answer: it is written once for each kind of programme and of database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.memberships.queries import in_programme
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.groups.enums import LIVING_GROUP_STATES, GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import ChangeKind, Step
from leerkring.cycle.uptake.models import Uptake
from leerkring.direction.programmes.enums import EditionState, EnrolmentState, ProgrammeKind
from leerkring.direction.programmes.models import Enrolment, Programme
from leerkring.direction.strategy.models import Activity

HELD = [MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED]
TAKING_PART = [EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED]
NOT_BEGUN = [EditionState.DRAFT, EditionState.RECRUITING]

ANY_ROOT, ANY_WERKPLAATS, ANY_DAY = -1, -2, date(1, 2, 3)
"""Stand for the programme, its first werkplaats and its first day in the statement that is kept."""


@dataclass(frozen=True)
class Start:
    """The first day of a programme, and its first werkplaats."""

    day: date
    werkplaats_id: int | None


@dataclass(frozen=True)
class Counted:
    """So many of one figure that have the same part, label and home. No label: it is nobody's to hide."""

    figure: str
    part: str
    label: str
    home: Community
    circle_id: int | None
    number: int


Counts = dict[str, dict[str, int]]


def counts_of(programme: Programme, start: Start, may_count: Callable[[Counted], bool]) -> Counts:
    """The numbers by figure and part, of what the reader may know."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _rows(programme, start):
        if not row.label or may_count(row):
            counts[row.figure][row.part] += row.number
    return {figure: dict(parts) for figure, parts in counts.items()}


def _rows(programme: Programme, start: Start) -> Iterator[Counted]:
    statement, values = _statement(programme.kind, connection.vendor)
    stand_ins = {str(ANY_ROOT): programme.community_id, str(ANY_WERKPLAATS): start.werkplaats_id or 0}

    def filled(value: Any) -> Any:
        if str(value) == ANY_DAY.isoformat():
            return start.day.isoformat() if isinstance(value, str) else start.day
        return stand_ins.get(str(value), value)

    with connection.cursor() as cursor:
        cursor.execute(statement, [filled(value) for value in values])
        for figure, part, label, home, root, circle, number in cursor.fetchall():
            yield Counted(figure, part, label, Community(pk=home, root_id=root), circle, number)


@cache
def _statement(kind: str, vendor: str) -> tuple[str, tuple[Any, ...]]:
    branches = [*_people(kind), *_cycle(Community(pk=ANY_ROOT))]
    return branches[0].union(*branches[1:], all=True).query.sql_with_params()


def _people(kind: str) -> list[QuerySet[Any, Any]]:
    members = Membership.objects.filter(community=ANY_ROOT)
    now = members.filter(until_on__isnull=True)
    then = members.filter(since_on__lte=ANY_DAY).filter(Q(until_on__isnull=True) | Q(until_on__gt=ANY_DAY))
    enrolled = Enrolment.objects.filter(edition__programme__community=ANY_ROOT)
    places = Placement.objects.filter(until_on__isnull=True, membership__in=now)
    unit = Coalesce("unit__parent", "unit")
    if kind == ProgrammeKind.LEERPROGRAMMA:
        taking_part = enrolled.filter(state__in=TAKING_PART).exclude(edition__state__in=NOT_BEGUN)
        people = _count("participants", taking_part, "person")
        organisations = _count("organisations", taking_part, "organisation")
        units = _count("units", taking_part.filter(unit__isnull=False), unit)
    else:
        people = _count("participants", now.exclude(level=Level.FOLLOWER), "person")
        organisations = _count("organisations", places, "organisation")
        units = _count("units", places.filter(unit__isnull=False), unit)
    return [
        people,
        organisations,
        units,
        _count("completed", enrolled.filter(state=EnrolmentState.COMPLETED), "id", part="completion"),
        _count("members_at_start", then, "person"),
        _count("members_now", now, "person"),
    ]


def _cycle(community: Community) -> list[QuerySet[Any, Any]]:
    groups = LearningGroup.objects.filter(community=community)
    living = groups.filter(state__in=LIVING_GROUP_STATES - {GroupState.PROPOSED})
    uptakes = Uptake.objects.filter(change__community=community, given_up_at__isnull=True)
    stopped = uptakes.filter(step=Step.NORM, change__kind=ChangeKind.STOP)
    meetings = Meeting.objects.filter(community=community, state__in=HELD)
    questions = in_programme(community, LearningQuestion.objects.all())
    return [
        _count("meetings", meetings, "id", part="kind", home="community"),
        _count("themes", Theme.objects.filter(community=community, is_closed=False), "id"),
        _count("groups", groups.filter(formed_in=ANY_WERKPLAATS), "id", home="community", circle="circle"),
        _count("groups_now", living, "id", home="community", circle="circle"),
        _count("versions", AgendaVersion.objects.filter(community=community), "id", home="community"),
        _count("questions", questions, "id", part="state", home="community"),
        _count("insights", in_programme(community, Insight.objects.all()), "id", home="community"),
        _count("uptakes", uptakes, "id", part="step", home="change__community"),
        _count("stopped", stopped, "change", home="change__community"),
        _count("activities", in_programme(community, Activity.objects.all()), "id", home="community"),
    ]


def _count(
    figure: str,
    rows: QuerySet[Any],
    what: str | Coalesce,
    *,
    part: str | None = None,
    home: str | None = None,
    circle: str | None = None,
) -> QuerySet[Any, Any]:
    """Distinct ones of these rows, by part and by whatever decides who may know of them."""
    nothing, no_number = Value("", CharField()), Cast(Value(None, BigIntegerField()), BigIntegerField())
    by: dict[str, Any] = {
        "by_figure": Value(figure, CharField()),
        "by_part": Cast(F(part), CharField()) if part else nothing,
        "by_label": Cast(F(home.removesuffix("community") + "label"), CharField()) if home else nothing,
        "by_home": Cast(F(f"{home}_id"), BigIntegerField()) if home else no_number,
        "by_root": Cast(F(f"{home}__root_id"), BigIntegerField()) if home else no_number,
        "by_circle": Cast(F(circle), BigIntegerField()) if circle else no_number,
    }
    return (
        rows.order_by()
        .annotate(**by)
        .values(*by)
        .annotate(counted=Count(what, distinct=True, output_field=IntegerField()))
        .values_list(*by, "counted")
    )
