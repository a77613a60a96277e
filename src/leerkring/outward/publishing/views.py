from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.outward.publishing import access, actions, queries
from leerkring.outward.publishing.forms import ContactForm
from leerkring.outward.publishing.front import front_of
from leerkring.outward.publishing.publications import queries as publications
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

PAGE_SIZE = 50
NEWEST = 3
SECURITY_TXT_LASTS = timedelta(days=180)


@admits(Admission.READERS, get=200)
@require_GET
def programme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a programme for anybody; it shows what is public, also to who may read more."""
    community = community_or_404(request, slug)
    person = person_of(request)
    is_team = access.may_read_messages(person, community)
    context = {
        "community": community,
        "front": front_of(community),
        "newest": list(publications.public_publications(community)[:NEWEST]),
        "form": ContactForm(),
        "belongs": standing_of(person).belongs_to(community),
        "is_team": is_team,
        "waiting_count": queries.waiting_messages(community).count() if is_team else 0,
        "address": settings.BASE_URL + request.path,
    }
    return render(request, "publishing/programme_page.html", context)


@admits(Admission.EVERYONE, get=200, post=422)
@require_http_methods(["GET", "POST"])
def contact_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to the team of a programme, with or without an account."""
    community = community_or_404(request, slug)
    if request.method == "GET":
        return render(request, "publishing/contact_page.html", {"community": community, "form": ContactForm()})
    form, device = ContactForm(request.POST), device_of(request)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.send_message(
                community=community,
                name=said["name"],
                address=said["address"],
                text=said["text"],
                device=device,
                by=person_of(request),
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            response: HttpResponse = redirect("publishing:contact_sent", slug=slug)
            remember_device(response, device)
            return response
    form.make_ready()
    response = render(request, "publishing/contact_page.html", {"community": community, "form": form}, status=422)
    remember_device(response, device)
    return response


@admits(Admission.READERS, get=200)
@require_GET
def contact_sent(request: HttpRequest, slug: str) -> HttpResponse:
    community = community_or_404(request, slug)
    return render(request, "publishing/contact_sent.html", {"community": community})


def _team(request: HttpRequest, slug: str) -> tuple[Community, Person]:
    """The programme and who asks, if that is somebody of its team."""
    community = community_or_404(request, slug)
    person = signed_in_person(request)
    if not access.may_read_messages(person, community):
        raise PermissionDenied(_("Messages are for the programme team."))
    return community, person


@admits(Admission.TEAM, get=200)
@require_GET
def messages_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What visitors wrote to the team: what waits first."""
    community, _person = _team(request, slug)
    context = {
        "community": community,
        "page": Paginator(queries.messages_of(community), PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting_count": queries.waiting_messages(community).count(),
    }
    return render(request, "publishing/messages_page.html", context)


@admits(Admission.TEAM, post=302)
@require_POST
def message_handle(request: HttpRequest, slug: str, message_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    message = get_object_or_404(queries.messages_of(community), pk=message_id)
    actions.handle_message(message=message, by=person)
    back = reverse("publishing:message_put_back", kwargs={"slug": slug, "message_id": message_id})
    toasts.say(request, _("The message from %(name)s is dealt with.") % {"name": message.name}, undo=back)
    return redirect("publishing:messages_page", slug=slug)


@admits(Admission.TEAM, post=302)
@require_POST
def message_put_back(request: HttpRequest, slug: str, message_id: int) -> HttpResponse:
    community, person = _team(request, slug)
    message = get_object_or_404(queries.messages_of(community), pk=message_id)
    actions.put_message_back(message=message, by=person)
    return redirect("publishing:messages_page", slug=slug)


@admits(Admission.EVERYONE, get=200)
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weak spot (RFC 9116)."""
    expires = (clock.now() + SECURITY_TXT_LASTS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@admits(Admission.EVERYONE, get=200)
@require_GET
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Public pages may be found; doors need not be."""
    closed = ["/sign-in/", "/join/", "/demo/", "/profile/", "/platform/", "/*/contact/"]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in closed]]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
