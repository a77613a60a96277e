from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to, open_in
from leerkring.community.people.models import Person
from leerkring.cycle.agenda.enums import VersionState
from leerkring.cycle.agenda.models import Agenda, AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import LISTED_OPEN_STATES, ON_AGENDA_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.queries import in_order_of_codes, questions_visible_to
from leerkring.platform import clock
from leerkring.platform.facts.kept import kept


def agenda_of(community: Community) -> Agenda | None:
    """The agenda of the programme, or None as long as nothing was placed."""
    return Agenda.objects.select_related("community").filter(community=community.root_pk).first()


def on_draft(questions: QuerySet[LearningQuestion]) -> QuerySet[LearningQuestion]:
    """Those among these that stand on the draft, in its order.

    Answered ones stand there until a version has shown the answer; reopened ones come last until they are moved.
    """
    return in_draft_order(questions.filter(_stands_on_draft(), code__isnull=False))


def _stands_on_draft() -> Q:
    listed = Q(draft_place__isnull=False, state__in=ON_AGENDA_STATES)
    reopened = Q(draft_place__isnull=True, state__in=LISTED_OPEN_STATES | {QuestionState.PROVISIONAL})
    return listed | reopened


def in_draft_order(questions: QuerySet[LearningQuestion]) -> QuerySet[LearningQuestion]:
    return questions.order_by(F("draft_place__position").asc(nulls_last=True), "id")


def to_photograph(community: Community) -> QuerySet[LearningQuestion]:
    """Every question with a code, whoever may read it, in the order of the draft: for the photograph only.

    `is_on_draft` says whether it stands there, `was_shown` whether some set version shows it.
    """
    shown = AgendaEntry.objects.filter(question=OuterRef("pk"), is_listed=True)
    coded = in_programme(community, LearningQuestion.objects.filter(code__isnull=False))
    return in_draft_order(
        coded.select_related("community", "theme", "owner", "owner_unit").annotate(
            is_on_draft=Case(When(_stands_on_draft(), then=True), default=False), was_shown=Exists(shown)
        )
    )


def draft_of(community: Community) -> QuerySet[LearningQuestion]:
    """Every question on the draft, whoever may read it: for the photograph only."""
    return on_draft(in_programme(community, LearningQuestion.objects.all()))


def versions_visible_to(person: Person | None, community: Community) -> QuerySet[AgendaVersion]:
    """The set versions that this person may read, oldest first."""
    versions = AgendaVersion.objects.filter(community=community.root_pk)
    return labelled_visible_to(person, versions).select_related("meeting__community", "community")


def entries_visible_to(person: Person | None, version: AgendaVersion) -> QuerySet[AgendaEntry]:
    """All rows of a version whose question this person may read today, unlisted ones included."""
    readable = open_in(person, version.community, "question__")
    return AgendaEntry.objects.filter(readable, version=version).select_related("version")


def entries_of_versions(
    person: Person | None, community: Community, versions: Iterable[AgendaVersion]
) -> QuerySet[AgendaEntry]:
    """All rows of these versions whose question this person may read today, without their long texts."""
    readable = open_in(person, community, "question__")
    entries = AgendaEntry.objects.filter(readable, version__in=[v.pk for v in versions])
    return entries.select_related("version").defer("barrier", "answer", "drop_note")


def listed_counts(person: Person | None, community: Community, versions: Iterable[AgendaVersion]) -> dict[int, int]:
    """How many questions each of these versions shows to this person, by the id of the version."""
    entries = entries_of_versions(person, community, versions).filter(is_listed=True)
    rows = entries.order_by().values_list("version").annotate(Count("id"))
    return dict(rows)


def stays_of(person: Person | None, question: LearningQuestion) -> QuerySet[AgendaEntry]:
    """The rows of one question in the versions that this person may read, oldest first."""
    versions = versions_visible_to(person, question.community)
    return (
        AgendaEntry.objects.filter(question=question, version__in=versions.values("id"))
        .select_related("version")
        .order_by("version__number")
    )


def stays_in_force(community: Community) -> dict[int, tuple[int, int]]:
    """Of each question of the version in force: in how many versions it stays open, and when that is stubborn.

    Kept until a fact is recorded, whoever may read the questions.
    """
    root = community.root_pk
    return kept("agenda.stays", root, community.newest_fact, lambda: _read_stays(root))


def _read_stays(root: int) -> dict[int, tuple[int, int]]:
    listed = AgendaEntry.objects.filter(version__community=root, version__state=VersionState.SET, is_listed=True)
    rows = listed.order_by().values_list("question_id", "open_count", "version__stubborn_after")
    return {pk: (count, after) for pk, count, after in rows}


def was_set(question: LearningQuestion) -> bool:
    """Whether a set version shows the question, so that it can no longer be taken off the draft."""
    return AgendaEntry.objects.filter(question=question, is_listed=True).exists()


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
