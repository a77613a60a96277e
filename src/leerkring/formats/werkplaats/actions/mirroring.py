"""One truth of who sits where: what the desk changes at the tables, the division on its own page has too."""

from __future__ import annotations

from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.formats.werkplaats.models import Room
from leerkring.formats.werkplaats.queries import divisions


def mirror(room: Room, by: Person) -> None:
    """Bring the division in line with the tables of the room, which is held. Who is not in it yet comes with the next.

    Raises PermissionDenied.
    """
    found = forming_queries.forming_for(room.meeting, divisions.REF)
    if found is not None and not found.is_used:
        seated = divisions.seated_in(room, found)
        forming_actions.arrange(forming=found, places=seated.places, pins=seated.pins, by=by)
