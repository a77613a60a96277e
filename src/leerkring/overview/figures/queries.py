from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.groups.enums import LIVING_GROUP_STATES, GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.queries import groups_visible_to
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.cycle.uptake.enums import ChangeKind, Step
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.direction.programmes.enums import Completion, EnrolmentState, ProgrammeKind
from leerkring.direction.programmes.models import Enrolment, Programme
from leerkring.direction.strategy.models import Activity
from leerkring.overview.figures.counting import Count, Hidden, veiled, veiled_parts

HELD = [MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED]
TAKING_PART = [EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED]


@dataclass(frozen=True)
class Figures:
    """The figures of a programme; definitions.py says what each counts."""

    participants: Count
    organisations: int
    units: int
    meetings: Mapping[str, int]
    completed: Mapping[str, Count]
    members_at_start: Count
    members_now: Count
    themes: int
    groups: int
    groups_now: int
    versions: int
    questions: Mapping[str, int]
    insights: int
    uptakes: Mapping[str, int]
    norms: int
    stopped: int
    activities: int

    def as_json(self) -> dict[str, Any]:
        """The surface that other programs read: numbers, and words where a number is hidden."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value.value if isinstance(value, Hidden) else value


def figures_of(community: Community, person: Person | None = None, *, whole: bool = False) -> Figures:
    """The figures of a programme as far as this person (None: a visitor) may know them, in three queries.

    Labels are obeyed (rule 13), and people are counted for the programme team only; everybody else reads "fewer than
    five" (rule 7). `whole` is for the console of the installation.
    """
    programme = Programme.objects.select_related("community").get(community=community.root_pk)
    start = _start_of(programme)
    counts = _counts(programme, start, _Reader(person, whole))
    sees_people = whole or standing_of(person).is_team(community)
    return _figures(programme, counts, sees_people)


@dataclass(frozen=True)
class _Start:
    """The first day of the programme, and its first werkplaats."""

    day: date
    werkplaats_id: int | None


@dataclass(frozen=True)
class _Reader:
    person: Person | None
    whole: bool

    def may_read(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows if self.whole else labelled_visible_to(self.person, rows)

    def groups(self, community: Community) -> QuerySet[LearningGroup]:
        if self.whole:
            return LearningGroup.objects.filter(community=community)
        return groups_visible_to(self.person, community)


def _start_of(programme: Programme) -> _Start:
    """A learning programme begins with its first meeting, a community on the day that it was started."""
    held = Meeting.objects.filter(community=programme.community_id, state__in=HELD).order_by("starts_at", "id")
    first, werkplaats_id = (
        Programme.objects.filter(pk=programme.pk)
        .values_list(
            Subquery(held.values("starts_at")[:1]),
            Subquery(held.filter(kind=MeetingKind.WERKPLAATS).values("id")[:1]),
        )
        .get()
    )
    if programme.kind == ProgrammeKind.LEERPROGRAMMA and first is not None:
        return _Start(timezone.localdate(first), werkplaats_id)
    return _Start(programme.starts_on, werkplaats_id)


Counts = dict[str, dict[str, int]]


def _counts(programme: Programme, start: _Start, reader: _Reader) -> Counts:
    """Every number in one query: a branch for each figure, with a part where it has parts."""
    community = programme.community
    branches = [*_people(programme, start), *_cycle(community, start, reader)]
    counts: Counts = defaultdict(dict)
    for figure, part, number in branches[0].union(*branches[1:], all=True):
        counts[figure][part] = number
    return counts


def _people(programme: Programme, start: _Start) -> list[QuerySet[Any, Any]]:
    community = programme.community_id
    members = Membership.objects.filter(community=community)
    now = members.filter(until_on__isnull=True)
    then = members.filter(since_on__lte=start.day).filter(Q(until_on__isnull=True) | Q(until_on__gt=start.day))
    enrolled = Enrolment.objects.filter(edition__programme=programme)
    places = Placement.objects.filter(until_on__isnull=True, membership__in=now)
    if programme.kind == ProgrammeKind.LEERPROGRAMMA:
        taking_part = enrolled.filter(state__in=TAKING_PART)
        people = _count("participants", taking_part, "person")
        organisations = _count("organisations", taking_part, "organisation")
        units = _count("units", taking_part.filter(unit__isnull=False), Coalesce("unit__parent", "unit"))
    else:
        people = _count("participants", now.exclude(level=Level.FOLLOWER), "person")
        organisations = _count("organisations", places, "organisation")
        units = _count("units", places.filter(unit__isnull=False), Coalesce("unit__parent", "unit"))
    return [
        people,
        organisations,
        units,
        _count("completed", enrolled.filter(state=EnrolmentState.COMPLETED), "id", part="completion"),
        _count("members_at_start", then, "person"),
        _count("members_now", now, "person"),
    ]


def _cycle(community: Community, start: _Start, reader: _Reader) -> list[QuerySet[Any, Any]]:
    groups = reader.groups(community)
    living = groups.filter(state__in=LIVING_GROUP_STATES - {GroupState.PROPOSED})
    changes = reader.may_read(in_programme(community, Change.objects.all()))
    uptakes = Uptake.objects.filter(change__in=changes, given_up_at__isnull=True)
    stopped = uptakes.filter(step=Step.NORM, change__kind=ChangeKind.STOP)
    meetings = Meeting.objects.filter(community=community, state__in=HELD)
    return [
        _count("meetings", reader.may_read(meetings), "id", part="kind"),
        _count("themes", Theme.objects.filter(community=community, is_closed=False), "id"),
        _count("groups", groups.filter(formed_in=start.werkplaats_id, formed_in__isnull=False), "id"),
        _count("groups_now", living, "id"),
        _count("versions", reader.may_read(AgendaVersion.objects.filter(community=community)), "id"),
        _count(
            "questions",
            reader.may_read(in_programme(community, LearningQuestion.objects.all())),
            "id",
            part="state",
        ),
        _count("insights", reader.may_read(in_programme(community, Insight.objects.all())), "id"),
        _count("uptakes", uptakes, "id", part="step"),
        _count("stopped", stopped, "change"),
        _count("activities", reader.may_read(in_programme(community, Activity.objects.all())), "id"),
    ]


def _count(figure: str, rows: QuerySet[Any], what: str | Coalesce, part: str | None = None) -> QuerySet[Any, Any]:
    """Distinct ones of these rows, as (figure, part, number)."""
    named: Any = Cast(F(part), CharField()) if part else Value("", CharField())
    return (
        rows.order_by()
        .annotate(figure_name=Value(figure, CharField()), figure_part=named)
        .values("figure_name", "figure_part")
        .annotate(figure_number=models.Count(what, distinct=True, output_field=IntegerField()))
        .values_list("figure_name", "figure_part", "figure_number")
    )


def _figures(programme: Programme, counts: Counts, sees_people: bool) -> Figures:
    def one(figure: str) -> int:
        return counts.get(figure, {}).get("", 0)

    def parts(figure: str, names: list[str]) -> dict[str, int]:
        found = counts.get(figure, {})
        return {name: found.get(name, 0) for name in names}

    uptakes = parts("uptakes", [str(step.value) for step in Step])
    people = _people_shown(
        one("participants"),
        parts("completed", list(Completion.values)),
        one("members_at_start"),
        one("members_now"),
        is_community=programme.kind == ProgrammeKind.LEERGEMEENSCHAP,
        sees_people=sees_people,
    )
    return Figures(
        **people,
        organisations=one("organisations"),
        units=one("units"),
        meetings=parts("meetings", list(MeetingKind.values)),
        themes=one("themes"),
        groups=one("groups"),
        groups_now=one("groups_now"),
        versions=one("versions"),
        questions=parts("questions", list(QuestionState.values)),
        insights=one("insights"),
        uptakes=uptakes,
        norms=uptakes[str(Step.NORM.value)],
        stopped=one("stopped"),
        activities=one("activities"),
    )


def _people_shown(
    participants: int,
    completed: dict[str, int],
    members_at_start: int,
    members_now: int,
    *,
    is_community: bool,
    sees_people: bool,
) -> dict[str, Any]:
    """The four figures of people, veiled for who is not of the team."""
    if sees_people:
        return {
            "participants": participants,
            "completed": completed,
            "members_at_start": members_at_start,
            "members_now": members_now,
        }
    shown = veiled(participants)
    if is_community:
        # Members less participants are the followers: not to be counted back either.
        (shown,) = veiled_parts(members_now, participants)
    parts = veiled_parts(participants, *completed.values())
    return {
        "participants": shown,
        "completed": dict(zip(completed, parts, strict=True)),
        "members_at_start": veiled(members_at_start),
        "members_now": veiled(members_now),
    }
