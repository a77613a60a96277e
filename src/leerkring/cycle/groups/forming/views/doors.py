"""How a view comes to the division that it is about, and the answer to a verb."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import access, queries
from leerkring.cycle.groups.forming.models import Candidate, Forming, PossibleGroup
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


def forming_or_404(request: HttpRequest, slug: str, forming_id: int) -> tuple[Community, Forming, Person]:
    """The division, for who may prepare it; reasons about persons are for nobody else (rule 7)."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    forming: Forming = get_object_or_404(queries.formings_of(community), pk=forming_id)
    forming.community = community
    if not access.may_prepare_forming(person, forming):
        raise PermissionDenied(_("This is for the facilitators. Ask one of them, or the programme team."))
    return community, forming, person


def candidate_or_404(forming: Forming, candidate_id: int) -> Candidate:
    candidate = queries.candidate_in(forming, candidate_id)
    if candidate is None:
        raise Http404(_("This person is not in this division any more."))
    candidate.forming = forming
    return candidate


def possible_or_404(forming: Forming, possible_id: int) -> PossibleGroup:
    possible = queries.possible_group_in(forming, possible_id)
    if possible is None:
        raise Http404(_("This group is not in this division any more."))
    possible.forming = forming
    return possible


def did(
    request: HttpRequest, forming: Forming, act: Callable[[], object], *, said: str = "", to: str = "forming_page",
    back: str = "", undo: str = "", mark: str = "",
) -> HttpResponse:  # fmt: skip
    """Do it and show the page again; when a rule says no, say so, on the page to go back to."""
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        to = back or to
    else:
        if said:
            toasts.say(request, said, undo=undo)
    answer = redirect(f"groups:{to}", slug=forming.community.slug, forming_id=forming.pk)
    answer["Location"] += mark
    return answer
