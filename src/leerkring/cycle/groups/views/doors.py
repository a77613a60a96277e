"""How a view comes to the group that it is about: through what the person may see, or not at all."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.groups import queries
from leerkring.cycle.groups.models import Case, LearningGroup


def group_or_404(request: HttpRequest, slug: str, group_id: int) -> LearningGroup:
    community = community_or_404(request, slug)
    return get_object_or_404(queries.with_home(queries.groups_visible_to(person_of(request), community)), pk=group_id)


def whole_group_or_404(request: HttpRequest, slug: str, group_id: int) -> LearningGroup:
    """For the page that shows all of it: knowing also what is rare, so that nobody asks on."""
    community = community_or_404(request, slug)
    person = person_of(request)
    groups = queries.with_rarities(person, queries.with_home(queries.groups_visible_to(person, community)))
    return get_object_or_404(queries.with_relatives(groups), pk=group_id)


def case_or_404(request: HttpRequest, slug: str, group_id: int, case_id: int) -> Case:
    group = group_or_404(request, slug, group_id)
    case = get_object_or_404(queries.cases_with_roles(person_of(request), group), pk=case_id)
    case.group = group
    return case


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
