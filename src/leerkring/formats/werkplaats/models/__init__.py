"""The room and all that happens in it. One file per part."""

from leerkring.formats.werkplaats.models.asks import Ask, Reply
from leerkring.formats.werkplaats.models.posts import Cluster, Point, Post
from leerkring.formats.werkplaats.models.rooms import Room, Round, Step
from leerkring.formats.werkplaats.models.tables import Placing, Table, Wish
from leerkring.formats.werkplaats.models.walks import Presentation, Walked

__all__ = [
    "Ask",
    "Cluster",
    "Placing",
    "Point",
    "Post",
    "Presentation",
    "Reply",
    "Room",
    "Round",
    "Step",
    "Table",
    "Walked",
    "Wish",
]
