from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Max, Q, QuerySet

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import in_programme, labelled_visible_to
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight, Thread
from leerkring.cycle.questions.models import LearningQuestion


def insights_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[Insight]:
    """Insights that exist for this person, of the programme and of its groups."""
    insights = Insight.objects.all()
    if community is not None:
        insights = in_programme(community, insights)
    return labelled_visible_to(person, insights)


def threads_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[Thread]:
    threads = Thread.objects.all()
    if community is not None:
        threads = in_programme(community, threads)
    return labelled_visible_to(person, threads)


def lines_of(meeting: Meeting) -> QuerySet[HarvestItem]:
    """What the meeting yielded, in the order of typing, without removed lines."""
    return HarvestItem.objects.filter(meeting=meeting, removed_at__isnull=True)


def last_position(meeting: Meeting) -> int:
    """The place of the last line ever typed, removed ones included."""
    last: int | None = HarvestItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return last or 0


def insights_of_meeting(person: Person | None, meeting: Meeting) -> QuerySet[Insight]:
    return insights_visible_to(person).filter(meeting=meeting)


def insights_of_group(person: Person | None, group: LearningGroup) -> QuerySet[Insight]:
    return insights_visible_to(person).filter(group=group)


def insights_about(person: Person | None, question: LearningQuestion) -> QuerySet[Insight]:
    """Insights that say something about a question, as far as they exist for this person."""
    return insights_visible_to(person).filter(questions=question)


def insights_in(person: Person | None, thread: Thread) -> QuerySet[Insight]:
    """The insights that a thread runs through, as far as they exist for this person."""
    return insights_visible_to(person).filter(threads=thread)


def questions_in(person: Person | None, thread: Thread) -> QuerySet[LearningQuestion]:
    questions = LearningQuestion.objects.filter(threads=thread).order_by(F("code").asc(nulls_last=True), "id")
    return labelled_visible_to(person, questions)


def threads_with(person: Person | None, insight: Insight) -> QuerySet[Thread]:
    return threads_visible_to(person).filter(insights=insight)


def follow_ups_of(insight: Insight) -> QuerySet[FollowUpQuestion]:
    return FollowUpQuestion.objects.filter(insight=insight).select_related("question").order_by("at", "id")


def insight_behind(person: Person | None, question: LearningQuestion) -> Insight | None:
    """The insight that a question follows up, when this person may read it."""
    return insights_visible_to(person).filter(follow_ups__question=question).first()


@dataclass(frozen=True)
class Sieve:
    """By what a list of insights is narrowed."""

    words: str = ""
    theme_id: int | None = None
    group_id: int | None = None
    meeting_id: int | None = None
    thread_id: int | None = None


def sifted(insights: QuerySet[Insight], sieve: Sieve) -> QuerySet[Insight]:
    """The insights that pass: every word must occur in sentence, context or evidence."""
    for word in sieve.words.split():
        insights = insights.filter(
            Q(sentence__icontains=word) | Q(context__icontains=word) | Q(evidence__icontains=word)
        )
    if sieve.theme_id is not None:
        themed = LearningQuestion.objects.filter(theme=sieve.theme_id).values("pk")
        insights = insights.filter(
            pk__in=Insight.questions.through.objects.filter(learningquestion__in=themed).values("insight")
        )
    if sieve.group_id is not None:
        insights = insights.filter(group=sieve.group_id)
    if sieve.meeting_id is not None:
        insights = insights.filter(meeting=sieve.meeting_id)
    if sieve.thread_id is not None:
        insights = insights.filter(
            pk__in=Thread.insights.through.objects.filter(thread=sieve.thread_id).values("insight")
        )
    return insights
