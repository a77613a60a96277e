from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.meetings.queries import meetings_visible_to, placements_of, upcoming
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label, Level, Role
from leerkring.community.memberships.models import Community, Membership, RoleGrant
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.formats.intervisie import access
from leerkring.formats.intervisie.enums import RoundState
from leerkring.formats.intervisie.models import (
    Acceptance,
    CaseBringer,
    IntervisieGroup,
    LearningPoint,
    Method,
    Round,
    RoundStep,
)

AWAY = (Presence.EXCUSED, Presence.ABSENT)
HERE = (Presence.PRESENT, Presence.PARTLY)
CIRCLE_READERS = (Role.CONTACT, Role.PARTNER)


def methods_of(community: Community) -> QuerySet[Method]:
    """The programme's own methods."""
    methods = Method.objects.filter(community=community.root_pk, removed_at__isnull=True)
    return methods.prefetch_related("steps")


def methods_put_away(community: Community) -> QuerySet[Method]:
    """Those that were taken off the list, the last first."""
    methods = Method.objects.filter(community=community.root_pk, removed_at__isnull=False)
    return methods.order_by("-removed_at", "-pk")


def method_numbered(community: Community, key: str) -> Method | None:
    """One of the programme's own, by the number in its address."""
    return methods_of(community).filter(pk=int(key)).first() if _is_number(key) else None


def method_to_restore(community: Community, key: str) -> Method | None:
    if not _is_number(key):
        return None
    return Method.objects.filter(community=community.root_pk, pk=int(key)).first()


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 19


def groups_visible_to(person: Person | None, community: Community) -> QuerySet[IntervisieGroup]:
    """One's own groups; all of them for those who form groups."""
    groups = IntervisieGroup.objects.filter(community=community.root_pk).select_related("community", "circle__root")
    if access.may_form_groups(person, community):
        return groups
    return groups.filter(circle__in=standing_of(person).active)


def open_groups(groups: QuerySet[IntervisieGroup]) -> QuerySet[IntervisieGroup]:
    return groups.filter(closed_at__isnull=True)


def with_counts(groups: QuerySet[IntervisieGroup]) -> QuerySet[IntervisieGroup]:
    """How many members, how many rounds are done, and when the last one was."""
    members = Count("circle__memberships", filter=_current_members(), distinct=True)
    done = Q(rounds__state=RoundState.DONE)
    return groups.annotate(
        members_count=members,
        done_count=Count("rounds", filter=done, distinct=True),
        last_at=Max("rounds__meeting__starts_at", filter=done),
    )


def _current_members() -> Q:
    return Q(circle__memberships__until_on__isnull=True) & ~Q(circle__memberships__level=Level.FOLLOWER)


def members_of(group: IntervisieGroup) -> QuerySet[Person]:
    """Who is in the group today, by name."""
    current = Membership.objects.filter(community=group.circle_id, until_on__isnull=True)
    ids = current.exclude(level=Level.FOLLOWER).values("person_id")
    return Person.objects.filter(pk__in=ids, left_at__isnull=True).order_by("name_key", "pk")


def membership_in(group: IntervisieGroup, person_id: int) -> Membership | None:
    current = Membership.objects.filter(community=group.circle_id, person=person_id, until_on__isnull=True)
    return current.select_related("person", "community__root").first()


def people_without_group(community: Community) -> QuerySet[Person]:
    """Who takes part in the programme and is in no open intervisie group."""
    taking_part = Membership.objects.filter(community=community.root_pk, until_on__isnull=True)
    taken = Membership.objects.filter(
        community__intervisie_group__community=community.root_pk,
        community__intervisie_group__closed_at__isnull=True,
        until_on__isnull=True,
    )
    people = Person.objects.filter(pk__in=taking_part.exclude(level=Level.FOLLOWER).values("person_id"))
    return people.exclude(pk__in=taken.values("person_id")).filter(left_at__isnull=True).order_by("name_key", "pk")


def organisations_of(people: list[Person], community: Community) -> dict[int, Organisation]:
    """Where each works now, as far as the programme knows."""
    return {pk: placement.organisation for pk, placement in placements_of(people, community).items()}


@dataclass(frozen=True)
class Companion:
    """A member as the group sees them."""

    person: Person
    organisation: Organisation | None
    has_accepted: bool
    turns: int
    brought_last: bool


def companions_of(group: IntervisieGroup) -> list[Companion]:
    """Members in line for a case: who had no turn yet, by name; then who had one the longest ago."""
    people = list(members_of(group))
    places = organisations_of(people, group.circle)
    accepted = set(acceptances_of(group).values_list("person_id", flat=True))
    bringers = {row.person_id: row for row in CaseBringer.objects.filter(group=group)}
    last = max((row.place for row in bringers.values() if row.turns_count), default=0)
    line = {person.pk: bringers[person.pk].place for person in people if person.pk in bringers}
    people.sort(key=lambda person: line.get(person.pk, 0))
    return [
        Companion(
            person, places.get(person.pk), person.pk in accepted,
            bringers[person.pk].turns_count if person.pk in bringers else 0,
            bool(last) and line.get(person.pk) == last,
        )
        for person in people
    ]  # fmt: skip


def acceptances_of(group: IntervisieGroup) -> QuerySet[Acceptance]:
    """Who said yes to the agreements as they stand now."""
    return Acceptance.objects.filter(group=group, revision=group.agreements_revision)


def has_accepted(person: Person | None, group: IntervisieGroup) -> bool:
    return person is not None and acceptances_of(group).filter(person=person).exists()


def waiting_for(round_: Round) -> QuerySet[Person]:
    """Members who did not accept the agreements, and are not noted as being away from this meeting."""
    group = round_.group
    away = Attendance.objects.filter(meeting=round_.meeting_id, presence__in=AWAY)
    members = members_of(group).exclude(pk__in=acceptances_of(group).values("person_id"))
    return members.exclude(pk__in=away.values("person_id"))


def had_turn(person: Person, group: IntervisieGroup) -> bool:
    return CaseBringer.objects.filter(group=group, person=person, turns_count__gt=0).exists()


def highest_place(group: IntervisieGroup) -> int:
    return int(CaseBringer.objects.filter(group=group).aggregate(last=Coalesce(Max("place"), 0))["last"])


def rounds_of(group: IntervisieGroup) -> QuerySet[Round]:
    """The newest first."""
    return _rounds().filter(group=group)


def rounds_in(community: Community, person: Person | None) -> QuerySet[Round]:
    return _rounds().filter(group__in=groups_visible_to(person, community))


def rounds_at(meeting: Meeting, person: Person | None) -> QuerySet[Round]:
    """The rounds at this meeting that this person may know of."""
    groups = groups_visible_to(person, meeting.community)
    return _rounds().filter(meeting=meeting, group__in=groups).order_by("group__circle__name", "pk")


def round_numbered(pk: int) -> Round | None:
    return _rounds().filter(pk=pk).first()


def _rounds() -> QuerySet[Round]:
    related = ("group__circle__root", "group__community", "meeting__community__root", "method")
    return Round.objects.select_related(*related).prefetch_related("method__steps")


def steps_of(round_: Round) -> list[RoundStep]:
    return list(RoundStep.objects.filter(round=round_))


def is_first_round(round_: Round) -> bool:
    """Whether the group has nothing to look back on."""
    return not has_done_rounds(round_.group)


def has_done_rounds(group: IntervisieGroup) -> bool:
    return Round.objects.filter(group=group, state=RoundState.DONE).exists()


def runs_a_round(group: IntervisieGroup) -> bool:
    return Round.objects.filter(group=group, state=RoundState.RUNNING).exists()


def is_in_use(method: Method) -> bool:
    return Round.objects.filter(method=method, state=RoundState.RUNNING).exists()


def others_to_end(round_: Round) -> bool:
    """Whether other groups at the same meeting are not ready yet."""
    others = Round.objects.filter(meeting=round_.meeting_id).exclude(pk=round_.pk)
    return others.exclude(state=RoundState.DONE).exists()


def meetings_to_sit_at(person: Person | None, group: IntervisieGroup) -> QuerySet[Meeting]:
    """Intervisies to come of the programme or of the group, at which this group has no round yet."""
    meetings = upcoming(meetings_visible_to(person, group.community)).filter(kind=MeetingKind.INTERVISIE)
    here = meetings.filter(community__in=[group.community_id, group.circle_id], keeps_text=False)
    return here.exclude(state=MeetingState.CANCELLED).exclude(intervisie_rounds__group=group)


def groups_to_sit(person: Person | None, meeting: Meeting) -> list[IntervisieGroup]:
    """Open groups without a round at this meeting, for which this person may plan one."""
    groups = open_groups(groups_visible_to(person, meeting.community)).exclude(rounds__meeting=meeting)
    if meeting.community.root_id is not None:
        groups = groups.filter(circle=meeting.community)
    return [group for group in groups if access.may_plan_round(person, group)]


def here_at(round_: Round) -> set[int]:
    """Which people were noted as being at the meeting."""
    rows = Attendance.objects.filter(meeting=round_.meeting_id, presence__in=HERE)
    return set(rows.values_list("person_id", flat=True))


def points_visible_to(person: Person | None, community: Community) -> QuerySet[LearningPoint]:
    """Those whose label one may read; one's own always, so that one can withdraw them after leaving the group."""
    seen = memberships.open_in(person, community)
    if person is not None:
        seen |= Q(person=person, group__community=community.root_pk)
    points = LearningPoint.objects.filter(seen)
    return points.select_related("group__circle", "person", "community")


def points_of_group(person: Person | None, group: IntervisieGroup) -> QuerySet[LearningPoint]:
    return points_visible_to(person, group.community).filter(group=group)


def own_point(person: Person | None, community: Community, pk: int) -> LearningPoint | None:
    points = LearningPoint.objects.filter(pk=pk, person=person, group__community=community.root_pk)
    return points.select_related("group__circle__root", "community").first() if person else None


@dataclass(frozen=True)
class Audience:
    """Who will see a learning point of this label."""

    label: Label
    names: tuple[str, ...]
    count: int


def audiences_of(group: IntervisieGroup, person: Person) -> list[Audience]:
    """For each label: the people of the group and of the team by name, the wider ones by number."""
    root = group.community
    held = RoleGrant.objects.filter(memberships.held_today())
    near = Q(pk__in=held.filter(community=root, role=Role.TEAM).values("person_id"))
    near |= Q(pk__in=held.filter(community=group.circle_id, role__in=CIRCLE_READERS).values("person_id"))
    in_circle = Membership.objects.filter(community=group.circle_id, until_on__isnull=True)
    people = Person.objects.filter(near | Q(pk__in=in_circle.values("person_id")), left_at__isnull=True)
    names = tuple(each.name for each in people.exclude(pk=person.pk).order_by("name_key", "pk"))
    belonging = Membership.objects.filter(community=root, until_on__isnull=True, person__left_at=None)
    count = belonging.exclude(person=person).count()
    return [
        Audience(Label.GROUP, names, len(names)),
        Audience(Label.PROGRAMME, (), count),
        Audience(Label.ORGANISATIONS, (), root.organisations.count()),
        Audience(Label.PUBLIC, (), 0),
    ]
