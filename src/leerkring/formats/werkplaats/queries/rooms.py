from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.models import Cluster, Post, Room, Round, Step
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow


def rooms() -> QuerySet[Room]:
    return Room.objects.select_related("meeting__community", "current_round")


def room_of(meeting: Meeting) -> Room | None:
    """The room of this meeting, once it was prepared."""
    return rooms().filter(meeting=meeting).first()


def early_until(room: Room) -> datetime | None:
    """Until when people may bring something in before the meeting."""
    if room.began_at is not None:
        return None
    deadlines = rounds_of(room).filter(deadline_at__gt=clock.now()).order_by("deadline_at")
    return deadlines.values_list("deadline_at", flat=True).first()


def rooms_visible_to(person: Person | None, community: Community) -> QuerySet[Room]:
    """Rooms of the meetings that this person may know of."""
    return rooms().filter(meeting__in=meetings_visible_to(person, community).order_by().values("pk"))


def rounds_of(room: Room) -> QuerySet[Round]:
    """The run as it is, without the rounds that were taken off."""
    return Round.objects.filter(room=room, removed_at__isnull=True).order_by("position", "id")


def round_in(room: Room, round_id: int) -> Round | None:
    return Round.objects.filter(room=room, pk=round_id).select_related("room__meeting__community").first()


def post_in(room: Room, post_id: int) -> Post | None:
    return Post.objects.filter(room=room, pk=post_id).first()


def cluster_in(room: Room, cluster_id: int) -> Cluster | None:
    return Cluster.objects.filter(room=room, pk=cluster_id).first()


def steps_of(room: Room) -> QuerySet[Step]:
    """What facilitators did, the last first."""
    return Step.objects.filter(room=room).select_related("by").order_by("-id")


def last_step(room: Room) -> Step | None:
    """What undo takes back now."""
    return steps_of(room).filter(undone_at__isnull=True).first()


def step_in(room: Room, step_id: int) -> Step | None:
    return Step.objects.filter(room=room, pk=step_id).first()


def version_of(room: Room) -> int:
    """A number that only grows with what is committed, without a row that everybody would have to change."""
    return FactRow.objects.filter(community_id=room.community_id, id__gt=room.facts_from).count()
