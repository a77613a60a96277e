"""What commitments yield: for the programme team together, and one by one for others to use."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.insights.access import may_show_to_all
from leerkring.cycle.uptake import access, actions, queries
from leerkring.cycle.uptake.enums import ChangeKind, Promoted
from leerkring.cycle.uptake.forms import InsightOfItForm, PaperForm, QuestionOfItForm, UptakeOfItForm
from leerkring.cycle.uptake.forms.commitments import OfItForm
from leerkring.cycle.uptake.models import Commitment
from leerkring.cycle.uptake.views.fetch import attempt, commitment_or_404
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

PAGE_SIZE = 50


@admits(Admission.TEAM, get=200)
@require_GET
def commitments_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """What was meant at each meeting and what became of it; who has not looked back is a number, not a name."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_see_all_commitments(person, community):
        raise PermissionDenied(_("This page is for the programme team."))
    meetings: list[Any] = list(queries.meetings_with_commitments(person, community))
    looked_back = queries.looked_back_in(person, community)
    return render(
        request,
        "uptake/commitments_overview.html",
        {
            "community": community,
            "meetings": meetings,
            "made_count": sum(meeting.made_count for meeting in meetings),
            "back_count": sum(meeting.back_count for meeting in meetings),
            "page": Paginator(looked_back, PAGE_SIZE).get_page(request.GET.get("page")),
        },
    )


@admits(Admission.OWN_FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitments_paper(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Type what people wrote on paper, one sheet after the other."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    meeting = get_object_or_404(queries.meetings_to_type_at(person, community), pk=meeting_id)
    if not access.may_type_commitments(person, meeting):
        raise PermissionDenied(_("Typing from paper is for the facilitator of this meeting and the programme team."))
    form = PaperForm(
        request.POST if request.method == "POST" else None, people=queries.people_to_type_for(meeting, community)
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: actions.make_commitment(meeting=meeting, by=person, **said))
        if made is not None:
            toasts.say(request, _("Written down for %(name)s. The next sheet.") % {"name": made.person.name})
            return redirect("uptake:commitments_paper", slug, meeting.pk)
    context = {"community": community, "meeting": meeting, "form": form, "typed": queries.typed_at(meeting, person)}
    return render(request, "uptake/commitments_paper.html", context, status=422 if form.is_bound else 200)


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitment_to_insight(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Tell others what was learned."""

    def act(commitment: Commitment, said: dict[str, Any], by: Person) -> object:
        return actions.insight_from_commitment(commitment=commitment, by=by, **said)

    return _promote(request, slug, commitment_id, Promoted.INSIGHT, act)


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitment_to_question(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Ask what one ran into."""

    def act(commitment: Commitment, said: dict[str, Any], by: Person) -> object:
        return actions.question_from_commitment(commitment=commitment, by=by, **said)

    return _promote(request, slug, commitment_id, Promoted.QUESTION, act)


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitment_to_uptake(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Follow it as a way of working in a unit."""

    def act(commitment: Commitment, said: dict[str, Any], by: Person) -> object:
        said["kind"] = ChangeKind(said["kind"])
        return actions.uptake_from_commitment(commitment=commitment, by=by, **said)

    return _promote(request, slug, commitment_id, Promoted.UPTAKE, act)


def _promote(
    request: HttpRequest,
    slug: str,
    commitment_id: int,
    what: Promoted,
    act: Callable[[Commitment, dict[str, Any], Person], object],
) -> HttpResponse:
    community, commitment = commitment_or_404(request, slug, commitment_id)
    person = signed_in_person(request)
    if not access.may_promote_commitment(person, commitment) or not access.may_put_change(person, community):
        raise PermissionDenied(_("Only its maker and the programme team can take this further, when they take part."))
    form = _form_of(request, what, community, person)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "label": Label(form.cleaned_data["label"])}
        if attempt(form, lambda: act(commitment, said, person)) is not None:
            toasts.say(request, _("Done. What you meant to do is still between you and the programme team."))
            return redirect("uptake:commitment_page", slug, commitment.pk)
    context = {"community": community, "commitment": commitment, "form": form, "what": what}
    return render(request, "uptake/commitment_promote_of.html", context, status=422 if form.is_bound else 200)


def _form_of(request: HttpRequest, what: Promoted, community: Community, person: Person) -> OfItForm:
    data = request.POST if request.method == "POST" else None
    to_all = may_show_to_all(person, community)
    match what:
        case Promoted.INSIGHT:
            return InsightOfItForm(data, may_show_to_all=to_all)
        case Promoted.QUESTION:
            return QuestionOfItForm(data, may_show_to_all=to_all)
        case Promoted.UPTAKE:
            units = queries.units_of_programme(community)
            return UptakeOfItForm(data, may_show_to_all=to_all, units=units)
