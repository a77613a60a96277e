"""Who leaves the programme gives back what they have in its editions; who comes back in time is expected again."""

from __future__ import annotations

from django.db import transaction

from leerkring.community.meetings.actions import release_participants
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes import queries, recruiting
from leerkring.direction.programmes.actions.places import close_offer, fill_up, locked, moved, put_in_state, take_in
from leerkring.direction.programmes.enums import EnrolmentState, OfferAnswer
from leerkring.direction.programmes.models import Enrolment
from leerkring.platform import facts


def give_back_places(*, person: Person, community: Community | None, by: Person) -> None:
    """Of somebody who left this programme, or the product: nobody waits for their answer, the next gets the place.

    Who took part in an edition that runs stays in it with what they attended, and is expected no more. It follows from
    leaving, so it asks nobody's leave. Nothing for who is a member again.
    """
    if community is not None and queries.members_now(community).filter(pk=person.pk).exists():
        return
    for enrolment in recruiting.enrolments_to_give_back(person, community):
        with transaction.atomic():
            _give_back(enrolment, by)


def expect_again(*, person: Person, community: Community, by: Person) -> None:
    """Who came back is expected again where they still take part."""
    with transaction.atomic():
        for enrolment in recruiting.enrolments_to_give_back(person, community).filter(state=EnrolmentState.ACTIVE):
            locked(enrolment.edition)
            take_in(enrolment, by, again=True)


def _give_back(enrolment: Enrolment, by: Person) -> None:
    edition = locked(enrolment.edition)
    enrolment.refresh_from_db(fields=["state"])
    before = enrolment.state
    if before in queries.UNDER_WAY:
        release_participants(meetings=queries.meetings_of_edition(edition), people=[enrolment.person], by=by)
    if before not in recruiting.NOT_BEGUN:
        return
    put_in_state(enrolment, EnrolmentState.LEFT)
    enrolment.save(update_fields=["state", "manager_contact"])
    close_offer(enrolment, OfferAnswer.WITHDRAWN)
    facts.record(moved(enrolment, before, by))
    fill_up(edition)
