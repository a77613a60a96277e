from __future__ import annotations

from django.db.models import F, Q, QuerySet

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion


def agenda_of(community: Community) -> Agenda | None:
    """The agenda of the programme, or None as long as nothing was placed."""
    return Agenda.objects.select_related("community").filter(community=community.root_pk).first()


def on_draft(questions: QuerySet[LearningQuestion]) -> QuerySet[LearningQuestion]:
    """Those among these that stand on the draft, in its order.

    Answered ones stand there until a version has shown the answer; reopened ones come last until they are moved.
    """
    listed = Q(draft_place__isnull=False, state__in=ON_AGENDA_STATES)
    reopened = Q(draft_place__isnull=True, state__in=LISTED_OPEN_STATES | {QuestionState.PROVISIONAL})
    return questions.filter(listed | reopened, code__isnull=False).order_by(
        F("draft_place__position").asc(nulls_last=True), "id"
    )


def draft_of(community: Community) -> QuerySet[LearningQuestion]:
    """Every question on the draft, whoever may read it: for the photograph only."""
    return on_draft(in_programme(community, LearningQuestion.objects.all()))


def versions_visible_to(person: Person | None, community: Community) -> QuerySet[AgendaVersion]:
    """The set versions that this person may read, oldest first."""
    versions = AgendaVersion.objects.filter(community=community.root_pk)
    return labelled_visible_to(person, versions).select_related("meeting", "community")


def entries_visible_to(person: Person | None, version: AgendaVersion) -> QuerySet[AgendaEntry]:
    """All rows of a version whose question this person may read today, unlisted ones included."""
    readable = labelled_visible_to(person, in_programme(version.community, LearningQuestion.objects.all()))
    return AgendaEntry.objects.filter(version=version, question__in=readable.values("id")).select_related("version")


def last_version(agenda: Agenda) -> AgendaVersion | None:
    """The newest set version, whoever may read it: for the photograph only."""
    return AgendaVersion.objects.filter(agenda=agenda).order_by("-number").first()
