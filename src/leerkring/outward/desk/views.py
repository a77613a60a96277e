from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.outward.desk import queries
from leerkring.outward.desk.access import is_sponsor, may_open_desk
from leerkring.outward.desk.lines import Line
from leerkring.outward.desk.today import all_changed, all_stuck, how_many_are_stuck, today_of
from leerkring.platform.admission import Admission, admits

PAGE_SIZE = 50


@admits(Admission.EVERYONE, get=200)
@require_GET
def home_page(request: HttpRequest) -> HttpResponse:
    """For a visitor what this is and what is open; for somebody who is signed in the way to the own programme."""
    person = person_of(request)
    if person is None:
        return render(request, "desk/home.html")
    ways = [(community.name, _way_in(person, community)) for community in queries.programmes_of(person)]
    if len(ways) == 1:
        return redirect(ways[0][1])
    return render(request, "desk/programmes.html", {"ways": _keeping(person) + ways, "has_programme": bool(ways)})


def _keeping(person: Person) -> list[tuple[str, str]]:
    """What somebody keeps beside programmes: the list of an organisation, the installation."""
    ways = [
        (
            _("The people of %(name)s") % {"name": right.organisation.name},
            reverse("memberships:organisation_people_page", args=[right.organisation_id]),
        )
        for right in memberships.admin_rights_of(person)
    ]
    if memberships.standing_of(person).is_platform_admin:
        ways.append((_("Organisations, units and admins"), reverse("people:platform_page")))
    return ways


def _way_in(person: Person, community: Community) -> str:
    """The first screen; for a sponsor the learning agenda, for a partner the groups, without persons."""
    if may_open_desk(person, community):
        return reverse("desk:today_page", args=[community.slug])
    return reverse(
        "agenda:agenda_page" if is_sponsor(person, community) else "groups:groups_page", args=[community.slug]
    )


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def today_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not may_open_desk(person, community):
        raise PermissionDenied(_("This screen is for whoever takes part. You can follow along without obligations."))
    skip = request.GET.get("skip", "")
    today = today_of(person, community, int(skip) if skip.isdecimal() and len(skip) < 4 else 0)
    return render(request, "desk/today.html", {"community": community, "person": person, "today": today})


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def changed_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not may_open_desk(person, community):
        raise PermissionDenied
    title, lines = all_changed(person, community)
    return _lines_page(request, {"community": community, "title": title, "eyebrow": _("What changed")}, lines)


@admits(Admission.FOLLOWERS, get=200)
@require_GET
def stuck_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not may_open_desk(person, community):
        raise PermissionDenied
    lines = all_stuck(person, community)
    words = {"title": how_many_are_stuck(len(lines)), "eyebrow": _("What is stuck")}
    return _lines_page(request, {"community": community, **words}, lines)


def _lines_page(request: HttpRequest, context: dict[str, object], lines: list[Line]) -> HttpResponse:
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/lines.html", {**context, "page": page})
