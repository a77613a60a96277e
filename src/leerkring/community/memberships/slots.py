from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships import access, queries
from leerkring.community.memberships.forms import AdminForm
from leerkring.community.memberships.requests import person_of
from leerkring.community.people.models import Organisation, Person
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _sees_people(person: Any, community: Any) -> bool:
    return person is not None and community is not None and access.may_see_people(person, community)


def _in_demo(person: Any, community: Any) -> bool:
    return bool(settings.DEMO)


slots.nav(
    NavItem(_("People"), "memberships:people_page", order=60, shown=_sees_people),
    NavItem(
        _("Be somebody else (demo)"), "memberships:demo_page", order=80, everywhere=True, place="person", shown=_in_demo
    ),
)


@slots.fill("profile_page", order=10)
def own_programmes(request: HttpRequest, person: Person, **more: Any) -> str:
    """The programmes of the person, with a way to choose the level in each."""
    context = {"memberships": queries.programmes_of(person), "admin_of": queries.admin_rights_of(person)}
    return render_to_string("memberships/own_programmes.html", context, request)


@slots.fill("profile_end", order=90)
def leaving(request: HttpRequest, **more: Any) -> str:
    return render_to_string("memberships/leaving.html", {}, request)


@slots.fill("sign_in_page", order=10)
def demo_cast(request: HttpRequest, **more: Any) -> str | None:
    return render_to_string("memberships/demo_way.html", {}, request) if settings.DEMO else None


@slots.fill("platform_page", order=10)
def platform_people(request: HttpRequest, **more: Any) -> str:
    context = {"admins": queries.platform_admins(), "person": person_of(request)}
    return render_to_string("memberships/platform_admins.html", context, request)


@slots.fill("organisation_page", order=10)
def organisation_admins(request: HttpRequest, organisation: Organisation, **more: Any) -> str:
    context = {"organisation": organisation, "admins": queries.admins_of(organisation), "form": AdminForm()}
    return render_to_string("memberships/organisation_admins.html", context, request)
