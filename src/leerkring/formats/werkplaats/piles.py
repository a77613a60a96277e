"""Which pile a post or a point lies on, as piles are put on one another: read from one list of a room's piles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from leerkring.formats.werkplaats.models import Cluster
from leerkring.platform.prepared import prepared

_of_room = prepared(int)(lambda room_id: Cluster.objects.filter(room=room_id))


@dataclass(frozen=True)
class Piles:
    rows: dict[int, Cluster]

    @classmethod
    def of(cls, room_id: int) -> Self:
        return cls({cluster.pk: cluster for cluster in _of_room(room_id)})

    @property
    def living(self) -> list[Cluster]:
        """Those that can be seen, in their order."""
        return [cluster for cluster in self.rows.values() if cluster.gone_at is None]

    def final(self, cluster_id: int | None) -> int | None:
        """The pile that this one is part of by now; None when it was taken apart."""
        while cluster_id is not None:
            cluster = self.rows.get(cluster_id)
            if cluster is None:
                return None
            if cluster.gone_at is None:
                return cluster_id
            cluster_id = cluster.merged_into_id
        return None

    def family(self, cluster_id: int) -> set[int]:
        """This pile and all that were put on it."""
        return {id_ for id_ in self.rows if self.final(id_) == cluster_id}
