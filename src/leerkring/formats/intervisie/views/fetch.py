"""How a view comes to what it is about: through what the person may see, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.formats.intervisie import queries
from leerkring.formats.intervisie.library import SHEETS, Sheet
from leerkring.formats.intervisie.models import IntervisieGroup, Method, Round
from leerkring.formats.intervisie.sheets import own_sheet
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


def group_or_404(request: HttpRequest, slug: str, intervisie_id: int) -> IntervisieGroup:
    community = community_or_404(request, slug)
    groups = queries.groups_visible_to(person_of(request), community)
    return get_object_or_404(groups, pk=intervisie_id)


def round_or_404(request: HttpRequest, slug: str, intervisie_round_id: int) -> Round:
    community = community_or_404(request, slug)
    return get_object_or_404(queries.rounds_in(community, person_of(request)), pk=intervisie_round_id)


def sheet_or_404(community: Community, method_key: str) -> Sheet:
    if method_key in SHEETS:
        return SHEETS[method_key]
    return own_sheet(method_or_404(community, method_key))


def method_or_404(community: Community, method_key: str) -> Method:
    method = queries.method_numbered(community, method_key)
    if method is None:
        raise Http404
    return method


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def attempt(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do it; where a rule says no, tell why."""
    try:
        act()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return False
    return True
