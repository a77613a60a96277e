"""What every view of the desk begins and ends with: the room as far as it is for who asks, and the answer to a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.queries import meetings_visible_to
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import access, screens
from leerkring.formats.werkplaats.models import Cluster, Post, Room, Round
from leerkring.formats.werkplaats.queries import picks
from leerkring.formats.werkplaats.queries import rooms as queries
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@dataclass
class Place:
    """A room, and the facilitator who stands at its desk."""

    request: HttpRequest
    community: Community
    meeting: Meeting
    room: Room
    person: Person

    @property
    def data(self) -> QueryDict:
        return self.request.POST

    @property
    def key(self) -> UUID | None:
        """What makes a retry the same; None when it is none."""
        try:
            return UUID(self.text("key"))
        except ValueError:
            return None

    def number(self, name: str) -> int:
        """The id that was sent under this name; 0 when none was."""
        return next(iter(self.numbers(name)), 0)

    def numbers(self, name: str) -> list[int]:
        return [int(text) for text in self.data.getlist(name) if text.isascii() and text.isdigit() and len(text) < 19]

    def text(self, name: str) -> str:
        return str(self.data.get(name, ""))

    def round(self, round_id: int) -> Round:
        found = queries.round_in(self.room, round_id)
        if found is None or found.removed_at is not None:
            raise Http404(_("This round is not in the run."))
        found.room = self.room
        return found

    def posts(self) -> list[Post]:
        """The posts that were chosen. Raises Refused when none was."""
        found = picks.posts_in(self.room, self.numbers("post"))
        if not found:
            raise Refused(_("Choose a post first."))
        return found

    def cluster(self, name: str = "cluster") -> Cluster:
        found = queries.cluster_in(self.room, self.number(name))
        if found is None:
            raise Refused(_("Choose a pile first."))
        return found

    def current(self) -> Round:
        """The round that is open. Raises Refused when none is."""
        if self.room.current_round_id is None:
            raise Refused(_("No round is open. Open one in the run."))
        return self.round(self.room.current_round_id)


def meeting_of_desk(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting, Person]:
    """The meeting, for who may run its werkplaats; 403 when it can only be read."""
    community = community_or_404(request, slug)
    person = person_of(request)
    meeting: Meeting = get_object_or_404(meetings_visible_to(person, community), pk=meeting_id, keeps_text=True)
    if person is None or not access.may_prepare_room(person, meeting):
        raise PermissionDenied(_("This is for the facilitators. Ask one of them, or the programme team."))
    return community, meeting, person


def place_or_404(request: HttpRequest, slug: str, meeting_id: int) -> Place:
    community, meeting, person = meeting_of_desk(request, slug, meeting_id)
    room = queries.room_of(meeting)
    if room is None:
        raise Http404(_("This meeting has no werkplaats yet. Open its page to prepare one."))
    room.meeting = meeting
    return Place(request, community, meeting, room, person)


def did(place: Place, act: Callable[[], object], said: str | Promise | Callable[[], str] = "") -> HttpResponse:
    """Do it, and show the desk as it is then; when a rule says no, say so and keep what was typed."""
    try:
        act()
    except Refused as refusal:
        return refused(place, refusal.message)
    text = said() if callable(said) else str(said)
    if _wants_json(place.request):
        return JsonResponse({"said": text, **_fresh(place)})
    if text:
        toasts.say(place.request, text)
    return redirect("werkplaats:desk_page", place.community.slug, place.meeting.pk)


def refused(place: Place, message: str) -> HttpResponse:
    if _wants_json(place.request):
        return JsonResponse({"error": message, **_fresh(place)}, status=422)
    toasts.refuse(place.request, message)
    return desk(place, status=422)


def desk(place: Place, *, status: int = 200, typed: QueryDict | None = None) -> HttpResponse:
    if status != 200:
        # An action that was refused may have changed the row in hand.
        place.room = queries.room_of(place.meeting) or place.room
        place.room.meeting = place.meeting
    match = place.request.resolver_match
    context = screens.desk(place.room) | {
        "community": place.community,
        "meeting": place.meeting,
        "may_set": access.may_set_version(place.person, place.room),
        "paper_key": uuid4(),
        "typed": typed or (place.data if status == 422 else {}),
        "typed_at": match.url_name if match and status == 422 else "",
    }
    return render(place.request, "werkplaats/desk/page.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _fresh(place: Place) -> dict[str, Any]:
    """The desk as it is now, so that one's own act is seen at once, also without a stream."""
    room = queries.room_of(place.meeting) or place.room
    room.meeting = place.meeting
    version = queries.version_of(room)
    return {"version": version, "data": screens.data_of(room, screens.desk_html(room))}
