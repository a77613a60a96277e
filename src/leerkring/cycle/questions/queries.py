from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Length

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.memberships.queries import readable_in, standing_of
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.questions.enums import (
    GONE_STATES,
    LISTED_OPEN_STATES,
    ON_AGENDA_STATES,
    ActionState,
    QuestionPart,
    QuestionState,
)
from leerkring.cycle.questions.models import (
    Action,
    LearningQuestion,
    StateChange,
    Succession,
    Theme,
    Wording,
)
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.facts.kept import kept

STATES_OF_PART: dict[str, frozenset[QuestionState]] = {
    QuestionPart.WAITING: frozenset({QuestionState.RAISED, QuestionState.SHARPENED}),
    QuestionPart.AGENDA: LISTED_OPEN_STATES | {QuestionState.PROVISIONAL},
    QuestionPart.ANSWERED: frozenset({QuestionState.ANSWERED}),
    QuestionPart.GONE: GONE_STATES,
}


def themes_of(community: Community) -> QuerySet[Theme]:
    """All themes of the programme, closed ones included, in their order."""
    return Theme.objects.filter(community=community.root_pk)


def open_themes_of(community: Community) -> QuerySet[Theme]:
    return themes_of(community).filter(is_closed=False)


def themes_for(question: LearningQuestion) -> QuerySet[Theme]:
    """The open themes, and the one that the question has."""
    return themes_of(question.community).filter(Q(is_closed=False) | Q(pk=question.theme_id))


def names_of_themes(community: Community, question: LearningQuestion) -> list[tuple[int, str]]:
    """The same themes to choose from; the names of all are kept until a fact is recorded."""
    themes = kept("questions.themes", community.root_pk, community.newest_fact, lambda: list(themes_of(community)))
    return [(theme.pk, theme.name) for theme in themes if not theme.is_closed or theme.pk == question.theme_id]


def themes_with_counts(person: Person | None, community: Community) -> QuerySet[Theme]:
    """The themes, each with the number of its questions that this person may read, as `shown_count`."""
    seen = questions_visible_to(person, community).exclude(state__in=GONE_STATES)
    return themes_of(community).annotate(
        shown_count=Count("questions", filter=Q(questions__in=seen.order_by().values("id")))
    )


def questions_visible_to(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """The questions of a programme and its groups that this person may read."""
    questions = readable_in(person, community, LearningQuestion.objects.all())
    return questions.select_related("community", "theme", "owner", "owner_unit")


def questions_to_place(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Raised and sharpened questions that wait for a place on the agenda, sharpened ones first."""
    waiting = questions_visible_to(person, community).filter(state__in=STATES_OF_PART[QuestionPart.WAITING])
    return waiting.order_by("-state", "id")


def question_numbered(question_id: int) -> LearningQuestion | None:
    """Whoever may read it: for what was done to it before."""
    return LearningQuestion.objects.filter(pk=question_id).select_related("community").first()


def is_on_agenda(question: LearningQuestion) -> bool:
    return LearningQuestion.objects.filter(pk=question.pk, state__in=ON_AGENDA_STATES).exists()


def ended_membership(membership_id: int) -> Membership | None:
    ended = Membership.objects.filter(pk=membership_id, until_on__isnull=False)
    return ended.select_related("person", "community").first()


def questions_owned_in(community: Community, person: Person) -> QuerySet[LearningQuestion]:
    """What this person has to act on here, and in the groups of a programme."""
    here = Q(community=community) | Q(community__root=community)
    return LearningQuestion.objects.filter(here, owner=person).select_related("owner_unit")


def found(
    questions: QuerySet[LearningQuestion],
    *,
    part: str = "",
    theme: Theme | None = None,
    without_owner: bool = False,
    words: str = "",
) -> QuerySet[LearningQuestion]:
    """Those among these that fit, with a code first, in the order in which the codes were given."""
    if part in STATES_OF_PART:
        questions = questions.filter(state__in=STATES_OF_PART[part])
    if theme is not None:
        questions = questions.filter(theme=theme)
    if without_owner:
        questions = questions.filter(
            state__in=ON_AGENDA_STATES - {QuestionState.ANSWERED}, owner__isnull=True, owner_unit__isnull=True
        )
    for word in words.split():
        questions = questions.filter(
            Q(wording__icontains=word) | Q(barrier__icontains=word) | Q(answer__icontains=word) | Q(code__iexact=word)
        )
    return in_order_of_codes(questions)


def in_order_of_codes(questions: QuerySet[LearningQuestion]) -> QuerySet[LearningQuestion]:
    """A to Z, then AA; those without a code come last."""
    return questions.order_by(Length("code").asc(nulls_last=True), F("code").asc(nulls_last=True), "id")


def counts_of(questions: QuerySet[LearningQuestion]) -> dict[str, int]:
    """How many of these questions are in each part of their life, and how many need an owner."""
    nobody = Q(owner__isnull=True, owner_unit__isnull=True)
    return questions.order_by().aggregate(
        total=Count("id"),
        without_owner=Count("id", filter=nobody & Q(state__in=ON_AGENDA_STATES - {QuestionState.ANSWERED})),
        **{part.value: Count("id", filter=Q(state__in=states)) for part, states in STATES_OF_PART.items()},  # type: ignore[attr-defined]
    )


def wordings_of(question: LearningQuestion) -> QuerySet[Wording]:
    """Every wording, the first one first."""
    return question.wordings.select_related("by", "meeting__community").order_by("at", "id")


def state_changes_of(question: LearningQuestion) -> QuerySet[StateChange]:
    return question.state_changes.select_related("by").order_by("at", "id")


def successions_of(
    person: Person | None, question: LearningQuestion
) -> tuple[list[LearningQuestion], list[LearningQuestion]]:
    """The questions that it came of and those that came of it, as far as this person may read them."""
    links = (
        Succession.objects.filter(Q(predecessor=question) | Q(successor=question))
        .select_related("predecessor__community", "successor__community")
        .order_by("id")
    )
    standing = standing_of(person)
    came_from = [link.predecessor for link in links if link.successor_id == question.pk]
    went_to = [link.successor for link in links if link.predecessor_id == question.pk]
    return (
        [other for other in came_from if standing.may_read(other)],
        [other for other in went_to if standing.may_read(other)],
    )


def with_actions(questions: QuerySet[LearningQuestion]) -> QuerySet[LearningQuestion]:
    """With its actions, who does them and who raised it at hand: what the page of one question shows."""
    actions = Prefetch("actions", Action.objects.select_related("owner"))
    return questions.select_related("raised_by").prefetch_related(actions)


def has_open_actions(question: LearningQuestion) -> bool:
    """Without a query where the actions are at hand."""
    return any(action.state == ActionState.OPEN for action in question.actions.all())


def action_of(question: LearningQuestion, action_id: int) -> Action | None:
    action = question.actions.filter(pk=action_id).first()
    if action is not None:
        action.question = question
    return action


def goals_of(person: Person | None, question: LearningQuestion) -> list[Goal]:
    """The goals that it belongs to, as far as this person may read them."""
    standing = standing_of(person)
    return [goal for goal in question.goals.select_related("community") if standing.may_read(goal)]


def activities_of(person: Person | None, question: LearningQuestion) -> list[Activity]:
    """The activities that it is about, as far as this person may read them."""
    standing = standing_of(person)
    return [activity for activity in question.activities.select_related("community") if standing.may_read(activity)]


@dataclass(frozen=True)
class Aim:
    """A goal or an activity that a question belongs to; `words` holds the year of a goal, the number of an activity."""

    pk: int
    title: str
    words: str
    is_goal: bool


def aims_of(person: Person | None, question: LearningQuestion) -> list[Aim]:
    """The goals and then the activities of a question, as far as this person may read them, in one query."""
    goals = _as_aims("goal", question.goals.all(), "target_year")
    activities = _as_aims("", question.activities.all(), "number")
    standing = standing_of(person)
    return [
        Aim(pk, title, words, is_goal=bool(kind))
        for kind, _position, words, title, pk, label, home, root in sorted(
            goals.union(activities, all=True), key=_order
        )
        if standing.may_read_label(label, Community(pk=home, root_id=root))
    ]


def _as_aims(kind: str, rows: QuerySet[Any], words: str) -> QuerySet[Any, Any]:
    columns: list[Any] = [
        Cast("position", IntegerField()),
        Cast(words, CharField()),
        Cast("title", CharField()),
        "pk",
        "label",
    ]
    return rows.order_by().values_list(Value(kind, CharField()), *columns, "community_id", "community__root_id")


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Goals first; each kind as it stands on its own page."""
    kind, position, words, title, pk = row[:5]
    return not kind, position, words, title if not kind else "", pk


def people_who_take_part(community: Community) -> QuerySet[Person]:
    """Current members of the programme, followers left out, by last name."""
    members = Membership.objects.filter(community=community.root_pk, until_on__isnull=True)
    return Person.objects.filter(pk__in=members.exclude(level=Level.FOLLOWER).values("person"))


def units_of(community: Community) -> QuerySet[Unit]:
    """Units of the organisations that take part."""
    return Unit.objects.filter(organisation__communities=community.root_pk).order_by("organisation__name", "position")


def meetings_to_name(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings that a text may be tied to: they keep texts and were not cancelled. The last one first."""
    meetings = meetings_visible_to(person, community).filter(keeps_text=True)
    return meetings.exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-id")
