from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.people.models import Organisation, Person
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Cycle, Edition, Enrolment, Programme
from leerkring.platform import clock

TAKING_PART = (EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
UNDER_WAY = (EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE)


def programmes_visible_to(person: Person | None) -> QuerySet[Programme]:
    """Programmes that exist for this person: public ones, one's own, and those of one's organisations."""
    communities = memberships.communities_visible_to(person)
    return Programme.objects.filter(community__in=communities).select_related("community", "host")


def programmes_of(person: Person) -> QuerySet[Programme]:
    """The programmes that this person belongs to, as a member, a follower or by a role."""
    return programmes_visible_to(person).filter(community__in=memberships.standing_of(person).reading_roots)


def programmes_beside(person: Person | None) -> QuerySet[Programme]:
    """Programmes that this person may look into without belonging to them, those that ended last."""
    own = memberships.standing_of(person).reading_roots
    return programmes_visible_to(person).exclude(community__in=own).order_by("ended_on", "community__name", "pk")


def possible_hosts(programme: Programme) -> QuerySet[Organisation]:
    """The organisations that take part, and who is the host now."""
    return Organisation.objects.filter(Q(communities=programme.community_id) | Q(pk=programme.host_id)).distinct()


def programme_of(community: Community) -> Programme:
    """The programme that this community, or the group's root, belongs to. Raises Programme.DoesNotExist."""
    return Programme.objects.select_related("community", "host").get(community=community.root_pk)


def editions_visible_to(person: Person | None, community: Community) -> QuerySet[Edition]:
    """The editions of a programme; drafts are the team's."""
    editions = Edition.objects.filter(programme__community=community.root_pk)
    if not memberships.standing_of(person).is_team(community):
        editions = editions.exclude(state="draft")
    return editions.select_related("programme__community", "programme__host")


def editions_to_register_for(community: Community) -> QuerySet[Edition]:
    """Those that anybody may register for now, the first to begin first."""
    editions = Edition.objects.filter(programme__community=community.root_pk, state=EditionState.RECRUITING)
    return editions.filter(is_open_to_all=True)


def meetings_of_edition(edition: Edition) -> QuerySet[Meeting]:
    """The meetings that count for an edition, cancelled ones left out, in order."""
    return edition.meetings.exclude(state=MeetingState.CANCELLED).select_related("community", "facilitator")


class Span(NamedTuple):
    """The days of the first and of the last meeting."""

    first: date
    last: date


def span_of(edition: Edition, *, besides: int | None = None, also: Span | None = None) -> Span | None:
    """From when to when the meetings of an edition are: without one of them, or with days that it had."""
    rows = meetings_of_edition(edition).exclude(pk=besides) if besides else meetings_of_edition(edition)
    spans = [Span(meeting.day, meeting.last_day) for meeting in rows]
    spans += [also] if also is not None else []
    if not spans:
        return None
    return Span(min(span.first for span in spans), max(span.last for span in spans))


def editions_with(meeting_id: int) -> list[Edition]:
    return list(Edition.objects.filter(meetings=meeting_id).order_by("pk"))


def meeting_numbered(meeting_id: int) -> Meeting | None:
    return Meeting.objects.filter(pk=meeting_id).first()


def meetings_of_edition_visible_to(person: Person | None, edition: Edition) -> QuerySet[Meeting]:
    """Those of them that this person may know of."""
    visible = meetings.meetings_visible_to(person, edition.community)
    return visible.filter(editions=edition).exclude(state=MeetingState.CANCELLED)


def meetings_to_choose(edition: Edition) -> QuerySet[Meeting]:
    """Meetings of the programme itself, those of its groups left out."""
    return Meeting.objects.filter(community=edition.programme.community_id).order_by("starts_at", "id")


def attendances_in(edition: Edition) -> QuerySet[Attendance]:
    """What is noted of everybody at the meetings of an edition."""
    counted = meetings_of_edition(edition).values("pk")
    return Attendance.objects.filter(meeting__in=counted).select_related("meeting")


def people_to_enrol(edition: Edition) -> QuerySet[Person]:
    """People of the programme who are not in the edition."""
    return meetings.people_of(edition.community).exclude(enrolments__edition=edition).select_related("policy_field")


def werkplaatsen_to_open_with(community: Community) -> QuerySet[Meeting]:
    """Werkplaatsen that have begun, after the one that opened the current cycle."""
    begun = Meeting.objects.filter(
        community=community.root_pk, kind=MeetingKind.WERKPLAATS, cycle_opened__isnull=True, starts_at__lte=clock.now()
    ).exclude(state=MeetingState.CANCELLED)
    last = cycles_of(community).last()
    return begun if last is None else begun.filter(starts_at__gt=last.opened_by.starts_at)


def meetings_to_come(person: Person | None, community: Community) -> QuerySet[Meeting]:
    """Meetings of the programme itself that this person may know of and that are still to come."""
    visible = meetings.upcoming(meetings.meetings_visible_to(person, community))
    return visible.filter(community=community.root_pk).exclude(state=MeetingState.CANCELLED)


def place_in_course(meeting: Meeting, person: Person | None) -> list[tuple[str, int, str]]:
    """What a meeting is in its programme, in one query: ("edition", id, name), ("began" or "ended", id, number)."""
    editions = editions_visible_to(person, meeting.community).filter(meetings=meeting)
    cycles = Cycle.objects.filter(programme__community=meeting.community.root_pk)
    rows = _as_place("edition", editions, "name").union(
        _as_place("began", cycles.filter(opened_by=meeting), "number"),
        _as_place("ended", cycles.filter(closed_by=meeting), "number"),
        all=True,
    )
    return sorted((kind, pk, words) for kind, pk, words in rows)


def _as_place(kind: str, rows: QuerySet[Any], words: str) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind, CharField()), "pk", Cast(words, CharField()))


def enrolments_of(edition: Edition) -> QuerySet[Enrolment]:
    enrolments = Enrolment.objects.filter(edition=edition)
    return enrolments.select_related("person", "organisation", "unit", "policy_field", "edition__programme__community")


def enrolment_of(person: Person | None, edition: Edition) -> Enrolment | None:
    """One's own enrolment."""
    return None if person is None else enrolments_of(edition).filter(person=person).first()


def taking_part_count(edition: Edition) -> int:
    return Enrolment.objects.filter(edition=edition, state__in=TAKING_PART).count()


def cycles_of(community: Community) -> QuerySet[Cycle]:
    cycles = Cycle.objects.filter(programme__community=community.root_pk)
    return cycles.select_related("opened_by", "closed_by", "programme__community")


def current_cycle(community: Community) -> Cycle | None:
    return cycles_of(community).filter(closed_by__isnull=True).last()


def participants(community: Community) -> QuerySet[Person]:
    """Everybody who takes part, or took part, in an edition of the programme."""
    return Person.objects.filter(
        enrolments__edition__programme__community=community.root_pk, enrolments__state__in=TAKING_PART
    ).distinct()


def person_numbered(person_id: int | None) -> Person | None:
    """Also who is here no more."""
    return None if person_id is None else Person.objects.filter(pk=person_id).first()


def community_numbered(community_id: int) -> Community | None:
    return Community.objects.filter(pk=community_id).select_related("root").first()


def team_of(community: Community) -> QuerySet[Person]:
    """Whom to ask, by name."""
    return memberships.holders(community, Role.TEAM).filter(left_at__isnull=True).order_by("name_key", "pk")


def members_now(community: Community) -> QuerySet[Person]:
    """Members and followers of the programme."""
    now = Membership.objects.filter(community=community.root_pk, until_on__isnull=True)
    return Person.objects.filter(pk__in=now.values("person"))
