from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.uptake import access, queries
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.forms import MatrixFilterForm
from leerkring.cycle.uptake.matrix import Drawing
from leerkring.platform.admission import Admission, admits


@admits(Admission.READERS, get=200)
@require_GET
def matrix_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes by units: where each new way of working stands."""
    community = community_or_404(request, slug)
    person = person_of(request)
    whole = queries.matrix_of(person, community)
    form = MatrixFilterForm(request.GET, themes=queries.themes_of(community), units=whole.units_in_use)
    asked = form.asked()
    matrix = whole.narrowed(asked)
    stuck = queries.longest_blocked(person, community)
    return render(
        request,
        "uptake/matrix_page.html",
        {
            "community": community,
            "matrix": matrix,
            "drawing": Drawing(matrix, asked, slug),
            "asked": asked,
            "form": form,
            "steps": Step,
            "stuck": stuck,
            "stuck_step": queries.last_step_of(stuck.uptake) if stuck else None,
            "sees_commitments": access.may_see_commitments(person, community),
            "may_put": access.may_put_change(person, community),
        },
    )


@admits(Admission.READERS, get=200)
@require_GET
def unit_page(request: HttpRequest, slug: str, unit_id: int) -> HttpResponse:
    """What one unit took over, on which step, from where."""
    community = community_or_404(request, slug)
    person = person_of(request)
    unit = get_object_or_404(queries.units_of_programme(community), pk=unit_id)
    uptakes = list(queries.uptakes_in_unit(person, community, unit))
    return render(
        request,
        "uptake/unit_page.html",
        {
            "community": community,
            "unit": unit,
            "parts": queries.parts_of(unit),
            "uptakes": uptakes,
            "fixed_count": sum(uptake.step >= Step.ANCHORED and not uptake.is_given_up for uptake in uptakes),
            "norm_count": sum(uptake.step == Step.NORM and not uptake.is_given_up for uptake in uptakes),
            "blocked_count": sum(bool(uptake.open_blocks) and not uptake.is_given_up for uptake in uptakes),
            "names": access.may_see_names(person, community),
        },
    )
