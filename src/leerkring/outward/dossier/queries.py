"""The rows of a dossier, table by table, each in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Material, Meeting, RunSheetItem
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.groups.models import Case, LearningGroup, ResultPage
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight, Thread
from leerkring.cycle.questions.models import Action, LearningQuestion, StateChange, Succession, Theme, Wording
from leerkring.cycle.uptake.models import (
    Block,
    Change,
    GivingUp,
    Initiative,
    NormReview,
    QuestionFromBlock,
    StepTaken,
    Uptake,
)
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.models import Cycle, Edition, Programme
from leerkring.direction.programmes.queries import TAKING_PART
from leerkring.direction.strategy.models import Activity, Goal, GoalValue
from leerkring.outward.dossier.models import KEPT_FOR, Dossier
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.publishing.publications.models import Publication, PublicationText
from leerkring.outward.publishing.reports.models import Report
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow

ABOUT_PEOPLE = (
    "person_id",
    "person_ids",
    "recipient_id",
    "owner_id",
    "membership_id",
    "membership_ids",
    "placement_ids",
    "enrolment_id",
    "attendance_id",
    "commitment_id",
    "certificate_id",
    "grant_id",
    "story_id",
    "seat_id",
    "handover_id",
)
OWN_FACTS = "Dossier"


def dossiers_of(person: Person, community: Community) -> QuerySet[Dossier]:
    """What this person asked for, the newest first."""
    return Dossier.objects.filter(asked_by=person, community=community.root_pk).select_related("community__root")


def dossiers_in_the_making(person: Person, community: Community) -> QuerySet[Dossier]:
    return dossiers_of(person, community).filter(made_at__isnull=True, failed_at__isnull=True)


def all_dossiers() -> QuerySet[Dossier]:
    return Dossier.objects.order_by("id")


def dossier_numbered(dossier_id: int) -> Dossier | None:
    return Dossier.objects.filter(pk=dossier_id).select_related("community", "asked_by__account").first()


def dossiers_to_remove() -> QuerySet[Dossier]:
    """Those whose week is over."""
    return Dossier.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).order_by("id")


def programme_with_slug(slug: str) -> Community | None:
    return Community.objects.filter(slug=slug, root__isnull=True).first()


def slugs() -> list[str]:
    named = Community.objects.filter(root__isnull=True).order_by("slug").values_list("slug", flat=True)
    return [slug for slug in named if slug]


def programmes(scope: Scope) -> QuerySet[Programme]:
    return Programme.objects.filter(community=scope.community).select_related("community", "host")


def organisations(scope: Scope) -> QuerySet[Organisation]:
    return scope.community.organisations.order_by("id")


def units(scope: Scope) -> QuerySet[Unit]:
    return Unit.objects.filter(organisation__in=organisations(scope).values("pk")).order_by("id")


def editions(scope: Scope) -> QuerySet[Edition]:
    """With how many took part, as a number that still has to be veiled."""
    rows = Edition.objects.filter(programme__community=scope.community)
    if not scope.is_whole:
        rows = rows.exclude(state=EditionState.DRAFT)
    took_part = Q(enrolments__state__in=TAKING_PART)
    return rows.annotate(taking_part_count=Count("enrolments", filter=took_part)).order_by("id")


def cycles(scope: Scope) -> QuerySet[Cycle]:
    return Cycle.objects.filter(programme__community=scope.community).order_by("id")


def goals(scope: Scope) -> QuerySet[Goal]:
    return scope.readable(Goal.objects.all())


def goal_values(scope: Scope) -> QuerySet[GoalValue]:
    return GoalValue.objects.filter(goal__in=goals(scope).values("pk")).order_by("id")


def activities(scope: Scope) -> QuerySet[Activity]:
    return scope.readable(Activity.objects.select_related("owner").prefetch_related("goals"))


def meetings(scope: Scope) -> QuerySet[Meeting]:
    present = Q(attendances__presence__in=[Presence.PRESENT, Presence.PARTLY])
    rows = Meeting.objects.select_related("community__group", "facilitator").prefetch_related("editions")
    return scope.readable(rows.annotate(present_count=Count("attendances", filter=present)))


def _told(scope: Scope) -> QuerySet[Any, Any]:
    """Meetings that keep text: of an intervisie nothing that was written goes out (rule 6)."""
    return scope.readable(Meeting.objects.filter(keeps_text=True)).values("pk")


def run_sheet(scope: Scope) -> QuerySet[RunSheetItem]:
    return RunSheetItem.objects.filter(meeting__in=_told(scope), removed_at__isnull=True).order_by(
        "meeting_id", "position", "id"
    )


def materials(scope: Scope) -> QuerySet[Material]:
    return scope.readable(Material.objects.filter(meeting__in=_told(scope), removed_at__isnull=True))


def harvest(scope: Scope) -> QuerySet[HarvestItem]:
    """Without the lines that are somebody's commitment: those stay with that person."""
    lines = HarvestItem.objects.filter(meeting__in=_told(scope), removed_at__isnull=True)
    lines = lines.exclude(kind=HarvestKind.COMMITMENT).exclude(commitment__isnull=False)
    return lines.select_related("meeting").order_by("meeting_id", "position", "id")


def themes(scope: Scope) -> QuerySet[Theme]:
    return Theme.objects.filter(community=scope.community).order_by("position", "id")


def questions(scope: Scope) -> QuerySet[LearningQuestion]:
    rows = LearningQuestion.objects.select_related("owner", "owner_unit").prefetch_related("goals", "activities")
    return scope.readable(rows)


def _questions(scope: Scope) -> QuerySet[Any, Any]:
    return scope.readable(LearningQuestion.objects.all()).values("pk")


def wordings(scope: Scope) -> QuerySet[Wording]:
    return Wording.objects.filter(question__in=_questions(scope)).select_related("by").order_by("id")


def question_states(scope: Scope) -> QuerySet[StateChange]:
    return StateChange.objects.filter(question__in=_questions(scope)).select_related("by").order_by("id")


def successions(scope: Scope) -> QuerySet[Succession]:
    return Succession.objects.filter(predecessor__in=_questions(scope)).order_by("id")


def actions(scope: Scope) -> QuerySet[Action]:
    return Action.objects.filter(question__in=_questions(scope)).select_related("owner").order_by("id")


def versions(scope: Scope) -> QuerySet[AgendaVersion]:
    return scope.readable(AgendaVersion.objects.all())


def entries(scope: Scope) -> QuerySet[AgendaEntry]:
    """The frozen rows whose question is in the dossier: the label of the question counts as it is today."""
    rows = AgendaEntry.objects.filter(version__in=versions(scope).values("pk"), question__in=_questions(scope))
    return rows.select_related("version").order_by("version_id", "position", "id")


def groups(scope: Scope) -> QuerySet[LearningGroup]:
    rows = LearningGroup.objects.select_related("guide", "guide_organisation")
    return scope.readable(rows.prefetch_related("questions", "came_from"))


def cases(scope: Scope) -> QuerySet[Case]:
    return scope.readable(Case.objects.all())


def results(scope: Scope) -> QuerySet[ResultPage]:
    found = scope.readable(LearningGroup.objects.all()).values("pk")
    return ResultPage.objects.filter(group__in=found).select_related("group").order_by("id")


def insights(scope: Scope) -> QuerySet[Insight]:
    return scope.readable(Insight.objects.prefetch_related("questions"))


def threads(scope: Scope) -> QuerySet[Thread]:
    return scope.readable(Thread.objects.prefetch_related("insights", "questions"))


def follow_ups(scope: Scope) -> QuerySet[FollowUpQuestion]:
    return FollowUpQuestion.objects.filter(question__in=_questions(scope)).order_by("id")


def changes(scope: Scope) -> QuerySet[Change]:
    rows = Change.objects.select_related("carrier").prefetch_related("insights", "goals", "activities")
    return scope.readable(rows)


def uptakes(scope: Scope) -> QuerySet[Uptake]:
    found = scope.readable(Change.objects.all()).values("pk")
    return Uptake.objects.filter(change__in=found).select_related("recipient", "change", "unit").order_by("id")


def _uptakes(scope: Scope) -> QuerySet[Any, Any]:
    return uptakes(scope).values("pk")


def steps(scope: Scope) -> QuerySet[StepTaken]:
    return StepTaken.objects.filter(uptake__in=_uptakes(scope)).order_by("id")


def blocks(scope: Scope) -> QuerySet[Block]:
    return Block.objects.filter(uptake__in=_uptakes(scope)).order_by("id")


def givings_up(scope: Scope) -> QuerySet[GivingUp]:
    return GivingUp.objects.filter(uptake__in=_uptakes(scope)).order_by("id")


def reviews(scope: Scope) -> QuerySet[NormReview]:
    return NormReview.objects.filter(uptake__in=_uptakes(scope)).order_by("id")


def questions_from_blocks(scope: Scope) -> QuerySet[QuestionFromBlock]:
    return QuestionFromBlock.objects.filter(question__in=_questions(scope)).order_by("id")


def initiatives(scope: Scope) -> QuerySet[Initiative]:
    rows = Initiative.objects.select_related("carrier", "next_step_by")
    return scope.readable(rows.prefetch_related("organisations", "goals", "changes"))


def reports(scope: Scope) -> QuerySet[Report]:
    """What was released; for the team, what it made besides."""
    rows = Report.objects.all()
    return scope.readable(rows if scope.is_whole else rows.filter(released_at__isnull=False))


def publications(scope: Scope) -> QuerySet[Publication]:
    """What is out."""
    out = Publication.objects.filter(published_on__lte=clock.today(), withdrawn_at__isnull=True)
    return scope.readable(out.prefetch_related("texts", "authors"))


def publication_texts(scope: Scope) -> QuerySet[PublicationText]:
    found = publications(scope).values("pk")
    return PublicationText.objects.filter(publication__in=found).select_related("publication").order_by("id")


def facts(scope: Scope) -> Iterable[FactRow]:
    """What happened, by ids alone: only in the whole dossier, as it tells of every row; nothing about a person.

    Asking for a dossier is left out, so that the same state gives the same dossier.
    """
    if not scope.is_whole:
        return []
    rows = FactRow.objects.filter(community_id__in=scope.communities()).exclude(name__startswith=OWN_FACTS)
    return (row for row in rows.order_by("id") if not any(key in row.ids for key in ABOUT_PEOPLE))
