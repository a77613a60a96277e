from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.cycle.groups import access, actions, queries
from leerkring.cycle.groups.forms import EditForm, FormByHandForm, MergeForm, ProposeForm, SplitForm, take_over
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.views.doors import group_or_404, require
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


def _to_group(community: Community, group: LearningGroup) -> HttpResponse:
    return redirect("groups:group_page", slug=community.slug, group_id=group.pk)


@admits(Admission.MEMBERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def group_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a group; who may form groups puts the people in it at once."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_propose_group(person, community))
    may_form = access.may_form_group(person, community)
    kind = FormByHandForm if may_form else ProposeForm
    asked = {"questions": request.GET.getlist("question"), "theme": request.GET.get("theme")}
    sent = request.POST if request.method == "POST" else None
    form = kind(sent, community=community, person=person, initial=asked)
    if request.method == "POST" and form.is_valid():
        verb = actions.form_group if may_form else actions.propose_group
        try:
            group = verb(community=community, by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The group is there.") if may_form else _("Your group is proposed."))
            return _to_group(community, group)
    picked = set(form["people"].value() or []) if may_form else set()
    people = queries.people_with_places(community) if may_form else []
    return render(
        request,
        "groups/form.html" if may_form else "groups/propose.html",
        {"community": community, "form": form, "people": people, "picked": {str(pk) for pk in picked}},
        status=422 if form.errors else 200,
    )


@admits(Admission.CONTACT, get=200, post=422)
@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """What the group says of itself."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    require(access.may_change_group(person, group))
    form = EditForm(request.POST if request.method == "POST" else None, group=group)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(group=group, by=person, **form.cleaned_data)
        except EditedMeanwhile as edited:
            conflict = edited
            take_over(form, edited.revision)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Kept."))
            return _to_group(group.community, group)
    return render(
        request,
        "groups/edit.html",
        {"community": group.community, "group": group, "form": form, "conflict": conflict},
        status=422 if form.errors or conflict else 200,
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def group_split(request: HttpRequest, slug: str, group_id: int) -> HttpResponse:
    """Make two groups or more out of one."""
    group, person = group_or_404(request, slug, group_id), signed_in_person(request)
    require(access.may_rearrange_group(person, group))
    form = SplitForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        parts = [actions.Part(name, people, contact=people[0] if people else None) for name, people in form.parts()]
        try:
            successors = actions.split_group(group=group, parts=parts, by=person)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The group is split. Say who is the contact of each."))
            return _to_group(group.community, successors[0])
    return render(
        request,
        "groups/split.html",
        {"community": group.community, "group": group, "form": form},
        status=422 if form.errors else 200,
    )


@admits(Admission.FACILITATOR, get=200, post=422)
@require_http_methods(["GET", "POST"])
def groups_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Make one group out of several."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    require(access.may_form_group(person, community))
    asked = {"initial": {"groups": request.GET.getlist("group")}}
    form = MergeForm(request.POST if request.method == "POST" else None, community=community, person=person, **asked)
    if request.method == "POST" and form.is_valid():
        try:
            merged = actions.merge_groups(by=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The groups are one now. Say who is the contact."))
            return _to_group(community, merged)
    return render(
        request,
        "groups/merge.html",
        {"community": community, "form": form, "back": reverse("groups:groups_page", kwargs={"slug": slug})},
        status=422 if form.errors else 200,
    )
