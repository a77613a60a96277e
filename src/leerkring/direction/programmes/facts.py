from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ProgrammeStarted(Fact):
    programme_id: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(Fact):
    programme_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class EditionOpened(Fact):
    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionChanged(Fact):
    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionMoved(Fact):
    edition_id: int
    before: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Enrolled(Fact):
    edition_id: int
    enrolment_id: int
    person_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentMoved(Fact):
    edition_id: int
    enrolment_id: int
    person_id: int
    before: str
    state: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentsCompleted(Fact):
    edition_id: int
    fully_count: int
    partly_count: int
    left_count: int


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Fact):
    cycle_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class CycleClosed(Fact):
    cycle_id: int
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationChanged(Fact):
    """How people register for an edition: for whom it is open, who says yes, how long an offer stands, the texts."""

    edition_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationAsked(Fact):
    """A visitor filled in the form; nothing stands until the click in the mail."""

    edition_id: int
    registration_id: int


@dataclass(frozen=True, kw_only=True)
class CallMade(Fact):
    edition_id: int
    call_id: int


@dataclass(frozen=True, kw_only=True)
class CallChanged(Fact):
    edition_id: int
    call_id: int


@dataclass(frozen=True, kw_only=True)
class CallMailed(Fact):
    """The team asked us to mail a call to its contact."""

    edition_id: int
    call_id: int


@dataclass(frozen=True, kw_only=True)
class CallSaidSent(Fact):
    """Somebody of the team sent a call by hand."""

    edition_id: int
    call_id: int


@dataclass(frozen=True, kw_only=True)
class ForwardingAsked(Fact):
    """Members were asked to pass a call on to their colleagues."""

    edition_id: int
    call_id: int
    person_ids: list[int]


@dataclass(frozen=True, kw_only=True)
class PlaceOffered(Fact):
    """`by_id` is None when the list moved up by itself."""

    edition_id: int
    enrolment_id: int
    offer_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PlaceAccepted(Fact):
    edition_id: int
    enrolment_id: int
    offer_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PlaceDeclined(Fact):
    edition_id: int
    enrolment_id: int
    offer_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OfferLapsed(Fact):
    edition_id: int
    enrolment_id: int
    offer_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(Fact):
    edition_id: int
    enrolment_id: int
    offer_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class WaitingRenewed(Fact):
    """Who did not answer in time wants to stay on the waiting list, now at its end."""

    edition_id: int
    enrolment_id: int
    person_id: int
