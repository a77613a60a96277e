"""What the first screens read: the rows that the apps below show this person, with the columns a screen needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import F as Column
from django.db.models.functions import JSONObject

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.memberships.queries import open_in, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries as agenda
from leerkring.cycle.groups import queries as groups
from leerkring.cycle.groups.models import GroupStateChange
from leerkring.cycle.insights import queries as insights
from leerkring.cycle.questions.enums import ActionState, QuestionState
from leerkring.cycle.questions.models import Action, StateChange
from leerkring.cycle.questions.queries import questions_visible_to
from leerkring.cycle.uptake import queries as uptake
from leerkring.cycle.uptake.enums import CommitmentState, Step
from leerkring.cycle.uptake.models import Block, Commitment, QuestionFromBlock, StepTaken, Uptake
from leerkring.platform import clock

GATHERING = (MeetingKind.WERKPLAATS, MeetingKind.WORKSHOP)
"""Kinds of meeting from which a first screen counts: 'since the werkplaats of ...'."""
MOST = 60
"""Lines of one kind that a first screen looks at; the pages behind it have them all."""
REVIEW_SOON = timedelta(days=61)
TOLD = (
    QuestionState.ANSWERED,
    QuestionState.PROVISIONAL,
    QuestionState.SPLIT,
    QuestionState.MERGED,
    QuestionState.DROPPED,
    QuestionState.ON_AGENDA,
)
"""Fates of questions that people would tell each other; steps on the way are left out."""


def meetings_around(person: Person, community: Community) -> QuerySet[Meeting]:
    """The newest meetings of the programme and its groups, to come and past, newest first."""
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), person=person)
    seen = meetings.meetings_visible_to(person, community).select_related(None)
    return seen.annotate(is_expected=Exists(mine)).order_by("-starts_at", "-id")[:MOST]


def line_counts(community: Community) -> dict[int, int]:
    """How many lines each meeting yielded so far."""
    return insights.line_counts(community)


def steps_since(person: Person, community: Community, moment: datetime) -> QuerySet[StepTaken]:
    """Steps up, newest first."""
    return uptake.steps_since(person, community, moment.date()).filter(before__lt=Column("after"))


def question_changes_since(person: Person, community: Community, moment: datetime) -> QuerySet[StateChange]:
    readable = open_in(person, community, "question__")
    changes = StateChange.objects.filter(readable, at__gte=moment, after__in=TOLD)
    return changes.select_related("question").order_by("-at", "-id")


def open_blocks(person: Person, community: Community) -> QuerySet[Block]:
    """What is stuck, with whether somebody made a question of it."""
    asked = QuestionFromBlock.objects.filter(block=OuterRef("pk"))
    blocks = uptake.blocked_uptakes(person, community).annotate(is_asked=Exists(asked))
    return blocks.select_related(None).select_related("uptake__change", "uptake__unit")


def agenda_questions(person: Person, community: Community) -> list[Any]:
    """Questions on the draft, with how many set versions in a row each has been open and when that is stubborn."""
    stays = agenda.stays_in_force(community)
    found: list[Any] = list(agenda.on_draft(questions_visible_to(person, community).select_related(None)))
    for question in found:
        question.open_count, question.stubborn_after = stays.get(question.pk, (0, 0))
    return found


def living_groups(person: Person, community: Community) -> list[Any]:
    """Groups that go on, with whether one is in it and when it met and meets."""
    held = Meeting.objects.filter(community=OuterRef("circle")).exclude(state=MeetingState.CANCELLED)
    past = held.filter(starts_at__lte=clock.now()).order_by("-starts_at")
    moves = GroupStateChange.objects.filter(group=OuterRef("pk")).order_by("-at")
    found: list[Any] = list(
        groups.living(groups.groups_visible_to(person, community)).annotate(
            met_at=Subquery(past.values("starts_at")[:1]),
            moved_at=Subquery(moves.values("at")[:1]),
            meets_again=Exists(held.filter(starts_at__gt=clock.now())),
        )
    )
    mine = standing_of(person).communities
    for group in found:
        group.is_mine = group.circle_id in mine
    return found


def open_actions(person: Person, community: Community) -> QuerySet[Action]:
    return (
        Action.objects.filter(open_in(person, community, "question__"), state=ActionState.OPEN)
        .select_related("question", "owner")
        .order_by(Column("due_on").asc(nulls_last=True), "id")
    )


def norms_to_review(person: Person, community: Community) -> QuerySet[Uptake]:
    """Norms whose day of review has come, or comes within two months."""
    return (
        uptake.uptakes_visible_to(person, community)
        .filter(step=Step.NORM, given_up_at__isnull=True, review_on__lte=clock.today() + REVIEW_SOON)
        .order_by("review_on", "id")
    )


def commitments_of(person: Person, community: Community) -> QuerySet[Commitment]:
    """What this person said to do and has not looked back at."""
    return uptake.commitments_of(person, community).exclude(state=CommitmentState.LOOKED_BACK)


def counts_of(person: Person, community: Community, since: datetime) -> dict[str, int]:
    """Meetings, harvest, insights, uptake and members in numbers as this person may see them, all in one query.

    `..._new` counts what came since the moment; members are those of the programme itself.
    """
    day: date = since.date()
    held = Q(state__in=meetings.HELD_STATES)
    figures = {
        "meetings": Count("pk", filter=held, distinct=True),
        "werkplaatsen": Count("pk", filter=held & Q(kind=MeetingKind.WERKPLAATS), distinct=True),
        "harvest": Count("harvest_items"),
        "harvest_new": Count("harvest_items", filter=Q(harvest_items__at__gte=since)),
    }
    of_insights = {"insights": Count("pk"), "insights_new": Count("pk", filter=Q(found_on__gte=day))}
    of_cells = {
        "cells": Count("pk", distinct=True),
        "blocked": Count("blocks", filter=Q(blocks__lifted_on__isnull=True)),
    }
    of_members = {"members": Count("pk"), "members_new": Count("pk", filter=Q(since_on__gt=day))}
    cells = uptake.uptakes_visible_to(person, community).filter(given_up_at__isnull=True)
    members = Membership.objects.filter(community=community, until_on__isnull=True)
    found = Community.objects.filter(pk=community.pk).values_list(
        _figures(meetings.meetings_visible_to(person, community), figures),
        _figures(insights.insights_visible_to(person, community), of_insights),
        _figures(cells, of_cells),
        _figures(members, of_members),
    )
    counts = dict.fromkeys((*figures, *of_insights, *of_cells, *of_members), 0)
    for part in found[0]:
        counts |= part or {}
    return counts


def _figures(rows: QuerySet[Any], figures: Mapping[str, Count]) -> Subquery:
    """Several figures over one table, as one column; nothing when there are no rows."""
    whole = rows.select_related(None).order_by().annotate(whole=Value(1)).values("whole")
    return Subquery(whole.annotate(figures=JSONObject(**figures)).values("figures"))


def programmes_of(person: Person) -> QuerySet[Community]:
    """Programmes in which this person takes part or has a role, as choices on the way in."""
    standing = standing_of(person)
    own = set(standing.communities) | set(standing.roles)
    return Community.objects.filter(
        Q(pk__in=own) | Q(pk__in=Community.objects.filter(pk__in=own).values("root_id")), root__isnull=True
    ).order_by("name")
