"""What the first screens read, each list in one query; every row obeys its label."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.enums import VersionState
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.groups.enums import LIVING_GROUP_STATES, GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions.enums import ON_AGENDA_STATES, ActionState, QuestionState
from leerkring.cycle.questions.models import Action, LearningQuestion, StateChange
from leerkring.cycle.uptake.enums import CommitmentState, Step
from leerkring.cycle.uptake.models import Block, Change, Commitment, StepTaken, Uptake
from leerkring.platform import clock

HELD = (MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED)
GATHERING = (MeetingKind.WERKPLAATS, MeetingKind.WORKSHOP)
"""Kinds of meeting from which a first screen counts: 'since the werkplaats of ...'."""
MOST = 60
"""Lines of one kind that a first screen looks at; the pages behind it have them all."""


def meetings_around(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """The newest meetings of the programme and its groups, to come and past, newest first."""
    meetings = labelled_visible_to(person, in_programme(community, Meeting.objects.all()))
    mine = Attendance.objects.filter(meeting=OuterRef("pk"), person=person) if person else Attendance.objects.none()
    return (
        meetings.annotate(harvest_count=Count("harvest_items"), is_expected=Exists(mine))
        .select_related("facilitator")
        .order_by("-starts_at", "-id")[:MOST]
    )


def steps_since(person: Person | None, community: Community, moment: datetime) -> QuerySet[StepTaken]:
    changes = labelled_visible_to(person, in_programme(community, Change.objects.all()))
    return (
        StepTaken.objects.filter(at__gte=moment, uptake__change__in=changes, before__lt=F("after"))
        .select_related("uptake__change", "uptake__unit")
        .order_by("-at", "-id")
    )


def question_changes_since(person: Person | None, community: Community, moment: datetime) -> QuerySet[StateChange]:
    """Fates of questions that people would tell each other; steps on the way are left out."""
    questions = labelled_visible_to(person, in_programme(community, LearningQuestion.objects.all()))
    told = (
        QuestionState.ANSWERED,
        QuestionState.PROVISIONAL,
        QuestionState.SPLIT,
        QuestionState.MERGED,
        QuestionState.DROPPED,
        QuestionState.ON_AGENDA,
    )
    return (
        StateChange.objects.filter(at__gte=moment, question__in=questions, after__in=told)
        .select_related("question")
        .order_by("-at", "-id")
    )


def open_blocks(person: Person | None, community: Community) -> QuerySet[Block]:
    changes = labelled_visible_to(person, in_programme(community, Change.objects.all()))
    return (
        Block.objects.filter(lifted_on__isnull=True, uptake__change__in=changes)
        .select_related("uptake__change__carrier", "uptake__unit")
        .annotate(linked_count=Count("questions"))
        .order_by("since_on", "id")
    )


def agenda_questions(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions on the agenda, with how many set versions in a row each has been open and when that is stubborn."""
    questions = labelled_visible_to(person, in_programme(community, LearningQuestion.objects.all()))
    latest = AgendaEntry.objects.filter(question=OuterRef("pk"), version__state=VersionState.SET, is_listed=True)
    return (
        questions.filter(state__in=ON_AGENDA_STATES, code__isnull=False)
        .select_related("owner", "owner_unit")
        .annotate(
            open_count=Coalesce(Subquery(latest.values("open_count")[:1]), 0),
            stubborn_after=Coalesce(Subquery(latest.values("version__stubborn_after")[:1]), 0),
        )
        .order_by("draft_place__position", "id")
    )


def living_groups(person: Person | None, community: Community) -> QuerySet[LearningGroup]:
    groups = labelled_visible_to(person, in_programme(community, LearningGroup.objects.all()))
    mine = standing_of(person).communities
    last_met = Meeting.objects.filter(community=OuterRef("circle"), state__in=HELD).order_by("-starts_at")
    return groups.filter(state__in=LIVING_GROUP_STATES).annotate(
        is_mine=Exists(Community.objects.filter(pk=OuterRef("circle"), pk__in=mine)),
        last_met_at=Subquery(last_met.values("starts_at")[:1]),
    )


def open_actions(person: Person | None, community: Community) -> QuerySet[Action]:
    questions = labelled_visible_to(person, in_programme(community, LearningQuestion.objects.all()))
    return (
        Action.objects.filter(state=ActionState.OPEN, question__in=questions)
        .select_related("question", "owner")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )


def norms_to_review(person: Person | None, community: Community) -> QuerySet[Uptake]:
    """Norms whose day of review has come, or comes within two months."""
    changes = labelled_visible_to(person, in_programme(community, Change.objects.all()))
    return (
        Uptake.objects.filter(step=Step.NORM, review_on__lte=clock.today() + timedelta(days=61), change__in=changes)
        .select_related("change", "unit")
        .order_by("review_on", "id")
    )


def commitments_of(person: Person, community: Community) -> QuerySet[Commitment]:
    """What this person said to do and has not looked back at."""
    return (
        Commitment.objects.filter(person=person)
        .filter(Q(meeting__community=community.root_pk) | Q(meeting__community__root=community.root_pk))
        .exclude(state=CommitmentState.LOOKED_BACK)
        .select_related("meeting")
        .order_by("due_on", "id")
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows, as a column."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _visible(person: Person | None, community: Community, model: type[Model]) -> QuerySet[Any]:
    return labelled_visible_to(person, in_programme(community, model._default_manager.all()))


def counts_of(person: Person | None, community: Community, since: datetime) -> dict[str, int]:
    """The numbers of the cycle as this person may see them, all in one query.

    `..._new` counts what came since the moment; members and their number are of the programme itself.
    """
    day: date = since.date()
    meetings = _visible(person, community, Meeting).filter(state__in=HELD)
    harvest = HarvestItem.objects.filter(meeting__in=_visible(person, community, Meeting))
    questions = _visible(person, community, LearningQuestion).filter(state__in=ON_AGENDA_STATES, code__isnull=False)
    unanswered = questions.exclude(state=QuestionState.ANSWERED)
    groups = _visible(person, community, LearningGroup).filter(state__in=LIVING_GROUP_STATES)
    insights = _visible(person, community, Insight)
    cells = Uptake.objects.filter(change__in=_visible(person, community, Change), given_up_at__isnull=True)
    blocked = Block.objects.filter(lifted_on__isnull=True, uptake__in=cells)
    members = Membership.objects.filter(community=community, until_on__isnull=True)
    columns = {
        "meetings": _number(meetings),
        "werkplaatsen": _number(meetings.filter(kind=MeetingKind.WERKPLAATS)),
        "harvest": _number(harvest),
        "harvest_new": _number(harvest.filter(at__gte=since)),
        "questions": _number(unanswered),
        "ownerless": _number(unanswered.filter(owner__isnull=True, owner_unit__isnull=True)),
        "groups": _number(groups),
        "quiet": _number(groups.filter(state=GroupState.DORMANT)),
        "insights": _number(insights),
        "insights_new": _number(insights.filter(found_on__gte=day)),
        "cells": _number(cells),
        "norms": _number(cells.filter(step=Step.NORM)),
        "blocked": _number(blocked),
        "members": _number(members),
        "members_new": _number(members.filter(since_on__gt=day)),
        "followers": _number(members.filter(level=Level.FOLLOWER)),
    }
    return Community.objects.filter(pk=community.pk).annotate(**columns).values(*columns).get()


def programmes_of(person: Person) -> QuerySet[Community]:
    """Programmes in which this person takes part or has a role, as choices on the way in."""
    standing = standing_of(person)
    own = set(standing.communities) | set(standing.roles)
    return Community.objects.filter(
        Q(pk__in=own) | Q(pk__in=Community.objects.filter(pk__in=own).values("root_id")), root__isnull=True
    ).order_by("name")
