"""Places of an edition: who gets one, who waits, and the offer of a place that came free.

Everything here happens with the edition locked (`locked`), so that of two who take the last place one gets it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leerkring.community.meetings import actions as meetings
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.direction.programmes import access, queries, recruiting, rules
from leerkring.direction.programmes.enums import EditionState, EnrolmentState, OfferAnswer
from leerkring.direction.programmes.facts import (
    EnrolmentMoved,
    OfferLapsed,
    OfferWithdrawn,
    PlaceAccepted,
    PlaceDeclined,
    PlaceOffered,
    WaitingRenewed,
)
from leerkring.direction.programmes.models import Edition, Enrolment, PlaceOffer
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def locked(edition: Edition) -> Edition:
    """The edition as it is now; whoever else wants a place of it waits."""
    return Edition.objects.select_for_update(of=("self",)).select_related("programme__community").get(pk=edition.pk)


def require_place(edition: Edition, state: str, enrolment: Enrolment | None = None) -> None:
    """A place that is held for this person is theirs."""
    if state not in queries.UNDER_WAY or recruiting.free_places(edition) != 0:
        return
    if enrolment is None or recruiting.open_offer_of(enrolment) is None:
        raise Refused(_("All places are taken. Put this person on the waiting list, or make more places."))


def settled(edition: Edition) -> EnrolmentState:
    """In, as long as there is a place; else on the waiting list."""
    if recruiting.free_places(edition) == 0:
        return EnrolmentState.WAITING
    return EnrolmentState.ACTIVE if edition.state == EditionState.RUNNING else EnrolmentState.CONFIRMED


def put_in_state(enrolment: Enrolment, state: str) -> None:
    """What goes with a state: since when somebody waits, and whose manager is no longer anybody's business."""
    if state == EnrolmentState.WAITING:
        enrolment.waiting_since = clock.now()
    if state == EnrolmentState.LEFT:
        enrolment.manager_contact = ""
    enrolment.state = state


def moved(enrolment: Enrolment, before: str, by: Person) -> EnrolmentMoved:
    """The fact that it came from that state into the one it is in."""
    edition = enrolment.edition
    return EnrolmentMoved(
        community_id=edition.community.pk,
        by_id=by.pk,
        edition_id=edition.pk,
        enrolment_id=enrolment.pk,
        person_id=enrolment.person_id,
        before=before,
        state=enrolment.state,
    )


def close_offer(enrolment: Enrolment, answer: OfferAnswer) -> None:
    """What was offered is answered by what happened to the enrolment."""
    enrolment.offers.filter(answered_at__isnull=True).update(answer=answer, answered_at=clock.now())


def take_in(enrolment: Enrolment, by: Person, *, again: bool = False) -> None:
    """Who has a place is a member of the programme, and expected at the meetings that are still to come.

    `again` for who may have had one before, and gave it back.
    """
    if enrolment.state not in queries.UNDER_WAY:
        return
    _let_in(enrolment, by)
    coming = queries.meetings_of_edition(enrolment.edition)
    meetings.expect_participants(meetings=coming, people=[enrolment.person], by=by, again=again)


def _let_in(enrolment: Enrolment, by: Person) -> None:
    """Who takes part in an edition is a member of its programme.

    Where somebody works is written down when the team took them in, when they came by a link of ours, or when it is
    known already: nobody claims an organisation alone.
    """
    community = enrolment.edition.community
    if queries.members_now(community).filter(pk=enrolment.person_id).exists():
        return
    known = enrolment.organisation_id in standing_of(enrolment.person).organisations
    is_vouched_for = known or enrolment.call_id is not None or standing_of(by).is_team(community)
    memberships.let_in(
        community=community,
        person=enrolment.person,
        organisation=enrolment.organisation if is_vouched_for else None,
        unit=enrolment.unit if is_vouched_for else None,
        by=by,
    )


def fill_up(edition: Edition) -> list[PlaceOffer]:
    """Offer every free place to who is next in line, while the edition recruits."""
    free = recruiting.free_places(edition)
    if not free or edition.state != EditionState.RECRUITING:
        return []
    return [_offer(edition, enrolment, None) for enrolment in list(recruiting.next_in_line(edition)[:free])]


def approve(*, enrolment: Enrolment, by: Person) -> Enrolment:
    """Say yes to somebody who applied: in, or on the waiting list when all places are taken meanwhile.

    A second click changes nothing. Raises PermissionDenied and Refused.
    """
    rules.require(access.may_see_enrolments(by, enrolment.edition))
    with transaction.atomic():
        edition = locked(enrolment.edition)
        enrolment.refresh_from_db(fields=["state"])
        before = enrolment.state
        if before != EnrolmentState.APPLIED:
            return enrolment
        _require_open(edition)
        put_in_state(enrolment, settled(edition))
        enrolment.save(update_fields=["state", "waiting_since"])
        take_in(enrolment, by, again=True)
        facts.record(moved(enrolment, before, by))
    return enrolment


def offer_place(*, enrolment: Enrolment, by: Person) -> PlaceOffer:
    """Offer a free place to somebody on the waiting list, out of turn if need be. The team.

    Offered already, that offer stands. Raises PermissionDenied and Refused.
    """
    rules.require(access.may_see_enrolments(by, enrolment.edition))
    with transaction.atomic():
        edition = locked(enrolment.edition)
        enrolment.refresh_from_db(fields=["state"])
        _require_open(edition)
        if enrolment.state != EnrolmentState.WAITING:
            raise Refused(_("%(name)s is not on the waiting list.") % {"name": enrolment.person.name})
        if standing := recruiting.open_offer_of(enrolment):
            return standing
        if recruiting.free_places(edition) == 0:
            raise Refused(_("No place is free now. Take back another offer first, or make more places."))
        return _offer(edition, enrolment, by)


def withdraw_offer(*, offer: PlaceOffer, by: Person) -> None:
    """The team takes an offer back: the person keeps waiting, and nobody else gets it by itself.

    Answered already, nothing happens. Raises PermissionDenied.
    """
    rules.require(access.may_see_enrolments(by, offer.enrolment.edition))
    with transaction.atomic():
        edition = locked(offer.enrolment.edition)
        if _close(offer, OfferAnswer.WITHDRAWN):
            facts.record(OfferWithdrawn(by_id=by.pk, **_ids(edition, offer)))


def accept_offer(*, offer: PlaceOffer, by: Person) -> Enrolment:
    """Say yes in time. A second press changes nothing.

    Raises PermissionDenied for somebody else, Refused when the term is over, or the edition.
    """
    rules.require(by.pk == offer.enrolment.person_id)
    with transaction.atomic():
        edition = locked(offer.enrolment.edition)
        _refresh(offer)
        enrolment = offer.enrolment
        if offer.answer == OfferAnswer.ACCEPTED:
            return enrolment
        _require_open(edition)
        if not offer.is_open or offer.is_past or enrolment.state != EnrolmentState.WAITING:
            raise Refused(_("This place has gone to somebody else. Tell us whether you want to stay on the list."))
        _close(offer, OfferAnswer.ACCEPTED)
        running = edition.state == EditionState.RUNNING
        put_in_state(enrolment, EnrolmentState.ACTIVE if running else EnrolmentState.CONFIRMED)
        enrolment.save(update_fields=["state"])
        take_in(enrolment, by, again=True)
        facts.record(PlaceAccepted(by_id=by.pk, **_ids(edition, offer)))
    return enrolment


def decline_offer(*, offer: PlaceOffer, by: Person) -> None:
    """Say no: the place goes to the next, and one is off the list. Raises PermissionDenied for somebody else."""
    rules.require(by.pk == offer.enrolment.person_id)
    with transaction.atomic():
        edition = locked(offer.enrolment.edition)
        _refresh(offer)
        if not _close(offer, OfferAnswer.DECLINED):
            return
        put_in_state(offer.enrolment, EnrolmentState.LEFT)
        offer.enrolment.save(update_fields=["state", "manager_contact"])
        facts.record(PlaceDeclined(by_id=by.pk, **_ids(edition, offer)))
        fill_up(edition)


def renew_waiting(*, enrolment: Enrolment, by: Person) -> None:
    """Who let an offer pass wants to stay on the list: at its end. Raises PermissionDenied for somebody else."""
    rules.require(by.pk == enrolment.person_id)
    with transaction.atomic():
        edition = locked(enrolment.edition)
        enrolment.refresh_from_db(fields=["state"])
        if enrolment.state != EnrolmentState.WAITING or recruiting.open_offer_of(enrolment):
            return
        if enrolment.pk in recruiting.ids_next_in_line(edition):
            return
        put_in_state(enrolment, EnrolmentState.WAITING)
        enrolment.save(update_fields=["waiting_since"])
        facts.record(
            WaitingRenewed(
                community_id=edition.community.pk,
                by_id=by.pk,
                edition_id=edition.pk,
                enrolment_id=enrolment.pk,
                person_id=enrolment.person_id,
            )
        )
        fill_up(edition)


def lapse_offers() -> int:
    """Close the offers of which the term is over; the next in line gets each place. Says how many lapsed."""
    count = 0
    for offer in list(recruiting.offers_past()):
        with transaction.atomic():
            edition = locked(offer.enrolment.edition)
            if not _close(offer, OfferAnswer.LAPSED):
                continue
            facts.record(OfferLapsed(by_id=None, **_ids(edition, offer)))
            fill_up(edition)
            count += 1
    return count


def _offer(edition: Edition, enrolment: Enrolment, by: Person | None) -> PlaceOffer:
    offer = PlaceOffer.objects.create(
        enrolment=enrolment, offered_at=clock.now(), answer_before=_answer_before(edition), offered_by=by
    )
    facts.record(PlaceOffered(by_id=by.pk if by else None, **_ids(edition, offer)))
    return offer


def _answer_before(edition: Edition) -> datetime:
    """The end of a day: so many days from now, and before the first day of the edition where that still can be."""
    today = clock.today()
    day = today + timedelta(days=edition.offer_days)
    if edition.starts_on > today:
        day = min(day, max(edition.starts_on - timedelta(days=1), today + timedelta(days=1)))
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())


def _close(offer: PlaceOffer, answer: OfferAnswer) -> bool:
    """Once: of two answers the first one counts."""
    still_open = PlaceOffer.objects.filter(pk=offer.pk, answered_at__isnull=True)
    offer_closed = bool(still_open.update(answer=answer, answered_at=clock.now()))
    if offer_closed:
        offer.answer, offer.answered_at = answer, clock.now()
    return offer_closed


def _refresh(offer: PlaceOffer) -> None:
    offer.refresh_from_db(fields=["answer", "answered_at", "answer_before"])
    offer.enrolment.refresh_from_db(fields=["state"])


def _require_open(edition: Edition) -> None:
    if not edition.takes_enrolments:
        raise Refused(_("This edition is over. Nobody can enrol any more."))


def _ids(edition: Edition, offer: PlaceOffer) -> dict[str, int]:
    return {
        "community_id": edition.community.pk,
        "edition_id": edition.pk,
        "enrolment_id": offer.enrolment_id,
        "offer_id": offer.pk,
        "person_id": offer.enrolment.person_id,
    }
