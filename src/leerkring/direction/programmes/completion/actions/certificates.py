from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.direction.programmes import rules
from leerkring.direction.programmes.completion import access, codes, queries
from leerkring.direction.programmes.completion.actions.counting import locked, recounted
from leerkring.direction.programmes.completion.facts import (
    CertificateIssued,
    CertificateRevoked,
    CertificatesForgotten,
)
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.completion.tally import Tally
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment, Programme
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def issue_certificates(*, edition: Edition, by: Person) -> list[Certificate]:
    """Issue a certificate to everybody who completed the edition and has none that stands. Raises PermissionDenied."""
    rules.require(access.may_decide_completion(by, edition))
    with transaction.atomic():
        theirs = locked(edition)
        enrolments = list(queries.enrolments_to_certify(theirs))
        return _issue(theirs, enrolments, queries.tallies_of(theirs, enrolments), by)


def issue_certificate(*, enrolment: Enrolment, by: Person) -> Certificate:
    """Issue it to one person; twice is once. Raises PermissionDenied, and Refused before completion."""
    edition = enrolment.edition
    rules.require(access.may_decide_completion(by, edition))
    with transaction.atomic():
        theirs = locked(edition)
        standing = queries.standing_certificates(theirs).filter(enrolment=enrolment).first()
        if standing is not None:
            return standing
        enrolment.refresh_from_db()
        if enrolment.state != EnrolmentState.COMPLETED:
            raise Refused(_("%(name)s has not completed this edition.") % {"name": enrolment.person.name})
        (certificate,) = _issue(theirs, [enrolment], queries.tallies_of(theirs, [enrolment]), by)
    return certificate


def revoke_certificate(*, certificate: Certificate, reason: str, by: Person) -> None:
    """The paper no longer holds, and whoever checks it is told so; the reason is for the person and the team.

    What the person completed is counted again. Raises PermissionDenied, and Refused without a reason.
    """
    rules.require(access.may_revoke(by, certificate))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Give the reason: the person reads it."))
    if len(reason) > 300:
        raise Refused(_("Say it in 300 signs."))
    with transaction.atomic():
        _revoke(certificate, reason, by)


def reissue_certificate(*, certificate: Certificate, reason: str, by: Person) -> Certificate:
    """Revoke it, and issue another one of what stands now, with a number and a code of its own.

    Raises PermissionDenied, and Refused without a reason or when nothing is completed any more.
    """
    with transaction.atomic():
        revoke_certificate(certificate=certificate, reason=reason, by=by)
        enrolment = certificate.enrolment
        if enrolment is None:
            raise Refused(_("This person is not enrolled any more."))
        enrolment.refresh_from_db()
        return issue_certificate(enrolment=enrolment, by=by)


def forget_holders() -> int:
    """Take name and meetings from the certificates of people who left; the check still knows them by their code."""
    with transaction.atomic():
        certificates = list(queries.certificates_to_forget().select_for_update(of=("self",)))
        for certificate in certificates:
            certificate.name = ""
            certificate.data = {**certificate.data, "meetings": []}
        Certificate.objects.bulk_update(certificates, ["name", "data"])
        if certificates:
            facts.record(
                CertificatesForgotten(
                    community_id=None, by_id=None, certificate_ids=[certificate.pk for certificate in certificates]
                )
            )
    return len(certificates)


def _issue(edition: Edition, enrolments: list[Enrolment], tallies: dict[int, Tally], by: Person) -> list[Certificate]:
    programme = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("community", "host")
        .get(pk=edition.programme_id)
    )
    now, year = clock.now(), clock.today().year
    taken = Certificate.objects.filter(programme=programme, number__startswith=f"{year}-").count()
    about = {
        "programme": programme.community.name,
        "edition": edition.name,
        "host": programme.host.name,
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
    }
    issued = []
    for place, enrolment in enumerate(enrolments, start=taken + 1):
        certificate = Certificate.objects.create(
            programme=programme,
            edition=edition,
            enrolment=enrolment,
            person=enrolment.person,
            name=enrolment.person.name,
            number=f"{year}-{place:04}",
            code=codes.fresh_code(),
            data={**about, **tallies[enrolment.pk].as_data()},
            issued_by=by,
            issued_at=now,
        )
        facts.record(
            CertificateIssued(
                community_id=programme.community_id,
                by_id=by.pk,
                edition_id=edition.pk,
                enrolment_id=enrolment.pk,
                person_id=enrolment.person_id,
                certificate_id=certificate.pk,
            )
        )
        issued.append(certificate)
    return issued


def _revoke(certificate: Certificate, reason: str, by: Person) -> None:
    theirs = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if theirs.is_revoked:
        return
    certificate.revoked_by, certificate.revoked_at, certificate.revoke_reason = by, clock.now(), reason
    certificate.save(update_fields=["revoked_by", "revoked_at", "revoke_reason"])
    if certificate.edition is not None and certificate.enrolment_id is not None:
        own = queries.counted_enrolments(certificate.edition).filter(pk=certificate.enrolment_id)
        recounted(certificate.edition, own)
    facts.record(
        CertificateRevoked(
            community_id=certificate.programme.community_id if certificate.programme else None,
            by_id=by.pk,
            edition_id=certificate.edition_id,
            person_id=certificate.person_id,
            certificate_id=certificate.pk,
        )
    )
