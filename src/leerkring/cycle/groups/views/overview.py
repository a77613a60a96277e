from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.rows import overview_of
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def groups_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Which groups there are, on what, and where one could join."""
    community, person = community_or_404(request, slug), person_of(request)
    groups = queries.groups_with_questions(person, queries.groups_visible_to(person, community))
    return render(
        request,
        "groups/groups.html",
        {
            "community": community,
            "overview": overview_of(person, groups),
            "may_propose": access.may_propose_group(person, community),
            "may_form": access.may_form_group(person, community),
            "may_edit_roles": access.may_edit_roles(person, community),
        },
    )
