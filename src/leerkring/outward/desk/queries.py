"""What the first screens read: the rows that the apps below show this person, with the columns a screen needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models import F as Column
from django.db.models.functions import Coalesce

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries as agenda
from leerkring.cycle.agenda.enums import VersionState
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.groups import queries as groups
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import HarvestItem
from leerkring.cycle.insights.queries import insights_visible_to
from leerkring.cycle.questions.enums import ActionState, QuestionState
from leerkring.cycle.questions.models import Action, LearningQuestion, StateChange
from leerkring.cycle.questions.queries import questions_visible_to, questions_without_owner
from leerkring.cycle.uptake import queries as uptake
from leerkring.cycle.uptake.enums import CommitmentState, Step
from leerkring.cycle.uptake.models import Block, Commitment, StepTaken, Uptake
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
    return (
        meetings.meetings_visible_to(person, community)
        .annotate(harvest_count=Count("harvest_items"), is_expected=Exists(mine))
        .order_by("-starts_at", "-id")[:MOST]
    )


def steps_since(person: Person, community: Community, moment: datetime) -> QuerySet[StepTaken]:
    """Steps up, newest first."""
    return uptake.steps_since(person, community, moment.date()).filter(before__lt=Column("after"))


def question_changes_since(person: Person, community: Community, moment: datetime) -> QuerySet[StateChange]:
    return (
        StateChange.objects.filter(at__gte=moment, question__in=questions_visible_to(person, community), after__in=TOLD)
        .select_related("question")
        .order_by("-at", "-id")
    )


def open_blocks(person: Person, community: Community) -> QuerySet[Block]:
    return uptake.blocked_uptakes(person, community).annotate(linked_count=Count("questions"))


def agenda_questions(person: Person, community: Community) -> QuerySet[LearningQuestion]:
    """Questions on the draft, with how many set versions in a row each has been open and when that is stubborn."""
    latest = AgendaEntry.objects.filter(question=OuterRef("pk"), version__state=VersionState.SET, is_listed=True)
    return agenda.on_draft(questions_visible_to(person, community)).annotate(
        open_count=Coalesce(Subquery(latest.values("open_count")[:1]), 0),
        stubborn_after=Coalesce(Subquery(latest.values("version__stubborn_after")[:1]), 0),
    )


def living_groups(person: Person, community: Community) -> QuerySet[LearningGroup]:
    """Groups that go on, with whether one is in it and when it met and meets."""
    held = Meeting.objects.filter(community=OuterRef("circle")).exclude(state=MeetingState.CANCELLED)
    past = held.filter(starts_at__lte=clock.now()).order_by("-starts_at")
    mine = standing_of(person).communities
    return groups.living(groups.groups_visible_to(person, community)).annotate(
        is_mine=Exists(Community.objects.filter(pk=OuterRef("circle"), pk__in=mine)),
        met_at=Subquery(past.values("starts_at")[:1]),
        moved_at=Max("state_changes__at"),
        meets_again=Exists(held.filter(starts_at__gt=clock.now())),
    )


def open_actions(person: Person, community: Community) -> QuerySet[Action]:
    return (
        Action.objects.filter(state=ActionState.OPEN, question__in=questions_visible_to(person, community))
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


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows, as a column."""
    ids = rows.order_by().values("pk")
    counted = rows.model._default_manager.filter(pk__in=ids).order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def counts_of(person: Person, community: Community, since: datetime) -> dict[str, int]:
    """The numbers of the cycle as this person may see them, all in one query.

    `..._new` counts what came since the moment; members are those of the programme itself.
    """
    day: date = since.date()
    seen = meetings.meetings_visible_to(person, community)
    harvest = HarvestItem.objects.filter(meeting__in=seen.values("pk"))
    questions = agenda.on_draft(questions_visible_to(person, community)).exclude(state=QuestionState.ANSWERED)
    insights = insights_visible_to(person, community)
    cells = uptake.uptakes_visible_to(person, community).filter(given_up_at__isnull=True)
    members = Membership.objects.filter(community=community, until_on__isnull=True)
    columns = {
        "meetings": _number(meetings.held(seen)),
        "werkplaatsen": _number(meetings.held(seen).filter(kind=MeetingKind.WERKPLAATS)),
        "harvest": _number(harvest),
        "harvest_new": _number(harvest.filter(at__gte=since)),
        "questions": _number(questions),
        "ownerless": _number(questions_without_owner(person, community)),
        "groups": _number(groups.living(groups.groups_visible_to(person, community))),
        "insights": _number(insights),
        "insights_new": _number(insights.filter(found_on__gte=day)),
        "cells": _number(cells),
        "blocked": _number(uptake.blocked_uptakes(person, community)),
        "members": _number(members),
        "members_new": _number(members.filter(since_on__gt=day)),
    }
    return Community.objects.filter(pk=community.pk).annotate(**columns).values(*columns).get()


def programmes_of(person: Person) -> QuerySet[Community]:
    """Programmes in which this person takes part or has a role, as choices on the way in."""
    standing = standing_of(person)
    own = set(standing.communities) | set(standing.roles)
    return Community.objects.filter(
        Q(pk__in=own) | Q(pk__in=Community.objects.filter(pk__in=own).values("root_id")), root__isnull=True
    ).order_by("name")
