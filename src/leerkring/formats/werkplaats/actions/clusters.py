from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.enums import PostState
from leerkring.formats.werkplaats.facts import (
    ClusterDissolved,
    ClusterNamed,
    ClustersMerged,
    ClustersOrdered,
    PostsClustered,
    PostsPutWith,
    PostTakenOut,
)
from leerkring.formats.werkplaats.ground import require_of, sentence
from leerkring.formats.werkplaats.models import Cluster, Point, Post, Room, Step, Table
from leerkring.formats.werkplaats.steps import Changes, guard_of, later, lock_room, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def cluster_posts(*, room: Room, posts: Iterable[Post], by: Person, title: str = "") -> Cluster:
    """Make a pile of these posts; those that lay in another pile leave it.

    Raises PermissionDenied, and Refused for a post that was taken back or is held back.
    """
    with transaction.atomic():
        lock_room(room, by)
        rows = _fresh(room, posts)
        now = clock.now()
        last = Cluster.objects.filter(room=room).aggregate(last=Max("position"))["last"] or 0
        cluster = Cluster.objects.create(
            room=room, title=sentence(title, 200) if title.strip() else "", position=last + 1, made_at=now
        )
        changes = Changes()
        changes.appear(cluster, "gone_at", now)
        changes.alter(rows, cluster_id=cluster.pk)
        write_step(room, "cluster_posts", by, changes, cluster_id=cluster.pk)
        facts.record(
            PostsClustered(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=cluster.pk,
                post_count=len(rows),
            )
        )  # fmt: skip
    return cluster


def put_with(*, posts: Iterable[Post], cluster: Cluster, by: Person) -> Cluster:
    """Put posts on a pile; it may be one post. Twice is once. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        room = _lock(cluster, by)
        rows = _fresh(room, posts)
        changes = Changes()
        count = changes.alter(rows, cluster_id=cluster.pk)
        if count:
            write_step(room, "put_with", by, changes, cluster_id=cluster.pk)
            facts.record(
                PostsPutWith(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=cluster.pk,
                    post_count=count,
                )
            )  # fmt: skip
    return cluster


def take_out(*, post: Post, by: Person) -> Post:
    """Let a post lie loose again. Twice is once. Raises PermissionDenied."""
    with transaction.atomic():
        room = Room.objects.select_related("meeting__community").get(pk=post.room_id)
        lock_room(room, by)
        post.refresh_from_db()
        before = post.cluster_id
        if before is not None:
            changes = Changes()
            changes.alter([post], cluster_id=None)
            write_step(room, "take_out", by, changes)
            facts.record(
                PostTakenOut(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=before, post_id=post.pk
                )
            )
    return post


def name_cluster(*, cluster: Cluster, title: str, by: Person) -> Cluster:
    """Give a pile a name. Raises PermissionDenied, Refused when it is empty or too long."""
    title = sentence(title, 200)
    with transaction.atomic():
        room = _lock(cluster, by)
        changes = Changes()
        if changes.alter([cluster], title=title):
            write_step(room, "name_cluster", by, changes)
            facts.record(
                ClusterNamed(community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=cluster.pk)
            )
    return cluster


def merge_clusters(*, cluster: Cluster, into: Cluster, by: Person) -> Cluster:
    """Put one pile on another. Posts and points stay where they are and are read as one, so undoing loses nothing.

    Raises PermissionDenied, Refused for one pile twice or a pile that is gone.
    """
    with transaction.atomic():
        room = _lock(cluster, by)
        into.refresh_from_db()
        require_of(room, into)
        if into.gone_at is not None or into.pk == cluster.pk:
            raise Refused(_("Choose another pile to put it on."))
        changes = Changes()
        changes.alter([cluster], gone_at=clock.now(), merged_into_id=into.pk)
        write_step(room, "merge_clusters", by, changes)
        facts.record(
            ClustersMerged(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=cluster.pk, into_id=into.pk
            )
        )
    return into


def dissolve_cluster(*, cluster: Cluster, by: Person) -> Cluster:
    """Take a pile apart: its posts lie loose. Raises PermissionDenied, Refused once somebody gave it a point."""
    with transaction.atomic():
        room = _lock(cluster, by)
        _require_nothing_on(cluster)
        changes = Changes()
        changes.alter(list(cluster.posts.all()), cluster_id=None)
        changes.alter([cluster], gone_at=clock.now())
        write_step(room, "dissolve_cluster", by, changes)
        facts.record(
            ClusterDissolved(community_id=room.community_id, by_id=by.pk, room_id=room.pk, cluster_id=cluster.pk)
        )
    return cluster


def order_clusters(*, room: Room, clusters: Sequence[Cluster], by: Person) -> None:
    """Put the piles in this order; piles that are not named come after them. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        lock_room(room, by)
        require_of(room, *clusters)
        named = [cluster.pk for cluster in clusters]
        rows = list(Cluster.objects.filter(room=room, gone_at__isnull=True))
        rows.sort(key=lambda row: (named.index(row.pk) if row.pk in named else len(named), row.position, row.pk))
        changes = Changes()
        for position, row in enumerate(rows, start=1):
            changes.alter([row], position=position)
        if not changes.is_empty():
            write_step(room, "order_clusters", by, changes)
            facts.record(ClustersOrdered(community_id=room.community_id, by_id=by.pk, room_id=room.pk))


@guard_of("cluster_posts")
def _may_unmake(room: Room, step: Step, by: Person) -> None:
    """A pile that grew, got points or became something is not unmade with the click that made it."""
    cluster = Cluster.objects.get(pk=step.payload["cluster_id"])
    own = {entry["id"] for entry in step.payload["altered"] if entry["model"] == "Post"}
    if cluster.gone_at is not None or set(cluster.posts.values_list("pk", flat=True)) - own:
        raise later()
    _require_nothing_on(cluster)


@guard_of("put_with", "take_out", "dissolve_cluster")
def _piles_are_there(room: Room, step: Step, by: Person) -> None:
    """A post goes back only to a pile that is there (or lies in another one by now)."""
    before = {entry["before"].get("cluster_id") for entry in step.payload["altered"] if entry["model"] == "Post"}
    coming_back = {entry["id"] for entry in step.payload["altered"] if entry["model"] == "Cluster"}
    gone = Cluster.objects.filter(pk__in=before - coming_back - {None}, gone_at__isnull=False, merged_into__isnull=True)
    if gone.exists():
        raise later()


def _require_nothing_on(cluster: Cluster) -> None:
    if Point.objects.filter(cluster=cluster, count__gt=0).exists():
        raise Refused(_("People gave this pile points. It stays a pile; you can put it on another one."))
    stands = Table.objects.filter(cluster=cluster, removed_at__isnull=True).exists()
    if cluster.question_id or cluster.merged.exists() or stands:
        raise later()


def _lock(cluster: Cluster, by: Person) -> Room:
    room = Room.objects.select_related("meeting__community").get(pk=cluster.room_id)
    lock_room(room, by)
    cluster.refresh_from_db()
    if cluster.gone_at is not None:
        raise Refused(_("This pile is no longer there. Look at the page again."))
    return room


def _fresh(room: Room, posts: Iterable[Post]) -> list[Post]:
    ids = list(dict.fromkeys(post.pk for post in posts))
    rows = list(Post.objects.filter(room=room, pk__in=ids, taken_back_at__isnull=True).exclude(state=PostState.HELD))
    if not rows or len(rows) != len(ids):
        raise Refused(_("One of these posts was taken back or held back. Look at the page again."))
    return rows
