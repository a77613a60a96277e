from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import labelled_visible_to, readable_in, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.queries import groups_visible_to
from leerkring.cycle.insights.models import FollowUpQuestion, HarvestItem, Insight, Thread
from leerkring.cycle.questions.enums import GONE_STATES
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock
from leerkring.platform.facts.kept import kept


def insights_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[Insight]:
    """Insights that exist for this person, of the programme and of its groups."""
    if community is None:
        return labelled_visible_to(person, Insight.objects.all())
    return readable_in(person, community, Insight.objects.all())


def threads_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[Thread]:
    if community is None:
        return labelled_visible_to(person, Thread.objects.all())
    return readable_in(person, community, Thread.objects.all())


def lines_of(meeting: Meeting) -> QuerySet[HarvestItem]:
    """What the meeting yielded, in the order of typing, without removed lines."""
    return HarvestItem.objects.filter(meeting=meeting, removed_at__isnull=True)


def line_counts(community: Community) -> dict[int, int]:
    """How many lines each meeting of a programme and its groups yielded: kept until a fact is recorded."""
    root = community.root_pk
    return kept("insights.lines", root, community.newest_fact, lambda: _read_line_counts(root))


def _read_line_counts(root: int) -> dict[int, int]:
    here = Q(meeting__community=root) | Q(meeting__community__root=root)
    lines = HarvestItem.objects.filter(here, removed_at__isnull=True)
    return dict(lines.order_by().values_list("meeting").annotate(n=Count("pk")))


def last_position(meeting: Meeting) -> int:
    """The place of the last line ever typed, removed ones included."""
    last: int | None = HarvestItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    return last or 0


def insights_of_meeting(person: Person | None, meeting: Meeting) -> QuerySet[Insight]:
    return insights_visible_to(person).filter(meeting=meeting)


def insights_of_group(person: Person | None, group: LearningGroup) -> QuerySet[Insight]:
    return insights_visible_to(person).filter(group=group)


def insights_about(person: Person | None, question: LearningQuestion) -> QuerySet[Insight]:
    """Insights that say something about a question, and the one that made somebody ask it, as far as they exist here.

    `is_about` and `is_behind` say which.
    """
    says = Insight.questions.through.objects.filter(insight=OuterRef("pk"), learningquestion=question)
    asked = FollowUpQuestion.objects.filter(insight=OuterRef("pk"), question=question)
    insights = insights_visible_to(person).annotate(is_about=Exists(says), is_behind=Exists(asked))
    return insights.filter(Q(is_about=True) | Q(is_behind=True))


def insights_in(person: Person | None, thread: Thread) -> QuerySet[Insight]:
    """The insights that a thread runs through, as far as they exist for this person."""
    return insights_visible_to(person).filter(threads=thread)


def questions_in(person: Person | None, thread: Thread) -> QuerySet[LearningQuestion]:
    questions = LearningQuestion.objects.filter(threads=thread).order_by(F("code").asc(nulls_last=True), "id")
    return labelled_visible_to(person, questions)


def meeting_of(person: Person | None, insight: Insight) -> Meeting | None:
    """Where it was found, when this person may know of the meeting."""
    if insight.meeting_id is None:
        return None
    return meetings_visible_to(person, insight.community).filter(pk=insight.meeting_id).first()


def group_of(person: Person | None, insight: Insight) -> LearningGroup | None:
    """Who found it, when the group exists for this person."""
    if insight.group_id is None:
        return None
    return groups_visible_to(person).filter(pk=insight.group_id).first()


def follow_ups_seen_by(person: Person | None, insight: Insight) -> QuerySet[LearningQuestion]:
    """Questions that followed from an insight, as far as this person may read them."""
    return labelled_visible_to(person, LearningQuestion.objects.filter(follows_insight__insight=insight))


def threads_with(person: Person | None, insight: Insight) -> QuerySet[Thread]:
    return threads_visible_to(person).filter(insights=insight)


def something_rests_on(insight: Insight) -> bool:
    """Whether any row but its line of the harvest points to this insight, on this floor or a higher one."""
    for relation in insight._meta.related_objects:
        if relation.related_model is HarvestItem:
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: insight.pk}).exists():
            return True
    return insight.questions.exists()


def with_sources(person: Person | None, insights: QuerySet[Insight]) -> QuerySet[Insight]:
    """With community, group, meeting and the questions that this person may read, in two queries.

    `shows_group` and `shows_meeting` say whether the source itself exists for this person.
    """
    seen = labelled_visible_to(person, LearningQuestion.objects.order_by(F("code").asc(nulls_last=True), "id"))
    return (
        insights.select_related("community", "community__root", "group", "meeting", "by")
        .annotate(
            shows_group=Exists(groups_visible_to(person).filter(pk=OuterRef("group"))),
            shows_meeting=Exists(labelled_visible_to(person, Meeting.objects.filter(pk=OuterRef("meeting")))),
        )
        .prefetch_related(Prefetch("questions", queryset=seen, to_attr="seen_questions"))
    )


def insights_since(insights: QuerySet[Insight], day: date) -> QuerySet[Insight]:
    return insights.filter(found_on__gte=day)


def lines_with_results(meeting: Meeting) -> QuerySet[HarvestItem]:
    """Lines with what came of them at hand."""
    return lines_with_rings(meeting).select_related("insight", "question", "action", "action__question")


def lines_with_rings(meeting: Meeting) -> QuerySet[HarvestItem]:
    """Lines that know whether something came of them, on this floor or a higher one (`is_kept_higher`)."""
    kept = Q(pk__in=[])
    for relation in HarvestItem._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        kept |= Q(Exists(rows))
    return lines_of(meeting).annotate(is_kept_higher=Case(When(kept, then=True), default=False))


def all_lines_of(meeting: Meeting) -> QuerySet[HarvestItem]:
    """Removed lines included: they can be put back."""
    return HarvestItem.objects.filter(meeting=meeting)


def question_choices(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions that still live, those with a letter first."""
    questions = readable_in(person, community, LearningQuestion.objects.all())
    return questions.exclude(state__in=GONE_STATES).order_by(F("code").asc(nulls_last=True), "id")


def group_choices(person: Person, community: Community) -> QuerySet[LearningGroup]:
    """Groups for which this person may write: the own ones, and for facilitators all that they can see."""
    groups = groups_visible_to(person, community)
    if standing_of(person).is_facilitator(community):
        return groups
    return groups.filter(circle__in=standing_of(person).group_communities)


def meeting_choices(person: Person, community: Community) -> QuerySet[Meeting]:
    """Meetings that have begun and keep text, the newest first."""
    meetings = meetings_visible_to(person, community).filter(keeps_text=True, starts_at__lte=clock.now())
    return meetings.exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-id")


def theme_choices(community: Community) -> QuerySet[Theme]:
    return Theme.objects.filter(community=community.root_pk)


def groups_with_insights(person: Person | None, community: Community) -> QuerySet[LearningGroup]:
    found = insights_visible_to(person, community).filter(group__isnull=False).values("group")
    return groups_visible_to(person, community).filter(pk__in=found)


def meetings_with_insights(person: Person | None, community: Community) -> QuerySet[Meeting]:
    found = insights_visible_to(person, community).filter(meeting__isnull=False).values("meeting")
    return meetings_visible_to(person, community).filter(pk__in=found).order_by("-starts_at", "-id")


def last_werkplaats(person: Person | None, community: Community) -> Meeting | None:
    """The last moment at which everybody came together."""
    held = meetings_visible_to(person, community).filter(
        community=community.root_pk, kind=MeetingKind.WERKPLAATS, starts_at__lte=clock.now()
    )
    return held.exclude(state=MeetingState.CANCELLED).order_by("-starts_at").first()


def threads_with_counts(person: Person | None, community: Community) -> QuerySet[Thread]:
    """Threads with how much of what runs through them this person may read."""
    runs = insights_visible_to(person).filter(threads=OuterRef("pk")).order_by().values("threads")
    asks = labelled_visible_to(person, LearningQuestion.objects.filter(threads=OuterRef("pk"))).order_by()
    return threads_visible_to(person, community).annotate(
        insight_count=Coalesce(Subquery(runs.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()),
        question_count=Coalesce(
            Subquery(asks.values("threads").annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
        ),
    )


def insights_to_add(person: Person, thread: Thread, words: str) -> QuerySet[Insight]:
    """Insights in which every word occurs and through which the thread does not run yet."""
    found = sifted(insights_visible_to(person, thread.community), Sieve(words=words))
    return found.exclude(threads=thread)


def questions_to_add(person: Person, thread: Thread, words: str) -> QuerySet[LearningQuestion]:
    questions = readable_in(person, thread.community, LearningQuestion.objects.all())
    for word in words.split():
        questions = questions.filter(Q(wording__icontains=word) | Q(barrier__icontains=word))
    return questions.exclude(threads=thread).order_by(F("code").asc(nulls_last=True), "id")


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
