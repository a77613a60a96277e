"""Sheets of paper that a facilitator enters: the points of one person, or what one answers when looking back."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.models import Ask, Cluster, Post
from leerkring.formats.werkplaats.queries import on_phone, picks
from leerkring.formats.werkplaats.views.desk_place import Place, did, place_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused

ENTERED = re.compile(r"(cluster|post|ask)-(\d{1,18})", re.ASCII)


@admits(Admission.LEADERS, post=422)
@require_POST
def points_type(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`cluster-<id>` and `post-<id>` are numbers of points; `key` makes it one sheet."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    return did(
        place,
        lambda: actions.type_points(round=round_, points=_points_of(place), key=place.key, by=place.person),
        _("Entered. Take the next sheet."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def replies_type(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`ask-<id>` is a number from 1 to 5 or a line; `key` makes it one sheet."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)

    def type_them() -> None:
        said = _entered(place, "ask")
        replies: dict[Ask, str] = {ask: said[ask.pk] for ask in on_phone.asks_of(round_) if ask.pk in said}
        actions.type_replies(round=round_, replies=replies, key=place.key, by=place.person)

    return did(place, type_them, _("Entered. Take the next sheet."))


def _points_of(place: Place) -> dict[Cluster | Post, int]:
    clusters, posts = _entered(place, "cluster"), _entered(place, "post")
    points: dict[Cluster | Post, int] = {}
    for cluster in picks.clusters_in(place.room, clusters):
        points[cluster] = _count(clusters[cluster.pk])
    for post in picks.posts_in(place.room, posts):
        points[post] = _count(posts[post.pk])
    if len(points) < len(clusters) + len(posts):
        raise Refused(_("This is no longer there to choose. Look at the list again."))
    return points


def _entered(place: Place, kind: str) -> dict[int, str]:
    """What stands in the fields of this kind, by the id in their names; empty ones left out."""
    found = ((ENTERED.fullmatch(name), str(value).strip()) for name, value in place.data.items())
    return {int(match[2]): text for match, text in found if match and match[1] == kind and text}


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Refused(_("Write how many points, as a number."))
    return int(text)
