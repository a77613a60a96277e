from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.direction.programmes import rules
from leerkring.direction.programmes.completion import access, queries
from leerkring.direction.programmes.completion.actions.counting import locked, recounted
from leerkring.direction.programmes.completion.facts import ExceptionMade, ExceptionTakenBack
from leerkring.direction.programmes.completion.models import CompletionException
from leerkring.direction.programmes.enums import Completion
from leerkring.direction.programmes.models import Enrolment
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def make_exception(*, enrolment: Enrolment, completion: Completion, reason: str, by: Person) -> CompletionException:
    """Decide otherwise than the rule for one person, with a reason that the person reads. Another one replaces it.

    A certificate that was issued stays as it is until it is issued anew. Raises PermissionDenied, and Refused without
    a reason or for somebody who stepped out.
    """
    edition = enrolment.edition
    rules.require(access.may_decide_completion(by, edition))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused(_("Give the reason: the person reads it."))
    with transaction.atomic():
        locked(edition)
        if not queries.enrolments_to_weigh(edition).filter(pk=enrolment.pk).exists():
            raise Refused(_("This person does not take part. Confirm them first."))
        standing = CompletionException.objects.filter(enrolment=enrolment, taken_back_at__isnull=True)
        standing.update(taken_back_by=by, taken_back_at=clock.now())
        exception = CompletionException(
            enrolment=enrolment, completion=completion, reason=reason, made_by=by, made_at=clock.now()
        )
        check_fields(exception)
        exception.save()
        _recount(enrolment)
        facts.record(
            ExceptionMade(
                community_id=edition.community.pk,
                by_id=by.pk,
                edition_id=edition.pk,
                enrolment_id=enrolment.pk,
                person_id=enrolment.person_id,
                exception_id=exception.pk,
            )
        )
    return exception


def take_exception_back(*, enrolment: Enrolment, by: Person) -> None:
    """The rule counts again; what was decided stays to read. Twice is once. Raises PermissionDenied."""
    edition = enrolment.edition
    rules.require(access.may_decide_completion(by, edition))
    with transaction.atomic():
        locked(edition)
        exception = CompletionException.objects.filter(enrolment=enrolment, taken_back_at__isnull=True).first()
        if exception is None:
            return
        exception.taken_back_by, exception.taken_back_at = by, clock.now()
        exception.save(update_fields=["taken_back_by", "taken_back_at"])
        _recount(enrolment)
        facts.record(
            ExceptionTakenBack(
                community_id=edition.community.pk,
                by_id=by.pk,
                edition_id=edition.pk,
                enrolment_id=enrolment.pk,
                person_id=enrolment.person_id,
                exception_id=exception.pk,
            )
        )


def _recount(enrolment: Enrolment) -> None:
    edition = enrolment.edition
    certified = queries.standing_certificates(edition).filter(enrolment=enrolment).exists()
    if not certified:
        recounted(edition, queries.counted_enrolments(edition).filter(pk=enrolment.pk))
    enrolment.refresh_from_db()
