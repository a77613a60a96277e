from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.direction.programmes.queries import programme_of
from leerkring.outward.publishing.reports import access, actions, queries
from leerkring.outward.publishing.reports.enums import Audience
from leerkring.outward.publishing.reports.files import paper_of, workbook_of
from leerkring.outward.publishing.reports.forms import ReportForm
from leerkring.outward.publishing.reports.models import Report
from leerkring.platform.admission import Admission, admits
from leerkring.platform.documents import made
from leerkring.platform.ui import toasts

LANGUAGES = ("nl", "en")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admits(Admission.READERS, get=200)
@require_GET
def reports_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _list_page(request, community_or_404(request, slug))


@admits(Admission.TEAM, post=422)
@require_POST
def report_make(request: HttpRequest, slug: str) -> HttpResponse:
    community = _led_community(request, slug)
    person = signed_in_person(request)
    form = ReportForm(request.POST, editions=queries.editions_to_report_on(person, community))
    if not form.is_valid():
        return _list_page(request, community, form)
    report = actions.make_report(
        programme=programme_of(community),
        edition=form.cleaned_data["edition"],
        audience=Audience(form.cleaned_data["audience"]),
        by=person,
    )
    toasts.say(request, _("The report is made. Read it, and release it when it is right."))
    return redirect("publishing:report_page", slug, report.pk)


@admits(Admission.READERS, get=200)
@require_GET
def report_page(request: HttpRequest, slug: str, report_id: int) -> HttpResponse:
    community, report = _report_or_404(request, slug, report_id)
    context = {
        "community": community,
        "report": report,
        "said": report.said,
        "is_team": access.may_make_reports(person_of(request), community),
    }
    return render(request, "publishing/reports/report.html", context)


@admits(Admission.READERS, get=200)
@require_GET
def report_pdf(request: HttpRequest, slug: str, report_id: int) -> HttpResponse:
    _community, report = _report_or_404(request, slug, report_id)
    return _file(report, made(paper_of(report, _language(request))), "application/pdf", "pdf")


@admits(Admission.READERS, get=200)
@require_GET
def report_workbook(request: HttpRequest, slug: str, report_id: int) -> HttpResponse:
    _community, report = _report_or_404(request, slug, report_id)
    return _file(report, workbook_of(report, _language(request)), XLSX, "xlsx")


@admits(Admission.TEAM, post=302)
@require_POST
def report_release(request: HttpRequest, slug: str, report_id: int) -> HttpResponse:
    _community, report = _report_or_404(request, slug, report_id)
    actions.release_report(report=report, by=signed_in_person(request))
    back = reverse("publishing:report_withdraw", args=[slug, report.pk])
    toasts.say(request, _("Those it is meant for can read it now."), undo=back)
    return redirect("publishing:report_page", slug, report.pk)


@admits(Admission.TEAM, post=302)
@require_POST
def report_withdraw(request: HttpRequest, slug: str, report_id: int) -> HttpResponse:
    _community, report = _report_or_404(request, slug, report_id)
    actions.withdraw_report(report=report, by=signed_in_person(request))
    toasts.say(request, _("Only the team reads it now."))
    return redirect("publishing:report_page", slug, report.pk)


def _list_page(request: HttpRequest, community: Community, form: ReportForm | None = None) -> HttpResponse:
    person = person_of(request)
    is_team = access.may_make_reports(person, community)
    if form is None and is_team:
        form = ReportForm(editions=queries.editions_to_report_on(person, community), initial=request.GET)
    context = {
        "community": community,
        "reports": list(queries.reports_visible_to(person, community)),
        "form": form,
        "is_team": is_team,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "publishing/reports/reports.html", context, status=status)


def _report_or_404(request: HttpRequest, slug: str, report_id: int) -> tuple[Community, Report]:
    community = community_or_404(request, slug)
    return community, get_object_or_404(queries.reports_visible_to(person_of(request), community), pk=report_id)


def _led_community(request: HttpRequest, slug: str) -> Community:
    community = community_or_404(request, slug)
    if not access.may_make_reports(person_of(request), community):
        raise PermissionDenied(_("Reports are made by the programme team."))
    return community


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language") or get_language() or ""
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _file(report: Report, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"report-{report.community.slug}-{report.made_at:%Y-%m-%d}-{report.audience}.{ending}"
    way = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    return response
