from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.cycle.uptake import access, actions, queries
from leerkring.cycle.uptake.forms import CommitmentForm, LookBackForm, PromoteForm
from leerkring.cycle.uptake.models import Commitment
from leerkring.cycle.uptake.views.answers import said_in
from leerkring.cycle.uptake.views.fetch import attempt, commitment_or_404, own_commitment
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui import toasts

PAGE_SIZE = 50


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def commitments_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Mine, those that others share, and for the programme team all of them."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_see_commitments(person, community):
        raise PermissionDenied(_("Commitments are for the people of the programme."))
    mine = list(queries.commitments_of(person, community))
    others = queries.commitments_of_others(person, community)
    return render(
        request,
        "uptake/commitments_page.html",
        {
            "community": community,
            "mine": mine,
            "due": [commitment for commitment in mine if commitment.is_due],
            "others": Paginator(others, PAGE_SIZE).get_page(request.GET.get("page")),
            "sees_all": access.may_see_all_commitments(person, community),
            "can_commit": queries.may_commit(person, community),
        },
    )


@admits(Admission.FOLLOWERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitment_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what you will do at work, with a date."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_see_commitments(person, community):
        raise PermissionDenied(_("Commitments are for the people of the programme."))
    form = CommitmentForm(
        request.POST if request.method == "POST" else None,
        initial={"meeting": request.GET.get("meeting", "")},
        meetings=queries.meetings_to_commit_at(person, community),
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: actions.make_commitment(person=person, by=person, **said))
        if made is not None:
            if made.is_shared:
                toasts.say(request, _("Your commitment is written down. Others of the programme see it too."))
            else:
                toasts.say(request, _("Your commitment is written down. Only you and the programme team see it."))
            return redirect("uptake:commitments_page", slug)
    return render(
        request,
        "uptake/commitment_form.html",
        {"community": community, "form": form},
        status=422 if form.is_bound else 200,
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def commitment_promote(request: HttpRequest, slug: str, harvest_id: int) -> HttpResponse:
    """Say whose commitment a line of the harvest is."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    item = get_object_or_404(queries.harvest_lines_in(person, community), pk=harvest_id)
    if not access.may_harvest_commitment(person, item.meeting):
        raise PermissionDenied(_("Sorting the harvest is for facilitators. Ask one of them."))
    form = PromoteForm(
        request.POST if request.method == "POST" else None, people=queries.people_who_may_carry(community)
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = attempt(form, lambda: actions.promote_to_commitment(harvest_item=item, by=person, **said))
        if made is not None:
            toasts.say(request, _("The commitment is with %(name)s.") % {"name": made.person.name})
            return redirect("insights:harvest_sort", slug, item.meeting_id)
    return render(
        request,
        "uptake/commitment_promote.html",
        {"community": community, "item": item, "form": form},
        status=422 if form.is_bound else 200,
    )


@admits(Admission.READERS, get=200)
@require_GET
def commitment_page(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """One commitment; its maker looks back on it here."""
    community, commitment = commitment_or_404(request, slug, commitment_id)
    return commitment_with(request, community, commitment)


@admits(Admission.SELF, post=422)
@require_POST
def commitment_look_back(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Say how it went: done, partly, not or different, and a few lines."""
    community, commitment = own_commitment(request, slug, commitment_id)
    person = signed_in_person(request)
    form = LookBackForm(request.POST)
    if not form.is_valid():
        return commitment_with(request, community, commitment, look_back=form)
    try:
        actions.look_back(commitment=commitment, by=person, **said_in(form.cleaned_data))
    except EditedMeanwhile as other:
        form.stand_on(other.revision)
        _community, now = commitment_or_404(request, slug, commitment_id)
        return commitment_with(request, community, now, look_back=form, other=other)
    toasts.say(request, _("Thank you for looking back."))
    return redirect("uptake:commitment_page", slug, commitment.pk)


@admits(Admission.SELF, post=302)
@require_POST
def commitment_share(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Show it to the programme."""
    _community, commitment = own_commitment(request, slug, commitment_id)
    actions.share_commitment(commitment=commitment, by=signed_in_person(request))
    undo = reverse("uptake:commitment_keep", args=[slug, commitment.pk])
    toasts.say(request, _("Everybody in the programme sees this commitment now."), undo=undo)
    return redirect("uptake:commitment_page", slug, commitment.pk)


@admits(Admission.SELF, post=302)
@require_POST
def commitment_keep(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Keep it between oneself and the programme team again."""
    _community, commitment = own_commitment(request, slug, commitment_id)
    actions.share_commitment(commitment=commitment, by=signed_in_person(request), is_shared=False)
    undo = reverse("uptake:commitment_share", args=[slug, commitment.pk])
    toasts.say(request, _("Only you and the programme team see this commitment now."), undo=undo)
    return redirect("uptake:commitment_page", slug, commitment.pk)


@admits(Admission.SELF, post=302)
@require_POST
def commitment_remove(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Take away one's own, or one that was typed in the wrong name."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    commitment = queries.commitment_to_remove(person, community, commitment_id)
    if commitment is None:
        _community, commitment = own_commitment(request, slug, commitment_id)
    actions.remove_commitment(commitment=commitment, by=person)
    undo = reverse("uptake:commitment_restore", args=[slug, commitment.pk])
    toasts.say(request, _("The commitment is taken away."), undo=undo)
    if commitment.person_id == person.pk:
        return redirect("uptake:commitments_page", slug)
    return redirect("uptake:commitments_paper", slug, commitment.meeting_id)


@admits(Admission.SELF, post=302)
@require_POST
def commitment_restore(request: HttpRequest, slug: str, commitment_id: int) -> HttpResponse:
    """Put back what was taken away."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    commitment = queries.commitment_to_restore(person, community, commitment_id)
    if commitment is None:
        _community, commitment = own_commitment(request, slug, commitment_id)
    actions.restore_commitment(commitment=commitment, by=person)
    toasts.say(request, _("The commitment is back."))
    if commitment.person_id == person.pk:
        return redirect("uptake:commitments_page", slug)
    return redirect("uptake:commitments_paper", slug, commitment.meeting_id)


def commitment_with(request: HttpRequest, community: Community, commitment: Commitment, **more: Any) -> HttpResponse:
    """The page of one commitment, with a form that was not right as it was typed."""
    person = person_of(request)
    is_mine = access.may_keep_commitment(person, commitment)
    may_promote = access.may_promote_commitment(person, commitment) and commitment.is_looked_back
    context: dict[str, Any] = {
        "community": community,
        "commitment": commitment,
        "is_mine": is_mine,
        "meeting": queries.readable_meeting(person, commitment),
        "look_back": LookBackForm(initial=LookBackForm.initial_of(commitment)) if is_mine else None,
        "promotions": queries.promotions_seen_by(person, commitment) if is_mine or may_promote else [],
        "may_promote": may_promote,
    }
    return render(request, "uptake/commitment_page.html", {**context, **more}, status=422 if more else 200)
