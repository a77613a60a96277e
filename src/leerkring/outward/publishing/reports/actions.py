from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.outward.publishing.reports import access
from leerkring.outward.publishing.reports.enums import OWN_LABEL, Audience
from leerkring.outward.publishing.reports.facts import ReportMade, ReportReleased, ReportWithdrawn
from leerkring.outward.publishing.reports.gathering import Subject, gathered
from leerkring.outward.publishing.reports.models import Report
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def make_report(*, programme: Programme, edition: Edition | None, audience: Audience, by: Person) -> Report:
    """Count and list everything now, and keep it as it is. The team reads it first; release it for the others.

    Raises PermissionDenied, and Refused for an edition of another programme.
    """
    _require(access.may_make_reports(by, programme.community))
    if edition is not None and edition.programme_id != programme.pk:
        raise Refused(_("This edition belongs to another programme."))
    with transaction.atomic():
        report = Report.objects.create(
            community=programme.community,
            label=OWN_LABEL[audience],
            edition=edition,
            audience=audience,
            data=gathered(Subject(programme, edition, audience)),
            made_at=clock.now(),
            made_by=by,
        )
        facts.record(
            ReportMade(
                community_id=programme.community_id,
                by_id=by.pk,
                report_id=report.pk,
                edition_id=edition.pk if edition else None,
            )
        )
    return report


def release_report(*, report: Report, by: Person) -> None:
    """Let those for whom it is made read it. Twice is once. Raises PermissionDenied."""
    _require(access.may_make_reports(by, report.community))
    with transaction.atomic():
        theirs = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if theirs.is_released:
            return
        report.released_at, report.released_by = clock.now(), by
        report.save(update_fields=["released_at", "released_by"])
        facts.record(ReportReleased(community_id=report.community_id, by_id=by.pk, report_id=report.pk))


def withdraw_report(*, report: Report, by: Person) -> None:
    """The inverse of `release_report`: only the team reads it again. Twice is once. Raises PermissionDenied."""
    _require(access.may_make_reports(by, report.community))
    with transaction.atomic():
        theirs = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not theirs.is_released:
            return
        report.released_at = report.released_by = None
        report.save(update_fields=["released_at", "released_by"])
        facts.record(ReportWithdrawn(community_id=report.community_id, by_id=by.pk, report_id=report.pk))


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
