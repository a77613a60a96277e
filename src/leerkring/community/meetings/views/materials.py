from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import actions, queries
from leerkring.community.meetings.filetypes import MAX_BYTES
from leerkring.community.meetings.forms import MaterialForm
from leerkring.community.meetings.models import Material
from leerkring.community.meetings.views.fetch import attempt, led_meeting, meeting_or_404
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

FORM_AROUND_FILE = 1024 * 1024


@admits(Admission.LEADERS, get=200, post=422)
@csrf_exempt
@require_http_methods(["GET", "POST"])
def material_add(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Turns an upload that is too large away before its body is read; the token is checked right after."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + FORM_AROUND_FILE:
        community, meeting = led_meeting(request, slug, meeting_id)
        form = MaterialForm(initial={"label": meeting.label})
        context: dict[str, Any] = {"community": community, "meeting": meeting, "form": form, "too_large": True}
        return render(request, "meetings/material_form.html", context, status=413)
    return _material_add(request, slug, meeting_id)


@csrf_protect
def _material_add(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    if not meeting.keeps_text:
        toasts.refuse(request, _("An intervisie keeps no text and no files. What is said here stays here."))
        context: dict[str, Any] = {"community": community, "meeting": meeting, "form": None}
        return render(request, "meetings/material_form.html", context, status=200 if request.method == "GET" else 422)
    form = MaterialForm(initial={"label": meeting.label})
    if request.method == "POST":
        form = MaterialForm(request.POST, request.FILES)
        by = signed_in_person(request)
        if form.is_valid() and attempt(form, lambda: actions.add_material(meeting=meeting, by=by, **form.cleaned_data)):
            return redirect(reverse("meetings:meeting_page", args=[slug, meeting.pk]) + "#materials")
    context = {"community": community, "meeting": meeting, "form": form}
    return render(request, "meetings/material_form.html", context, status=422 if form.is_bound else 200)


@admits(Admission.READERS, get=302)  # type: ignore[arg-type]
@require_GET
def material_open(request: HttpRequest, slug: str, meeting_id: int, material_id: int) -> HttpResponseBase:
    """The file, to keep and never to run: as an attachment, with the type that its content has. A link is followed."""
    _community, meeting = meeting_or_404(request, slug, meeting_id)
    return handed_out(get_object_or_404(queries.materials_visible_to(person_of(request), meeting), pk=material_id))


def handed_out(material: Material) -> HttpResponseBase:
    if not material.file:
        return redirect(material.url)
    try:
        content = material.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("This file is not there any more.")) from None
    response = FileResponse(
        content, as_attachment=True, filename=material.file_name, content_type=material.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@admits(Admission.LEADERS, post=302)
@require_POST
def material_remove(request: HttpRequest, slug: str, meeting_id: int, material_id: int) -> HttpResponse:
    _community, meeting = led_meeting(request, slug, meeting_id)
    material = get_object_or_404(queries.materials_visible_to(person_of(request), meeting), pk=material_id)
    actions.remove_material(material=material, by=signed_in_person(request))
    toasts.say(
        request,
        _("%(title)s is taken away.") % {"title": material.title},
        undo=reverse("meetings:material_restore", args=[slug, meeting.pk, material.pk]),
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def material_restore(request: HttpRequest, slug: str, meeting_id: int, material_id: int) -> HttpResponse:
    _community, meeting = led_meeting(request, slug, meeting_id)
    material = get_object_or_404(queries.materials_to_restore(meeting), pk=material_id)
    actions.restore_material(material=material, by=signed_in_person(request))
    return redirect("meetings:meeting_page", slug, meeting.pk)
