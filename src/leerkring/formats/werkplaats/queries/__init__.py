"""What there is to see of a room. One file per audience."""

from leerkring.formats.werkplaats.queries.audiences import desk_view, phone_view, projector_view
from leerkring.formats.werkplaats.queries.own import mine, seat_now
from leerkring.formats.werkplaats.queries.rooms import (
    cluster_in,
    last_step,
    post_in,
    room_of,
    rooms_visible_to,
    round_in,
    rounds_of,
    step_in,
    steps_of,
    version_of,
)
from leerkring.formats.werkplaats.queries.unfinished import Todo, unfinished

__all__ = [
    "Todo",
    "cluster_in",
    "desk_view",
    "last_step",
    "mine",
    "phone_view",
    "post_in",
    "projector_view",
    "room_of",
    "rooms_visible_to",
    "round_in",
    "rounds_of",
    "seat_now",
    "step_in",
    "steps_of",
    "unfinished",
    "version_of",
]
