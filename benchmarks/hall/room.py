"""The room itself: made and led through the actions, and counted in the database afterwards."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hall.servers import ROOT

if TYPE_CHECKING:
    from leerkring.community.people.models import Person
    from leerkring.formats.werkplaats.models import Room

BUDGET = 3


def set_up(data: Path, database_url: str) -> None:
    os.environ.update(LEERKRING_DATA=str(data), DJANGO_SETTINGS_MODULE="leerkring.config.settings")
    if database_url:
        os.environ["LEERKRING_DATABASE_URL"] = database_url

    # For the people that tests are made of.
    sys.path.insert(0, str(ROOT))

    import django

    django.setup()
    from leerkring.config import readiness
    from leerkring.platform.live.notifying import notifier

    readiness.prepare()
    notifier.start()


@dataclass
class Stage:
    room: Room
    lead: Person
    code: str
    facts_from: int

    @classmethod
    def make(cls) -> Stage:
        from leerkring.community.meetings import actions as meetings
        from leerkring.community.meetings.models import Meeting
        from leerkring.formats.werkplaats import actions
        from leerkring.formats.werkplaats.models import Room
        from tests.cast import make_programme

        own = make_programme("hal", "Gemeente Hal")
        meeting, lead = own.meeting(days=0), own.facilitator
        room = actions.prepare_room(meeting=meeting, by=lead, is_screened=False)
        actions.begin_room(room=room, by=lead)
        meetings.admit_guests(meeting=meeting, by=lead, is_on=True)
        room = Room.objects.select_related("meeting__community").get(pk=room.pk)
        return cls(room, lead, Meeting.objects.select_related("door").get(pk=meeting.pk).door.code, room.facts_from)

    def open(self, kind: str) -> int:
        """A new round of this kind, open for everybody."""
        from leerkring.formats.werkplaats import actions
        from leerkring.formats.werkplaats.enums import RoundKind

        values: dict[str, Any] = {"budget": BUDGET} if kind == "points" else {}
        made = actions.add_round(room=self.room, kind=RoundKind(kind), by=self.lead, minutes=10, **values)
        actions.open_round(round=made, by=self.lead)
        return made.pk

    def make_piles(self, count: int) -> list[str]:
        """Piles of what was posted, as targets of points."""
        from leerkring.formats.werkplaats import actions
        from leerkring.formats.werkplaats.models import Post

        posts = list(Post.objects.filter(room=self.room)[: count * 3])
        piles = [
            actions.cluster_posts(room=self.room, posts=posts[at::count], by=self.lead, title=f"Stapel {at + 1}")
            for at in range(count)
        ]
        return [f"cluster-{pile.pk}" for pile in piles]

    def projector_ticket(self) -> str:
        from leerkring.platform.live.tickets import Screen, live_ticket

        screen = Screen("werkplaats.projector", str(self.room.pk), "nl")
        return live_ticket([self.room.meeting.community_id], self.lead.pk, screen=screen)

    def versions_of_posts(self) -> dict[str, int]:
        """By key: how far the facts of the community had come when a post was there."""
        from leerkring.formats.werkplaats.models import Post
        from leerkring.platform.facts.models import FactRow

        keys = dict(Post.objects.filter(room=self.room).values_list("pk", "key"))
        found = {}
        rows = FactRow.objects.filter(community_id=self.room.community_id, pk__gt=self.facts_from).order_by("pk")
        for version, (name, ids) in enumerate(rows.values_list("name", "ids"), start=1):
            if name == "PostMade":
                found[str(keys[ids["post_id"]])] = version
        return found

    def count(self) -> dict[str, Any]:
        """What the database holds: how often each key, and points for each voter."""
        from leerkring.community.meetings.models import Seat
        from leerkring.formats.werkplaats.models import Point, Post
        from leerkring.platform.facts.models import FactRow

        points: Counter[str] = Counter()
        for voter, count in Point.objects.filter(round__room=self.room).values_list("voter", "count"):
            points[voter] += count
        names = Counter(FactRow.objects.filter(community_id=self.room.community_id).values_list("name", flat=True))
        return {
            "seats": Seat.objects.filter(meeting=self.room.meeting_id).count(),
            "keys": Counter(str(key) for key in Post.objects.filter(room=self.room).values_list("key", flat=True)),
            "points": points,
            "post_facts": names["PostMade"],
        }


def connections(database_url: str) -> int:
    """Open connections to PostgreSQL; 0 for SQLite."""
    if not database_url:
        return 0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
