from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.views.fetch import require
from leerkring.platform.admission import Admission, admits


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def intervisie_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own groups (all of them for who forms them), the methods, and what was learned."""
    community, person = community_or_404(request, slug), person_of(request)
    require(access.may_see_intervisie(person, community))
    groups = list(queries.with_counts(queries.groups_visible_to(person, community)))
    return render(
        request,
        "intervisie/intervisie_page.html",
        {
            "community": community,
            "groups": [group for group in groups if group.closed_at is None],
            "stopped": [group for group in groups if group.closed_at is not None],
            "may_form": access.may_form_groups(person, community),
            "free_count": queries.people_without_group(community).count()
            if access.may_form_groups(person, community)
            else 0,
            "points": queries.points_visible_to(person, community)[:3],
        },
    )
