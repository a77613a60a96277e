from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet

from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, queries
from leerkring.direction.programmes.completion.models import Certificate, CompletionException, WrongCertificateCode
from leerkring.direction.programmes.completion.tally import Tally, tally
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.platform import clock


def standing_exceptions(edition: Edition) -> QuerySet[CompletionException]:
    exceptions = CompletionException.objects.filter(enrolment__edition=edition, taken_back_at__isnull=True)
    return exceptions.select_related("made_by")


def exceptions_of(enrolment: Enrolment) -> QuerySet[CompletionException]:
    """Also those that were taken back, the last one first."""
    exceptions = CompletionException.objects.filter(enrolment=enrolment)
    return exceptions.select_related("made_by", "taken_back_by").order_by("-made_at", "-id")


def enrolments_to_weigh(edition: Edition) -> QuerySet[Enrolment]:
    """Who takes part, and who was counted before; who stepped out of their own accord is left in peace."""
    counted = Q(state=EnrolmentState.LEFT, meetings_count__isnull=False)
    return queries.enrolments_of(edition).filter(Q(state__in=queries.TAKING_PART) | counted)


def counted_enrolments(edition: Edition) -> QuerySet[Enrolment]:
    """Whom the edition was completed for, whatever came of it."""
    states = (EnrolmentState.COMPLETED, EnrolmentState.LEFT)
    return Enrolment.objects.filter(edition=edition, meetings_count__isnull=False, state__in=states)


def tallies_of(
    edition: Edition,
    enrolments: Iterable[Enrolment],
    meetings: list[Meeting] | None = None,
    attendances: Iterable[Attendance] | None = None,
) -> dict[int, Tally]:
    """What each of these enrolments comes to, by its id. Give what counts for the edition where it was read already."""
    if meetings is None:
        meetings = list(queries.meetings_of_edition(edition))
    noted: defaultdict[int, list[Attendance]] = defaultdict(list)
    for attendance in queries.attendances_in(edition) if attendances is None else attendances:
        noted[attendance.person_id].append(attendance)
    exceptions = {exception.enrolment_id: exception for exception in standing_exceptions(edition)}
    needed = edition.fully_from_count
    return {e.pk: tally(meetings, noted[e.person_id], needed, exceptions.get(e.pk)) for e in enrolments}


def tally_of(enrolment: Enrolment) -> Tally:
    """What the enrolment of one person comes to."""
    edition = enrolment.edition
    exception = exceptions_of(enrolment).filter(taken_back_at__isnull=True).first()
    noted = queries.attendances_in(edition).filter(person=enrolment.person_id)
    return tally(queries.meetings_of_edition(edition), noted, edition.fully_from_count, exception)


def editions_with(meeting_id: int) -> QuerySet[Edition]:
    """Editions that were completed already and for which this meeting counts."""
    editions = Edition.objects.filter(meetings=meeting_id, enrolments__meetings_count__isnull=False)
    return editions.select_related("programme__community").distinct()


def completed_edition(edition_id: int) -> Edition | None:
    """The edition, if somebody completed it already."""
    editions = Edition.objects.filter(pk=edition_id, enrolments__meetings_count__isnull=False)
    return editions.select_related("programme__community").first()


def standing_certificates(edition: Edition) -> QuerySet[Certificate]:
    return _certificates().filter(edition=edition, revoked_at__isnull=True)


def certificates_of(enrolment: Enrolment) -> QuerySet[Certificate]:
    """Revoked ones too, the newest first."""
    return _certificates().filter(enrolment=enrolment).order_by("-issued_at", "-id")


def enrolments_to_certify(edition: Edition) -> QuerySet[Enrolment]:
    """Completed, fully or partly, and without a certificate that stands."""
    standing = standing_certificates(edition).exclude(enrolment=None).values("enrolment")
    return queries.enrolments_of(edition).filter(state=EnrolmentState.COMPLETED).exclude(pk__in=standing)


def certificates_visible_to(person: Person | None, community: Community) -> QuerySet[Certificate]:
    """The team sees those of its programme, everybody their own."""
    certificates = _certificates().filter(programme__community=community.root_pk)
    if access.may_open_editions(person, community):
        return certificates
    return certificates.filter(person=person) if person is not None else certificates.none()


def certificate_with(code: str) -> Certificate | None:
    """By its code, whoever asks: who has the code, has the paper."""
    return _certificates().filter(code=code).first()


def certificate_numbered(certificate_id: int) -> Certificate | None:
    return _certificates().filter(pk=certificate_id).first()


def certificates_to_forget() -> QuerySet[Certificate]:
    """Those that still name somebody who left."""
    gone = Q(person__isnull=True) | Q(person__left_at__isnull=False)
    return Certificate.objects.filter(gone).exclude(name="")


def recent_guesses(within: timedelta) -> QuerySet[WrongCertificateCode]:
    return WrongCertificateCode.objects.filter(at__gt=clock.now() - within)


def _certificates() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("person", "edition", "programme__community", "enrolment__person")
