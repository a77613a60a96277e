"""What people brought in: entered from paper, looked through, and put in piles."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, RoundKind
from leerkring.formats.werkplaats.models import Post
from leerkring.formats.werkplaats.queries import picks
from leerkring.formats.werkplaats.views.desk_place import Place, did, place_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused


@admits(Admission.LEADERS, post=422)
@require_POST
def post_type(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """From paper or from somebody's mouth. `round` says in which round, else the open one; `key` makes it one."""
    place = place_or_404(request, slug, meeting_id)

    def type_it() -> None:
        round_ = place.round(place.number("round")) if place.number("round") else place.current()
        kinds = round_.post_kinds
        kind = place.text("kind")
        if not kinds:
            raise Refused(_("In this round nothing is brought in."))
        actions.type_post(
            round=round_,
            text=place.text("text"),
            kind=PostKind(kind) if kind in PostKind.values else kinds[0],
            said_by=place.text("said_by"),
            key=place.key,
            about_group=picks.group_on_floor(round_) if round_.kind == RoundKind.PRESENT else None,
            by=place.person,
        )

    return did(place, type_it, _("Noted."))


@admits(Admission.LEADERS, post=422)
@require_POST
def post_release(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: _each(place, actions.release_post), _("On the screen."))


@admits(Admission.LEADERS, post=422)
@require_POST
def post_hold(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: _each(place, actions.hold_post), _("Held back. Only facilitators see it."))


@admits(Admission.LEADERS, post=302)
@require_POST
def posts_release(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """All that wait, up to the last one that this facilitator had on the page (`up_to`)."""
    place = place_or_404(request, slug, meeting_id)
    released: list[int] = []

    def release() -> None:
        released.append(actions.release_all(room=place.room, up_to=place.number("up_to") or None, by=place.person))

    return did(place, release, lambda: _released(sum(released)))


@admits(Admission.LEADERS, post=422)
@require_POST
def cluster_make(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`post` several times, `title` if it has one."""
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.cluster_posts(room=place.room, posts=place.posts(), title=place.text("title"), by=place.person),
        _("A new pile."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def posts_put_with(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`post` several times; onto `cluster`, a new one when that is `new`; `onto` is the button of a pile."""
    place = place_or_404(request, slug, meeting_id)

    def put() -> None:
        posts = place.posts()
        if place.number("onto"):
            actions.put_with(posts=posts, cluster=place.cluster("onto"), by=place.person)
        elif place.text("cluster") == "new":
            actions.cluster_posts(room=place.room, posts=posts, by=place.person)
        else:
            actions.put_with(posts=posts, cluster=place.cluster(), by=place.person)

    return did(place, put, _("Put together."))


@admits(Admission.LEADERS, post=422)
@require_POST
def post_take_out(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(place, lambda: _each(place, actions.take_out), _("Loose again."))


@admits(Admission.LEADERS, post=422)
@require_POST
def cluster_name(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.name_cluster(cluster=place.cluster(), title=place.text("title"), by=place.person),
        _("The pile has a name."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def cluster_merge(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`cluster` onto `into`."""
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.merge_clusters(cluster=place.cluster(), into=place.cluster("into"), by=place.person),
        _("One pile now."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def cluster_dissolve(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    return did(
        place,
        lambda: actions.dissolve_cluster(cluster=place.cluster(), by=place.person),
        _("The pile is apart again."),
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def clusters_order(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`cluster` several times, in the new order."""
    place = place_or_404(request, slug, meeting_id)

    def order() -> None:
        found = picks.clusters_in(place.room, place.numbers("cluster"))
        if not found:
            raise Refused(_("Choose a pile first."))
        actions.order_clusters(room=place.room, clusters=found, by=place.person)

    return did(place, order, _("Moved."))


def _each(place: Place, verb: Callable[..., Post]) -> None:
    for post in place.posts():
        verb(post=post, by=place.person)


def _released(count: int) -> str:
    if not count:
        return _("Nothing waited any more.")
    return ngettext("%(count)d post is on the screen.", "%(count)d posts are on the screen.", count) % {"count": count}
