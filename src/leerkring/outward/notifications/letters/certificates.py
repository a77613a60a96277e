"""Certificates: yours is ready, or it no longer holds."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.direction.programmes.completion import queries as completion
from leerkring.direction.programmes.completion.facts import CertificateIssued, CertificateRevoked
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.enums import Completion
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs

CERTIFICATE = kinds.add(
    "certificate",
    gettext_lazy("Your certificate"),
    gettext_lazy("You completed this edition."),
    may_be_muted=False,
)


@facts.beside(CertificateIssued)
def certificate_issued(fact: CertificateIssued) -> None:
    enqueue("notifications.tell_certificate", certificate_id=fact.certificate_id)


@facts.beside(CertificateRevoked)
def certificate_revoked(fact: CertificateRevoked) -> None:
    enqueue("notifications.tell_revocation", certificate_id=fact.certificate_id)


@jobs.job("notifications.tell_certificate")
def tell_certificate(*, certificate_id: int) -> None:
    certificate = completion.certificate_numbered(certificate_id)
    if certificate is not None and not certificate.is_revoked:
        _tell(certificate, "issued")


@jobs.job("notifications.tell_revocation")
def tell_revocation(*, certificate_id: int) -> None:
    """Nothing when another one took its place: that letter says it."""
    certificate = completion.certificate_numbered(certificate_id)
    if certificate is None or certificate.enrolment is None:
        return
    if all(row.is_revoked for row in completion.certificates_of(certificate.enrolment)):
        _tell(certificate, "revoked")


def _tell(certificate: Certificate, moment: str) -> None:
    edition, person = certificate.edition, certificate.person
    if edition is None or person is None:
        return
    notify(
        person=person,
        kind=CERTIFICATE,
        key=f"certificate:{certificate.pk}:{moment}",
        community=edition.community,
        about=edition.name,
        words=lambda: _issued(certificate) if moment == "issued" else _revoked(certificate),
    )


def _issued(certificate: Certificate) -> Words:
    said = {"name": certificate.data["edition"]}
    is_full = certificate.completion == Completion.FULLY
    return Words(
        subject=_("Your certificate of %(name)s is ready") % said,
        text=[
            _("You completed %(name)s fully.") % said if is_full else _("You completed %(name)s partly.") % said,
            _("It is a PDF, in Dutch and in English. Keep it; whoever you show it to can check it with the code."),
        ],
        facts=[(_("Number"), certificate.number), (_("Check it"), _check_page_of(certificate))],
        action=Link(_("Get your certificate"), _own_page_of(certificate)),
    )


def _revoked(certificate: Certificate) -> Words:
    return Words(
        subject=_("Your certificate %(number)s no longer holds") % {"number": certificate.number},
        text=[
            _("The programme team revoked it. Who checks it reads that it no longer holds."),
            _("Do you have a question about it? Ask the programme team."),
        ],
        facts=[(_("Reason"), certificate.revoke_reason)],
        action=Link(_("See how it stands with you"), _own_page_of(certificate)),
    )


def _own_page_of(certificate: Certificate) -> str:
    slug = certificate.edition.community.slug if certificate.edition else ""
    return settings.BASE_URL + reverse("programmes:completion_mine", args=[slug, certificate.edition_id])


def _check_page_of(certificate: Certificate) -> str:
    return settings.BASE_URL + reverse("programmes:certificate_check", args=[certificate.spelled_code])
