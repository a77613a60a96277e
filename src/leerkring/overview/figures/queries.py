from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.uptake.enums import Step
from leerkring.direction.programmes.enums import Completion, ProgrammeKind
from leerkring.direction.programmes.models import Programme
from leerkring.overview.figures.counting import Count, Hidden, veiled, veiled_parts
from leerkring.overview.figures.counts import HELD, Counted, Counts, Start, counts_of


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
    """The figures of a programme as far as this person (None: a visitor) may know them, in two queries.

    Labels are obeyed (rule 13), and people are counted for the programme team only; everybody else reads "fewer than
    five" (rule 7). `whole` is for the console of the installation.
    """
    programme, start = _programme_and_start(community)
    standing = standing_of(person)
    own_circles = standing.group_communities

    def may_count(row: Counted) -> bool:
        return whole or row.circle_id in own_circles or standing.may_read_label(row.label, row.home)

    counts = counts_of(programme, start, may_count)
    return _figures(programme, counts, sees_people=whole or standing.is_team(community))


def figures_for(community: Community, labels: Collection[str]) -> Figures:
    """The figures for an audience and not for one person: what bears one of these labels, and people veiled."""
    programme, start = _programme_and_start(community)
    counts = counts_of(programme, start, lambda row: row.label in labels)
    return _figures(programme, counts, sees_people=False)


def _programme_and_start(community: Community) -> tuple[Programme, Start]:
    """A learning programme begins with its first meeting, a community on the day that it was started."""
    held = Meeting.objects.filter(community=OuterRef("community"), state__in=HELD).order_by("starts_at", "id")
    programme = (
        Programme.objects.select_related("community")
        .annotate(
            first_at=Subquery(held.values("starts_at")[:1]),
            first_werkplaats_id=Subquery(held.filter(kind=MeetingKind.WERKPLAATS).values("id")[:1]),
        )
        .get(community=community.root_pk)
    )
    if programme.kind == ProgrammeKind.LEERPROGRAMMA and programme.first_at is not None:
        return programme, Start(timezone.localdate(programme.first_at), programme.first_werkplaats_id)
    return programme, Start(programme.starts_on, programme.first_werkplaats_id)


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
