from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.completion import access, actions, codes, queries, words
from leerkring.direction.programmes.completion.forms import CodeForm, ExceptionForm, RevokeForm
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.completion.paper import paper_of
from leerkring.direction.programmes.completion.showing import lines_in_words, overview_of
from leerkring.direction.programmes.enums import Completion
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.direction.programmes.views.fetch import attempt, edition_or_404, led_edition
from leerkring.platform.admission import Admission, admits
from leerkring.platform.documents import made
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

LANGUAGES = ("nl", "en")
TOO_MANY = 429


@admits(Admission.SIGNED_IN, get=200)
@require_GET
def completion_mine(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """One's own page of an edition: what one attended, what that comes to, and the certificate."""
    community, edition = edition_or_404(request, slug, edition_id)
    enrolment = programmes.enrolment_of(signed_in_person(request), edition)
    context: dict[str, Any] = {"community": community, "edition": edition, "own": enrolment}
    if enrolment is not None:
        tally = queries.tally_of(enrolment)
        certificates = list(queries.certificates_of(enrolment))
        context |= {
            "tally": tally,
            "heading": words.heading(enrolment, tally),
            "explanation": words.explanation(enrolment, tally),
            "lines": lines_in_words(tally),
            "certificate": next((row for row in certificates if not row.is_revoked), None),
            "revoked": [row for row in certificates if row.is_revoked],
            "languages": LANGUAGES,
        }
    return render(request, "programmes/completion/mine.html", context)


@admits(Admission.TEAM, get=200)
@require_GET
def completion_page(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """Everybody of an edition with what it comes to, exceptions and certificates."""
    community, edition = led_edition(request, slug, edition_id)
    context = {"community": community, "edition": edition, "overview": overview_of(edition)}
    return render(request, "programmes/completion/page.html", context)


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def exception_make(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    community, edition, enrolment = _enrolment_or_404(request, slug, edition_id, enrolment_id)
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    person = signed_in_person(request)
    if form.is_valid():
        completion, reason = Completion(form.cleaned_data["completion"]), form.cleaned_data["reason"]
        if attempt(
            form,
            lambda: actions.make_exception(enrolment=enrolment, completion=completion, reason=reason, by=person),
        ):
            toasts.say(request, _("The exception for %(name)s stands.") % {"name": enrolment.person.name})
            return redirect("programmes:completion_page", slug, edition.pk)
    tally = queries.tally_of(enrolment)
    context = {
        "community": community,
        "edition": edition,
        "enrolment": enrolment,
        "form": form,
        "tally": tally,
        "exceptions": list(queries.exceptions_of(enrolment)),
    }
    return render(request, "programmes/completion/exception.html", context, status=422 if form.is_bound else 200)


@admits(Admission.TEAM, post=302)
@require_POST
def exception_take_back(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    _community, edition, enrolment = _enrolment_or_404(request, slug, edition_id, enrolment_id)
    actions.take_exception_back(enrolment=enrolment, by=signed_in_person(request))
    toasts.say(request, _("The rule counts again for %(name)s.") % {"name": enrolment.person.name})
    return redirect("programmes:completion_page", slug, edition.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def certificates_issue(request: HttpRequest, slug: str, edition_id: int) -> HttpResponse:
    """To everybody at once who completed and has none."""
    _community, edition = led_edition(request, slug, edition_id)
    issued = actions.issue_certificates(edition=edition, by=signed_in_person(request))
    said = ngettext("%(count)d certificate is issued.", "%(count)d certificates are issued.", len(issued))
    toasts.say(request, said % {"count": len(issued)})
    return redirect("programmes:completion_page", slug, edition.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def certificate_issue(request: HttpRequest, slug: str, edition_id: int, enrolment_id: int) -> HttpResponse:
    _community, edition, enrolment = _enrolment_or_404(request, slug, edition_id, enrolment_id)
    try:
        actions.issue_certificate(enrolment=enrolment, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("The certificate of %(name)s is issued.") % {"name": enrolment.person.name})
    return redirect("programmes:completion_page", slug, edition.pk)


@admits(Admission.SIGNED_IN, get=200)
@never_cache
@require_GET
def certificate_download(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    """The paper, for who it is about and for the team; `?language=en` for English."""
    _community, certificate = _certificate_or_404(request, slug, certificate_id)
    asked = request.GET.get("language") or get_language() or ""
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    if not certificate.holder or certificate.is_revoked:
        toasts.refuse(request, _("This certificate was revoked, or its name was removed. There is no paper of it."))
        return redirect("programmes:certificate_check", certificate.spelled_code)
    response = HttpResponse(made(paper_of(certificate, language)), content_type="application/pdf")
    name = slugify(certificate.holder)[:60] or "leerkring"
    response["Content-Disposition"] = f'inline; filename="certificate-{certificate.number}-{name}.pdf"'
    return response


@admits(Admission.TEAM, get=200, post=422)
@require_http_methods(["GET", "POST"])
def certificate_revoke(request: HttpRequest, slug: str, certificate_id: int) -> HttpResponse:
    community, certificate = _certificate_or_404(request, slug, certificate_id)
    person = signed_in_person(request)
    if not access.may_revoke(person, certificate):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    form = RevokeForm(request.POST if request.method == "POST" else None, initial={"again": True})
    if form.is_valid():
        act = actions.reissue_certificate if form.cleaned_data["again"] else actions.revoke_certificate
        if attempt(form, lambda: act(certificate=certificate, reason=form.cleaned_data["reason"], by=person)):
            toasts.say(request, _("Certificate %(number)s is revoked.") % {"number": certificate.number})
            return _back(certificate, slug)
    context = {"community": community, "certificate": certificate, "form": form}
    return render(request, "programmes/completion/revoke.html", context, status=422 if form.is_bound else 200)


@admits(Admission.EVERYONE, get=200, post=422)
@require_http_methods(["GET", "POST"])
def certificates_check(request: HttpRequest) -> HttpResponse:
    """Where one types the code of a certificate that lies on the table."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = codes.read_code(form.cleaned_data["code"])
        if code:
            return redirect("programmes:certificate_check", Certificate(code=code).spelled_code)
        form.add_error("code", _("Type the letters and digits of the code."))
    status = 422 if form.is_bound else 200
    return render(request, "programmes/completion/check_form.html", {"form": form}, status=status)


@admits(Admission.EVERYONE, get=200)
@never_cache
@require_GET
def certificate_check(request: HttpRequest, certificate_code: str) -> HttpResponse:
    """Whether a certificate is genuine: what the paper says and whether it still holds, and nothing more."""
    device = device_of(request)
    certificate, refusal, status = None, "", 200
    try:
        certificate = codes.certificate_behind(code=certificate_code, device=device)
    except codes.TooManyGuesses as wait:
        refusal, status = wait.message, TOO_MANY
    else:
        status = 200 if certificate else 404
    context = {
        "certificate": certificate,
        "refusal": refusal,
        "code": Certificate(code=codes.read_code(certificate_code)).spelled_code,
        "form": CodeForm(),
        **(_as_on_paper(certificate) if certificate else {}),
    }
    response = render(request, "programmes/completion/check.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    if certificate is None:
        remember_device(response, device)
    return response


def _as_on_paper(certificate: Certificate) -> dict[str, object]:
    language = get_language() or LANGUAGES[0]
    return {"paper": paper_of(certificate, language).data}


def _enrolment_or_404(
    request: HttpRequest, slug: str, edition_id: int, enrolment_id: int
) -> tuple[Community, Edition, Enrolment]:
    """For the team only; 403 for who can read the edition."""
    community, edition = led_edition(request, slug, edition_id)
    return community, edition, get_object_or_404(programmes.enrolments_of(edition), pk=enrolment_id)


def _certificate_or_404(request: HttpRequest, slug: str, certificate_id: int) -> tuple[Community, Certificate]:
    community = community_or_404(request, slug)
    visible = queries.certificates_visible_to(person_of(request), community)
    return community, get_object_or_404(visible, pk=certificate_id)


def _back(certificate: Certificate, slug: str) -> HttpResponse:
    if certificate.edition_id is None:
        return redirect("programmes:editions_page", slug)
    return redirect("programmes:completion_page", slug, certificate.edition_id)
