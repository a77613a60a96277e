from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from leerkring.community.meetings import access
from leerkring.community.meetings.enums import MeetingKind, MeetingState, Presence
from leerkring.community.meetings.models import (
    Attendance,
    AttendanceChange,
    AttendedPart,
    Door,
    Material,
    Meeting,
    RunSheetItem,
    Seat,
)
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community, Membership, Placement, RoleGrant
from leerkring.community.people.models import Person
from leerkring.community.people.names import fold
from leerkring.platform import clock

HELD_STATES = (MeetingState.HELD, MeetingState.HARVESTED, MeetingState.CLOSED)
COMING = (Presence.EXPECTED, Presence.PRESENT, Presence.PARTLY)
KEPT_IN_CALENDARS = timedelta(days=365)


def meetings_visible_to(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """The meetings of a programme and of its groups that this person may know of: by label, and those one leads."""
    seen = memberships.open_in(person, community)
    if led_in := _communities_to_lead_in(person, community):
        seen |= Q(facilitator=person, community__in=led_in)
    return Meeting.objects.filter(seen).select_related("community", "facilitator")


def _communities_to_lead_in(person: Person | None, community: Community) -> frozenset[int]:
    """Where a facilitator still belongs: in the whole programme, or only in some of its groups."""
    standing, root = memberships.standing_of(person), community.root_pk
    own = standing.reading_roots | standing.group_communities
    return frozenset(id_ for id_ in standing.within(frozenset((root,))) if root in own or id_ in own)


def upcoming(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those that are not over yet, the first one first."""
    return meetings.filter(ends_at__gte=clock.now()).exclude(state__in=HELD_STATES).order_by("starts_at", "id")


def past(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those that are over, the last one first."""
    return meetings.filter(Q(ends_at__lt=clock.now()) | Q(state__in=HELD_STATES)).order_by("-starts_at", "-id")


def held(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.filter(state__in=HELD_STATES)


def without_harvest(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Held and not harvested: a to-do of the facilitator (rule 14). An intervisie has no harvest."""
    return meetings.filter(state=MeetingState.HELD, keeps_text=True)


def open_meetings(community: Community) -> QuerySet[Meeting]:
    """Public meetings to come that newcomers may sign up for."""
    meetings = memberships.readable_in(None, community, Meeting.objects.all())
    return upcoming(meetings.filter(is_open=True)).exclude(state=MeetingState.CANCELLED)


def of_kind(meetings: QuerySet[Meeting], kind: str) -> QuerySet[Meeting]:
    return meetings.filter(kind=kind)


def to_tell_about(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Planned for a time that is over, and nobody said whether they took place."""
    planned = (MeetingState.PLANNED, MeetingState.PREPARED, MeetingState.LIVE)
    return meetings.filter(ends_at__lt=clock.now(), state__in=planned)


def to_do_of(person: Person | None, meetings: QuerySet[Meeting]) -> list[Meeting]:
    """What a facilitator still has to do after a meeting: say that it was held, and make the harvest (rule 14).

    The team sees the meetings that have no facilitator any more as its own.
    """
    if person is None:
        return []
    waiting = meetings.filter(
        Q(pk__in=without_harvest(meetings).values("pk")) | Q(pk__in=to_tell_about(meetings).values("pk"))
    )
    mine = Q(facilitator=person)
    teams = memberships.standing_of(person).team_roots
    orphans = Q(facilitator__isnull=True) & (Q(community__in=teams) | Q(community__root__in=teams))
    return list(waiting.filter(mine | orphans).order_by("starts_at", "id"))


def expecting(person: Person, community: Community) -> QuerySet[Meeting]:
    """Meetings to come of this programme or group, the groups within it too, at which this person is expected."""
    inside = Q(community=community) | Q(community__root=community)
    mine = Attendance.objects.filter(person=person, presence=Presence.EXPECTED).values("meeting_id")
    meetings = Meeting.objects.filter(inside, pk__in=mine, starts_at__gt=clock.now())
    return meetings.select_related("community__root", "facilitator").order_by("starts_at", "pk")


def meetings_in_calendar_of(person: Person) -> QuerySet[Meeting]:
    """Meetings of the last year and to come that concern this person, as far as they may see them.

    Those at which they are expected (`is_expected`), those they lead, and those of the programmes and groups in which
    they take part; not the ones that they said no to, nor those that are cancelled.
    """
    standing = memberships.standing_of(person)
    own = Attendance.objects.filter(meeting=OuterRef("pk"), person=person)
    leads_in = standing.within(standing.reading_roots) | standing.group_communities
    leads = Q(facilitator=person, community__in=leads_in)
    expected = Exists(own.filter(presence__in=COMING))
    meetings = Meeting.objects.filter(memberships.open_to(person) | leads).annotate(is_expected=Q(expected) | leads)
    return (
        meetings.filter(Q(is_expected=True) | Q(community__in=standing.active))
        .exclude(Exists(own.exclude(presence__in=COMING)))
        .exclude(state=MeetingState.CANCELLED)
        .filter(ends_at__gte=clock.now() - KEPT_IN_CALENDARS)
        .select_related("community__root")
        .order_by("starts_at", "pk")
    )


def circles_to_plan_in(person: Person | None, community: Community) -> QuerySet[Community]:
    """The programme and its groups, as far as this person may plan meetings there."""
    circles = Community.objects.filter(Q(pk=community.root_pk) | Q(root=community.root_pk)).select_related("root")
    allowed = [circle.pk for circle in circles if access.may_plan_meeting(person, circle)]
    return circles.filter(pk__in=allowed).order_by("kind", "name", "pk").reverse()


def people_of(community: Community) -> QuerySet[Person]:
    """Current members of a community and those with a role there."""
    return Person.objects.filter(pk__in=_people_of({community.id}, current=True))


def people_to_lead(meeting: Meeting) -> QuerySet[Person]:
    """Who can be its facilitator: people of the programme, of the group, and who it is now."""
    ids = _people_of({meeting.community_id, meeting.community.root_pk}, current=True)
    return Person.objects.filter(Q(pk__in=ids) | Q(pk=meeting.facilitator_id))


def next_intervisie_number(community: Community) -> int:
    return Meeting.objects.filter(community=community, kind=MeetingKind.INTERVISIE).count() + 1


def items_of(meeting: Meeting) -> QuerySet[RunSheetItem]:
    return meeting.items.filter(removed_at__isnull=True).select_related("own_form__community")


def items_to_restore(meeting: Meeting) -> QuerySet[RunSheetItem]:
    """Parts that were taken away and can be put back; those that are back already do no harm."""
    return RunSheetItem.objects.filter(meeting=meeting).select_related("meeting")


def materials_visible_to(person: Person | None, meeting: Meeting) -> QuerySet[Material]:
    """Materials whose own label lets this person read them."""
    materials = meeting.materials.filter(removed_at__isnull=True).select_related("community", "added_by")
    return memberships.labelled_visible_to(person, materials)


def materials_to_restore(meeting: Meeting) -> QuerySet[Material]:
    """Materials that were taken away and can still be put back; those that are back already do no harm."""
    return Material.objects.filter(meeting=meeting).select_related("meeting__community")


def removed_materials_before(moment: datetime) -> QuerySet[Material]:
    return Material.objects.filter(removed_at__lt=moment)


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    attendances = meeting.attendances.select_related("person", "organisation", "unit")
    return attendances.order_by("person__name_key", "id")


def attendances_to_show(person: Person | None, meeting: Meeting) -> QuerySet[Attendance]:
    """The list, with names and places of work only where the page may show them to this person."""
    if access.may_see_names(person, meeting):
        return attendances_of(meeting)
    return Attendance.objects.filter(meeting=meeting).only("meeting_id", "person_id", "presence", "minutes")


def attendance_of(person: Person | None, meeting: Meeting) -> Attendance | None:
    """What is noted of this person: one's own row is always one's own to see."""
    if person is None:
        return None
    return Attendance.objects.filter(meeting=meeting, person=person).select_related("meeting").first()


def attendance_in(meeting: Meeting, attendance_id: int) -> Attendance | None:
    rows = Attendance.objects.filter(meeting=meeting, pk=attendance_id)
    return rows.select_related("meeting", "person", "organisation", "unit").first()


def parts_attended(attendance: Attendance) -> set[int]:
    """The parts of the run sheet for which this person was there, by id; empty for who was there all the time."""
    return set(AttendedPart.objects.filter(attendance=attendance).values_list("item_id", flat=True))


def history_of(person: Person, meeting: Meeting) -> QuerySet[AttendanceChange]:
    """What was noted of this person at this meeting, the newest first."""
    return AttendanceChange.objects.filter(meeting=meeting, person=person).select_related("by")


def corrected_in(meeting: Meeting) -> set[int]:
    """Of whom something else was noted before, by id of the person."""
    changes = AttendanceChange.objects.filter(meeting=meeting).exclude(before__in=["", Presence.EXPECTED])
    return set(changes.values_list("person_id", flat=True))


def came_in_at(meeting: Meeting) -> dict[int, datetime]:
    """When people came in by the door themselves, by id of the person: the first time counts."""
    seats = Seat.objects.filter(meeting=meeting, person__isnull=False, came_in_at__isnull=False)
    return {pk: at for pk, at in seats.order_by("-came_in_at").values_list("person_id", "came_in_at") if pk and at}


def to_check_in(meeting: Meeting, typed: str) -> QuerySet[Attendance]:
    """Who is on the list by a name like this, and is not in yet: those without a phone."""
    rows = Attendance.objects.filter(meeting=meeting).exclude(presence__in=(Presence.PRESENT, Presence.PARTLY))
    for word in fold(typed).split():
        rows = rows.filter(person__name_key__contains=word)
    return rows.select_related("person", "unit", "organisation").order_by("person__name_key", "id")


def walk_ins(meeting: Meeting) -> QuerySet[Person]:
    """Who can still be noted as having been there: known in the programme or the group, and not on the list."""
    ids = _people_of({meeting.community_id, meeting.community.root_pk}, current=False)
    return Person.objects.filter(pk__in=ids, left_at__isnull=True).exclude(attendances__meeting=meeting)


def coming_count(meeting: Meeting) -> int:
    return Attendance.objects.filter(meeting=meeting, presence__in=COMING).count()


def present_count(meeting: Meeting) -> int:
    return Attendance.objects.filter(meeting=meeting, presence__in=(Presence.PRESENT, Presence.PARTLY)).count()


def people_to_expect(meeting: Meeting) -> QuerySet[Person]:
    """Who can be put on the list: current members of the meeting's community, and those with a role there."""
    return people_of(meeting.community).exclude(attendances__meeting=meeting)


def with_placements(people: QuerySet[Person], community: Community) -> list[tuple[Person, Placement | None]]:
    """People beside where they work now."""
    chosen = list(people)
    placements = placements_of(chosen, community)
    return [(person, placements.get(person.pk)) for person in chosen]


def people_known_in(meeting: Meeting) -> QuerySet[Person]:
    """Who ever belonged to the programme or the group, or already stands on the list of this meeting."""
    community = meeting.community
    ids = _people_of({community.id, community.root_pk}, current=False)
    return Person.objects.filter(Q(pk__in=ids) | Q(attendances__meeting=meeting)).distinct()


def _people_of(communities: set[int], *, current: bool) -> set[int]:
    members = Membership.objects.filter(community__in=communities)
    granted = RoleGrant.objects.filter(community__in=communities)
    if current:
        members = members.filter(until_on__isnull=True)
        granted = granted.filter(Q(until_on__isnull=True) | Q(until_on__gt=clock.today()))
    return set(members.values_list("person_id", flat=True)) | set(granted.values_list("person_id", flat=True))


def placements_of(people: Iterable[Person], community: Community) -> dict[int, Placement]:
    """Where each of these people works now, by person: as stated in the programme, else in the group."""
    found: dict[int, Placement] = {}
    placements = Placement.objects.filter(
        membership__person__in=list(people),
        membership__community__in={community.id, community.root_pk},
        until_on__isnull=True,
    ).select_related("membership", "organisation", "unit")
    for placement in placements.order_by("membership__until_on", "since_on", "id"):
        kept = found.get(placement.membership.person_id)
        if kept is None or placement.membership.community_id == community.root_pk:
            found[placement.membership.person_id] = placement
    return found


def door_of(meeting: Meeting) -> Door | None:
    """The door of this meeting, once it was opened; it may be closed by now."""
    return Door.objects.filter(meeting=meeting).first()


def open_doors() -> QuerySet[Door]:
    """Doors with a code that is in use; a locked one among them."""
    return Door.objects.filter(closed_at__isnull=True).select_related("meeting__community")


def seats_behind_open_doors(hashed: str) -> QuerySet[Seat]:
    """Those of one device, by the hash of what it keeps."""
    seats = Seat.objects.filter(device=hashed, meeting__door__closed_at__isnull=True)
    return seats.select_related("meeting__community", "meeting__door", "person")


def seats_of(meeting: Meeting) -> QuerySet[Seat]:
    """Who is in, in the order in which they came; those who were put out left out."""
    return Seat.objects.filter(meeting=meeting, left_at__isnull=True).select_related("person").order_by("id")


def seats_put_out(meeting: Meeting) -> QuerySet[Seat]:
    return Seat.objects.filter(meeting=meeting, left_at__isnull=False).select_related("person").order_by("id")


def seat_in(meeting: Meeting, seat_id: int) -> Seat | None:
    return Seat.objects.filter(meeting=meeting, pk=seat_id).select_related("person").first()
