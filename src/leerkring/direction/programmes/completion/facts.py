from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EnrolmentFact(Fact):
    edition_id: int
    enrolment_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ExceptionMade(EnrolmentFact):
    exception_id: int


@dataclass(frozen=True, kw_only=True)
class ExceptionTakenBack(EnrolmentFact):
    exception_id: int


@dataclass(frozen=True, kw_only=True)
class CompletionRecounted(Fact):
    """Attendance was corrected later on, and what somebody completed changed with it."""

    edition_id: int
    enrolment_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(EnrolmentFact):
    certificate_id: int


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Fact):
    edition_id: int | None
    person_id: int | None
    certificate_id: int


@dataclass(frozen=True, kw_only=True)
class CertificatesForgotten(Fact):
    """Name and meetings went from the certificates of people who left."""

    certificate_ids: list[int]
