from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights.models import HarvestItem, Insight
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.formats.werkplaats.enums import PostKind, PostState
from leerkring.formats.werkplaats.models.rooms import Room, Round

VOTER_LENGTH = 64


class Cluster(models.Model):
    """A pile of posts. Merged into another it keeps its posts and points, and is read as part of the other."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="clusters")
    title = models.CharField(_("name of the pile"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    question = models.ForeignKey(LearningQuestion, on_delete=models.SET_NULL, null=True, related_name="+")
    harvest_item = models.ForeignKey(HarvestItem, on_delete=models.SET_NULL, null=True, related_name="+")

    room_id: int
    merged_into_id: int | None
    question_id: int | None

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """One line that somebody brought in. `key` is made on the phone: sent twice it is the same post."""

    id: int
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="posts")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(_("kind"), max_length=10, choices=PostKind)
    text = models.CharField(_("text"), max_length=300)
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="posts")
    voter = models.CharField(max_length=VOTER_LENGTH, blank=True)
    key = models.UUIDField()
    state = models.CharField(max_length=8, choices=PostState, default=PostState.WAITING)
    typed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said_by = models.CharField(_("who said it"), max_length=100, blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, related_name="posts")
    about_group = models.ForeignKey(LearningGroup, on_delete=models.SET_NULL, null=True, related_name="+")
    question = models.ForeignKey(LearningQuestion, on_delete=models.SET_NULL, null=True, related_name="+")
    insight = models.ForeignKey(Insight, on_delete=models.SET_NULL, null=True, related_name="+")
    harvest_item = models.ForeignKey(HarvestItem, on_delete=models.SET_NULL, null=True, related_name="+")

    room_id: int
    round_id: int
    seat_id: int | None
    cluster_id: int | None
    question_id: int | None
    insight_id: int | None
    harvest_item_id: int | None

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["room", "key"], name="post_once")]
        indexes = [models.Index(fields=["round", "voter"])]

    def __str__(self) -> str:
        return self.text


class Point(models.Model):
    """What one voter gives one pile or post in a round. A value that is set, so that a retry changes nothing."""

    id: int
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="points")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, null=True, related_name="points")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="points")
    voter = models.CharField(max_length=VOTER_LENGTH)
    count = models.PositiveSmallIntegerField()

    round_id: int
    cluster_id: int | None
    post_id: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voter", "cluster"], name="points_once_per_cluster"),
            models.UniqueConstraint(fields=["round", "voter", "post"], name="points_once_per_post"),
            models.CheckConstraint(
                name="points_have_one_target",
                condition=Q(cluster__isnull=False, post__isnull=True) | Q(cluster__isnull=True, post__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.count)
