from __future__ import annotations

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community, Membership, RoleGrant
from leerkring.community.memberships.queries import labelled_visible_to, standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import LIVING_GROUP_STATES
from leerkring.cycle.groups.models import Case, LearningGroup, Leaving, ResultPage, RoleTaken, TransitionRole
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock

CURRENT = Q(until_on__isnull=True)


def groups_visible_to(person: Person | None, community: Community | None = None) -> QuerySet[LearningGroup]:
    """Groups that exist for this person: by their label, and always the ones of which one is part."""
    groups = LearningGroup.objects.all()
    if community is not None:
        groups = groups.filter(community=community.root_pk)
    by_label = labelled_visible_to(person, groups)
    if person is None:
        return by_label
    return by_label | groups.filter(circle__in=standing_of(person).group_communities)


def groups_with_facts(groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    """With theme, guide, contact, number of members and last meeting at hand, in four queries however many rows."""
    return (
        groups.select_related("theme", "guide", "guide_organisation", "community", "circle")
        .annotate(
            people_count=Count(
                "circle__memberships", filter=Q(circle__memberships__until_on__isnull=True), distinct=True
            ),
            met_at=Max(
                "circle__meeting_items__starts_at",
                filter=Q(circle__meeting_items__starts_at__lte=clock.now())
                & ~Q(circle__meeting_items__state=MeetingState.CANCELLED),
            ),
        )
        .prefetch_related(Prefetch("circle__role_grants", queryset=contacts(), to_attr="contact_grants"))
    )


def contacts() -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(CURRENT, role=Role.CONTACT).select_related("person")


def contact_of(group: LearningGroup) -> Person | None:
    grant = contacts().filter(community=group.circle_id).first()
    return grant.person if grant else None


def living(groups: QuerySet[LearningGroup]) -> QuerySet[LearningGroup]:
    return groups.filter(state__in=LIVING_GROUP_STATES)


def groups_of(person: Person, community: Community) -> QuerySet[LearningGroup]:
    """Groups in which this person takes part now."""
    return LearningGroup.objects.filter(
        community=community.root_pk, circle__memberships__person=person, circle__memberships__until_on__isnull=True
    )


def groups_on(question: LearningQuestion, person: Person | None) -> QuerySet[LearningGroup]:
    """Groups that work on a question, as far as they exist for this person."""
    return groups_visible_to(person).filter(pk__in=question.groups.values("pk"))


def group_of_circle(circle: Community) -> LearningGroup | None:
    """The group whose people this community holds, or None for a programme."""
    return LearningGroup.objects.filter(circle=circle).first()


def memberships_of(group: LearningGroup) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(CURRENT, community=group.circle_id)
        .select_related("person")
        .order_by("person__name_key", "person_id")
    )


def people_of(group: LearningGroup) -> QuerySet[Person]:
    return Person.objects.filter(memberships__community=group.circle_id, memberships__until_on__isnull=True)


def people_to_form_with(community: Community) -> QuerySet[Person]:
    """Members and followers of the programme who can be put in a group."""
    return Person.objects.filter(
        memberships__community=community.root_pk, memberships__until_on__isnull=True, left_at__isnull=True
    )


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


def leaving_to_undo(group: LearningGroup, person: Person) -> Leaving | None:
    """The last leaving of this person, when it can still be undone: today, and not back in meanwhile."""
    leaving = Leaving.objects.filter(group=group, person=person).first()
    if leaving is None or leaving.undone_at is not None or (clock.now() - leaving.at).days >= 1:
        return None
    if people_of(group).filter(pk=person.pk).exists():
        return None
    return leaving
