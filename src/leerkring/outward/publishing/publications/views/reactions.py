from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.outward.publishing.publications import access, actions, queries
from leerkring.outward.publishing.publications.forms import ReactionForm, RemoveForm, ScreeningForm
from leerkring.outward.publishing.publications.views.fetch import (
    publication_or_404,
    reaction_or_404,
    require_team,
    show_publication,
)
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

PAGE_SIZE = 50


@admits(Admission.TEAM, get=200)
@require_GET
def reactions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the team, and whether it reads first."""
    community = community_or_404(request, slug)
    require_team(request, community)
    are_screened = queries.are_screened(community)
    context = {
        "community": community,
        "page": Paginator(queries.waiting_reactions(community), PAGE_SIZE).get_page(request.GET.get("page")),
        "are_screened": are_screened,
        "form": ScreeningForm(initial={"are_screened": are_screened}),
    }
    return render(request, "publishing/publications/reactions.html", context)


@admits(Admission.TEAM, post=302)
@require_POST
def reactions_choose(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    require_team(request, community)
    are_screened = bool(request.POST.get("are_screened"))
    actions.choose_screening(community=community, are_screened=are_screened, by=signed_in_person(request))
    toasts.say(request, _("Readers see a reaction after you have.") if are_screened else _("Reactions show at once."))
    return redirect("publishing:reactions_page", slug)


@admits(Admission.SIGNED_IN, post=422)
@require_POST
def reaction_write(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = publication_or_404(request, slug, publication_id)
    person = signed_in_person(request)
    if not access.may_react(person, publication):
        raise PermissionDenied(_("You can react once it is out."))
    form, device = ReactionForm(request.POST), device_of(request)
    if form.is_valid():
        try:
            said = actions.write_reaction(
                publication=publication, text=form.cleaned_data["text"], device=device, by=person
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            if said.is_waiting:
                toasts.say(request, _("The team reads your reaction first. You see it below until then."))
            back = reverse("publishing:publication_page", args=[slug, publication.pk])
            done: HttpResponse = redirect(f"{back}#reaction-{said.pk}")
            remember_device(done, device)
            return done
    response = show_publication(request, community, publication, status=422, reaction_form=form)
    remember_device(response, device)
    return response


@admits(Admission.SELF, post=302)
@require_POST
def reaction_take_back(request: HttpRequest, slug: str, publication_id: int, reaction_id: int) -> HttpResponse:
    reaction = reaction_or_404(request, slug, publication_id, reaction_id)
    actions.take_back_reaction(reaction=reaction, by=signed_in_person(request))
    toasts.say(request, _("Your reaction is taken back. Its text is gone."))
    return redirect(reverse("publishing:publication_page", args=[slug, publication_id]) + "#reactions")


@admits(Admission.TEAM, post=302)
@require_POST
def reaction_show(request: HttpRequest, slug: str, publication_id: int, reaction_id: int) -> HttpResponse:
    reaction = reaction_or_404(request, slug, publication_id, reaction_id)
    actions.show_reaction(reaction=reaction, by=signed_in_person(request))
    toasts.say(request, _("Readers see this reaction now."))
    if request.POST.get("from") == "waiting":
        return redirect("publishing:reactions_page", slug)
    return redirect(reverse("publishing:publication_page", args=[slug, publication_id]) + f"#reaction-{reaction_id}")


@admits(Admission.TEAM, post=422)
@require_POST
def reaction_remove(request: HttpRequest, slug: str, publication_id: int, reaction_id: int) -> HttpResponse:
    """With a reason, which its writer sees."""
    reaction = reaction_or_404(request, slug, publication_id, reaction_id)
    community = reaction.publication.community
    if not access.may_publish(person_of(request), community):
        raise PermissionDenied(_("The programme team publishes."))
    form = RemoveForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.remove_reaction(reaction=reaction, reason=reason, by=signed_in_person(request))
        undo = reverse("publishing:reaction_show", args=[slug, publication_id, reaction_id])
        toasts.say(request, _("The reaction is removed. Its writer sees why."), undo=undo)
        return redirect(reverse("publishing:publication_page", args=[slug, publication_id]) + "#reactions")
    _community, publication = publication_or_404(request, slug, publication_id)
    return show_publication(request, community, publication, status=422, refused_id=reaction_id, remove_form=form)
