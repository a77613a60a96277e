from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Community, Membership, Placement, RoleGrant
from leerkring.community.memberships.queries import labelled_visible_to, open_to, readable_in, standing_of
from leerkring.community.people.enums import OrganisationKind
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups.enums import GROUP_TRANSITIONS, LIVING_GROUP_STATES, GroupState
from leerkring.cycle.groups.models import (
    Case,
    GroupStateChange,
    LearningGroup,
    Leaving,
    ResultPage,
    RoleTaken,
    TransitionRole,
)
from leerkring.cycle.questions.enums import OPEN_STATES, QuestionState
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock

CURRENT = Q(until_on__isnull=True)
UNDO_WITHIN = timedelta(days=1)
ASKING_STATES = OPEN_STATES | {QuestionState.PROVISIONAL}


def groups_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[LearningGroup]:
    """Groups that exist for this person: by their label, and always the ones of which one is part."""
    seen = open_to(person)
    if own := standing_of(person).group_communities:
        seen |= Q(circle__in=own)
    groups = LearningGroup.objects.filter(seen)
    return groups if community is None else groups.filter(community=community.root_pk)


def with_home(groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """With programme, circle, theme and guide at hand."""
    return groups.select_related("community", "circle", "theme", "guide", "guide_organisation")


def with_relatives(groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """Knowing whether they came of others, or others of them: most did not."""
    links = LearningGroup.came_from.through.objects
    came, went = (Exists(links.filter(**{end: OuterRef("pk")})) for end in ("from_learninggroup", "to_learninggroup"))
    return groups.annotate(came_of_some=came, some_came_of_it=went)


def with_rarities(person: Person | None, groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """Knowing whether this person left lately, and whether a division made the group: mostly not, so nobody asks on."""
    left = Leaving.objects.filter(group=OuterRef("pk"), person=person, at__gt=clock.now() - UNDO_WITHIN)
    divided = LearningGroup.objects.filter(pk=OuterRef("pk"), formed_as__isnull=False)
    return groups.annotate(left_lately=Exists(left), was_divided=Exists(divided))


def groups_with_questions(person: Person | None, groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """The same, with the questions that this person may read at hand, in one query more."""
    questions = labelled_visible_to(person, LearningQuestion.objects.order_by("code", "id"))
    return groups_with_facts(person, groups).prefetch_related(
        Prefetch("questions", queryset=questions, to_attr="seen_questions")
    )


def groups_with_facts(person: Person | None, groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """With theme, guide, the name of the contact and moments of meeting at hand, in one query however many rows.

    `seen_met_at` is the last meeting that this person may know of, `met_at` the last of all: only when they are the
    same may the page say since when a group is quiet.
    """
    meetings = Meeting.objects.filter(community=OuterRef("circle")).exclude(state=MeetingState.CANCELLED)
    past = meetings.filter(starts_at__lte=clock.now()).order_by("-starts_at")
    moves = GroupStateChange.objects.filter(group=OuterRef("pk")).order_by("-at")
    members = members_now().filter(community=OuterRef("circle")).order_by()
    name = JSONObject(**{part: f"person__{part}" for part in ("given_name", "prefix", "family_name")})
    return with_home(groups).annotate(
        people_count=Coalesce(
            Subquery(members.values("community").annotate(n=Count("pk")).values("n")),
            0,
            output_field=IntegerField(),
        ),
        contact_name=Subquery(contacts().filter(community=OuterRef("circle")).values_list(name)[:1]),
        met_at=Subquery(past.values("starts_at")[:1]),
        seen_met_at=Subquery(labelled_visible_to(person, past).values("starts_at")[:1]),
        moved_at=Subquery(moves.values("at")[:1]),
        meets_again=Exists(meetings.filter(starts_at__gt=clock.now())),
    )


def contacts() -> QuerySet[RoleGrant]:
    still = CURRENT | Q(until_on__gt=clock.today())
    return RoleGrant.objects.filter(still, role=Role.CONTACT).select_related("person")


def contact_of(group: LearningGroup) -> Person | None:
    grant = contacts().filter(community=group.circle_id).first()
    return grant.person if grant else None


def living(groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    return groups.filter(state__in=LIVING_GROUP_STATES)


def groups_on(question: LearningQuestion, person: Person | None) -> QuerySet[LearningGroup]:
    """Groups that work on a question, as far as they exist for this person."""
    return groups_visible_to(person).filter(pk__in=question.groups.values("pk"))


def groups_at(person: Person | None, meeting: Meeting) -> QuerySet[LearningGroup]:
    """Groups that formed at a meeting or show a page there: `shows` says what they found, null without a page."""
    pages = ResultPage.objects.filter(group=OuterRef("pk"), meeting=meeting)
    groups = groups_visible_to(person).annotate(shows=Subquery(pages.values("found")[:1]))
    return groups.filter(Q(formed_in=meeting) | Q(shows__isnull=False))


def group_of_circle(circle: Community) -> LearningGroup | None:
    """The group whose people this community holds, or None for a programme."""
    return LearningGroup.objects.filter(circle=circle).first()


def members_now() -> QuerySet[Membership]:
    """Current memberships, without those of guides."""
    return Membership.objects.filter(CURRENT).exclude(level=Level.EXTERNAL)


def memberships_of(group: LearningGroup) -> QuerySet[Membership]:
    """Members with who they are, where they work and whether they are the contact, in one query."""
    places = Placement.objects.filter(
        membership__person=OuterRef("person"),
        membership__community=group.community_id,
        membership__until_on__isnull=True,
        until_on__isnull=True,
    )
    held = contacts().filter(community=group.circle_id, person=OuterRef("person"))
    members = (
        members_now()
        .filter(community=group.circle_id)
        .annotate(
            unit_name=Subquery(places.values("unit__name")[:1]),
            organisation_name=Subquery(places.values("organisation__name")[:1]),
            is_contact=Exists(held),
        )
    )
    return members.select_related("person").order_by("person__name_key", "person_id")


def people_of(group: LearningGroup) -> QuerySet[Person]:
    return Person.objects.filter(memberships__in=members_now().filter(community=group.circle_id))


def people_to_form_with(community: Community) -> QuerySet[Person]:
    """Members and followers of the programme who can be put in a group."""
    return Person.objects.filter(
        memberships__community=community.root_pk, memberships__until_on__isnull=True, left_at__isnull=True
    )


def places_of(people: Iterable[Person], community: Community) -> dict[int, Placement]:
    """Where each of these people works now, as stated in the programme, by person."""
    placements = Placement.objects.filter(
        membership__community=community.root_pk,
        membership__until_on__isnull=True,
        membership__person__in=list(people),
        until_on__isnull=True,
    )
    return {p.membership.person_id: p for p in placements.select_related("membership", "organisation", "unit")}


@dataclass(frozen=True)
class Placed:
    """Somebody who can be put in a group: where they work, and in how many groups they are already."""

    person: Person
    place: Placement | None
    group_count: int


def people_with_places(community: Community) -> list[Placed]:
    """Everybody who can be put in a group, by name, in three queries."""
    people = list(people_to_form_with(community).order_by("name_key", "pk"))
    places, counts = places_of(people, community), group_counts(community)
    return [Placed(person, places.get(person.pk), counts.get(person.pk, 0)) for person in people]


def group_counts(community: Community) -> dict[int, int]:
    """In how many living groups of the programme each person takes part now, by person."""
    circles = living(LearningGroup.objects.filter(community=community.root_pk)).values("circle")
    counted = members_now().filter(community__in=circles).order_by()
    return dict(counted.values_list("person").annotate(n=Count("pk")))


def cases_visible_to(person: Person | None, group: LearningGroup) -> QuerySet[Case]:
    return labelled_visible_to(person, Case.objects.filter(group=group))


def roles_in_use(community: Community) -> QuerySet[TransitionRole]:
    """Transition roles that can be taken up in this programme now."""
    return transition_roles_of(community).filter(is_retired=False)


def transition_roles_of(community: Community) -> QuerySet[TransitionRole]:
    return TransitionRole.objects.filter(community=community.root_pk)


def roles_taken_now(case: Case) -> QuerySet[RoleTaken]:
    return RoleTaken.objects.filter(CURRENT, case=case).select_related("role", "person")


def results_visible_to(person: Person | None, group: LearningGroup) -> QuerySet[ResultPage]:
    """Result pages for meetings that this person may see."""
    return ResultPage.objects.filter(
        group=group, meeting__in=labelled_visible_to(person, Meeting.objects.all())
    ).select_related("meeting")


def meetings_to_present_at(person: Person | None, group: LearningGroup) -> QuerySet[Meeting]:
    """Meetings of the programme, and the group's own, for which there can be a page of results."""
    meetings = meetings_visible_to(person, group.community)
    homes = [group.community_id, group.circle_id]
    return meetings.filter(community__in=homes, keeps_text=True).exclude(state=MeetingState.CANCELLED)


def result_for(group: LearningGroup, meeting: Meeting) -> ResultPage | None:
    return ResultPage.objects.filter(group=group, meeting=meeting).first()


def roles_taken_before(case: Case) -> QuerySet[RoleTaken]:
    return RoleTaken.objects.filter(case=case, until_on__isnull=False).select_related("role", "person")


def history_of(group: LearningGroup) -> QuerySet[GroupStateChange]:
    return GroupStateChange.objects.filter(group=group).select_related("by")


def last_move(group: LearningGroup) -> GroupStateChange | None:
    return GroupStateChange.objects.filter(group=group).last()


def is_fresh(moment: datetime) -> bool:
    """What was done less than a day ago can be undone."""
    return clock.now() - moment < UNDO_WITHIN


def leaving_to_undo(group: LearningGroup, person: Person) -> Leaving | None:
    """The last leaving of this person, when it can still be undone: today, and not back in meanwhile."""
    leaving = Leaving.objects.filter(group=group, person=person).first()
    if leaving is None or leaving.undone_at is not None or not is_fresh(leaving.at):
        return None
    if people_of(group).filter(pk=person.pk).exists():
        return None
    return leaving


def theme_choices(community: Community) -> QuerySet[Theme]:
    return Theme.objects.filter(community=community.root_pk, is_closed=False)


def question_choices(person: Person | None, community: Community) -> QuerySet[LearningQuestion]:
    """Questions that a group can take up: those that still ask something, the ones with a letter first."""
    questions = readable_in(person, community, LearningQuestion.objects.all())
    return questions.filter(state__in=ASKING_STATES).order_by(F("code").asc(nulls_last=True), "id")


def organisation_choices(community: Community) -> QuerySet[Organisation]:
    """Who may guide a group: organisations that take part, and those whose work is to help."""
    helping = [
        OrganisationKind.KNOWLEDGE,
        OrganisationKind.COMPANY,
        OrganisationKind.INITIATIVE,
        OrganisationKind.OTHER,
    ]
    return Organisation.objects.filter(Q(communities=community.root_pk) | Q(kind__in=helping)).distinct()


def guide_choices(community: Community) -> QuerySet[Person]:
    """People of the programme, and those who have a role in it."""
    members = Membership.objects.filter(CURRENT, community=community.root_pk).values("person")
    granted = RoleGrant.objects.filter(CURRENT, community=community.root_pk).values("person")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=granted), left_at__isnull=True)


def meeting_choices(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings of the programme itself that keep text and were not cancelled, the newest first."""
    meetings = labelled_visible_to(person, Meeting.objects.filter(community=community.root_pk, keeps_text=True))
    return meetings.exclude(state=MeetingState.CANCELLED).order_by("-starts_at", "-id")


def questions_of(person: Person | None, group: LearningGroup) -> QuerySet[LearningQuestion]:
    """What the group works on, as far as this person may read it; questions with a letter first."""
    questions = labelled_visible_to(person, LearningQuestion.objects.filter(groups=group))
    return questions.select_related("theme").order_by(F("code").asc(nulls_last=True), "id")


def origins_of(person: Person | None, group: LearningGroup) -> QuerySet[LearningGroup]:
    """Groups that this one came of, as far as they exist for this person."""
    return groups_visible_to(person).filter(went_to=group).distinct()


def successors_of(person: Person | None, group: LearningGroup) -> QuerySet[LearningGroup]:
    """Groups that came of this one, as far as they exist for this person."""
    return groups_visible_to(person).filter(came_from=group).distinct()


def questions_to_add(person: Person | None, group: LearningGroup) -> QuerySet[LearningQuestion]:
    """Questions that the group could take up as well."""
    return question_choices(person, group.community).exclude(groups=group)


def groups_to_merge(person: Person | None, community: Community) -> QuerySet[LearningGroup]:
    """Groups that work or present now."""
    merging = [state for state, after in GROUP_TRANSITIONS.items() if GroupState.MERGED in after]
    return groups_visible_to(person, community).filter(state__in=merging)


def meetings_around(person: Person | None, group: LearningGroup) -> QuerySet[Meeting]:
    """The group's own meetings and the werkplaatsen to come at which it could show what it found, newest first."""
    to_show_at = Q(community=group.community_id, kind=MeetingKind.WERKPLAATS, ends_at__gte=clock.now())
    around = meetings_visible_to(person, group.community).filter(Q(community=group.circle_id) | to_show_at)
    return around.order_by("-starts_at", "-id")


def cases_with_roles(person: Person | None, group: LearningGroup) -> QuerySet[Case]:
    """The group's cases with who took up which role in it, open cases first."""
    taken = Prefetch(
        "roles_taken", queryset=RoleTaken.objects.filter(CURRENT).select_related("role", "person"), to_attr="roles_now"
    )
    return cases_visible_to(person, group).prefetch_related(taken).order_by(F("closed_on").asc(nulls_first=True), "id")
