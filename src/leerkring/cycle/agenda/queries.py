from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, readable_in
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.queries import in_order_of_codes, questions_visible_to
from leerkring.platform import clock


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
    readable = readable_in(person, version.community, LearningQuestion.objects.all())
    return AgendaEntry.objects.filter(version=version, question__in=readable.values("id")).select_related("version")


def entries_of_versions(
    person: Person | None, community: Community, versions: Iterable[AgendaVersion]
) -> QuerySet[AgendaEntry]:
    """All rows of these versions whose question this person may read today, without their long texts."""
    readable = readable_in(person, community, LearningQuestion.objects.all())
    entries = AgendaEntry.objects.filter(version__in=[v.pk for v in versions], question__in=readable.values("id"))
    return entries.select_related("version").defer("barrier", "answer", "drop_note")


def listed_counts(person: Person | None, community: Community, versions: Iterable[AgendaVersion]) -> dict[int, int]:
    """How many questions each of these versions shows to this person, by the id of the version."""
    entries = entries_of_versions(person, community, versions).filter(is_listed=True)
    rows = entries.order_by().values_list("version").annotate(Count("id"))
    return dict(rows)


def readable_ids(person: Person | None, community: Community) -> set[int]:
    """The questions that this person may read, as ids: what of an unsaved photograph to show."""
    readable = readable_in(person, community, LearningQuestion.objects.all())
    return set(readable.values_list("id", flat=True))


def stays_of(person: Person | None, question: LearningQuestion) -> QuerySet[AgendaEntry]:
    """The rows of one question in the versions that this person may read, oldest first."""
    versions = versions_visible_to(person, question.community)
    return (
        AgendaEntry.objects.filter(question=question, version__in=versions.values("id"))
        .select_related("version")
        .order_by("version__number")
    )


def was_set(question: LearningQuestion) -> bool:
    """Whether a set version shows the question, so that it can no longer be taken off the draft."""
    return AgendaEntry.objects.filter(question=question, is_listed=True).exists()


def set_ids(community: Community) -> set[int]:
    """The questions that some set version shows, as ids."""
    entries = AgendaEntry.objects.filter(version__community=community.root_pk, is_listed=True)
    return set(entries.order_by().values_list("question_id", flat=True).distinct())


def meetings_to_set_at(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings in which a version can be set: not cancelled, the last one first."""
    meetings = meetings_visible_to(person, community).exclude(state=MeetingState.CANCELLED)
    return meetings.order_by("-starts_at", "-id")


def meeting_of_now(person: Person | None, community: Community) -> Meeting | None:
    """The meeting that a version set now most likely belongs to: the last one of the past week."""
    now = clock.now()
    begun = meetings_to_set_at(person, community).filter(starts_at__lte=now, starts_at__gte=now - timedelta(days=7))
    return begun.first()


def mergeable(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions that can be merged: waiting, or living on the agenda; those with a code first."""
    states = LISTED_OPEN_STATES | {QuestionState.RAISED, QuestionState.SHARPENED, QuestionState.PROVISIONAL}
    return in_order_of_codes(questions_visible_to(person, community).filter(state__in=states))


def last_version(agenda: Agenda) -> AgendaVersion | None:
    """The newest set version, whoever may read it: for the photograph only."""
    return AgendaVersion.objects.filter(agenda=agenda).order_by("-number").first()
