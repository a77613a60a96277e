from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.actions import release_participants
from leerkring.community.memberships.models import Placement
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.direction.programmes import access, queries, rules
from leerkring.direction.programmes.actions.places import (
    close_offer,
    fill_up,
    locked,
    moved,
    put_in_state,
    require_place,
    settled,
    take_in,
)
from leerkring.direction.programmes.enums import EditionState, EnrolmentState, OfferAnswer
from leerkring.direction.programmes.facts import Enrolled
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

BY_TEAM = frozenset({EnrolmentState.INVITED, EnrolmentState.WAITING, EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE})


def enrol(
    *,
    edition: Edition,
    person: Person,
    organisation: Organisation,
    by: Person,
    unit: Unit | None = None,
    policy_field: PolicyField | None = None,
    personal_question: str = "",
    state: EnrolmentState | None = None,
) -> Enrolment:
    """The team invites or confirms a person, with where they work now (rule 11). Oneself one registers.

    Raises PermissionDenied, and Refused when it is full, over, or when the person is enrolled already.
    """
    rules.require(access.may_see_enrolments(by, edition))
    rules.check_unit(organisation, unit)
    state = state or EnrolmentState.CONFIRMED
    if state not in BY_TEAM | {EnrolmentState.APPLIED}:
        raise Refused(_("Nobody can begin in that state. Invite or confirm them."))
    with transaction.atomic():
        theirs = locked(edition)
        if not theirs.takes_enrolments:
            raise Refused(_("This edition is over. Nobody can enrol any more."))
        if theirs.enrolments.filter(person=person).exists():
            raise Refused(_("%(name)s is enrolled already.") % {"name": person.name})
        if theirs.state == EditionState.RUNNING and state == EnrolmentState.CONFIRMED:
            state = EnrolmentState.ACTIVE
        require_place(theirs, state)
        enrolment = Enrolment(
            edition=edition,
            person=person,
            organisation=organisation,
            unit=unit,
            policy_field=policy_field,
            personal_question=personal_question.strip(),
            enrolled_on=clock.today(),
        )
        put_in_state(enrolment, state)
        check_fields(enrolment)
        enrolment.save()
        take_in(enrolment, by)
        facts.record(
            Enrolled(
                community_id=edition.community.pk,
                by_id=by.pk,
                edition_id=edition.pk,
                enrolment_id=enrolment.pk,
                person_id=person.pk,
                state=state,
            )
        )
    return enrolment


def enrol_people(
    *, edition: Edition, people: Iterable[Person], by: Person, state: EnrolmentState | None = None
) -> list[Enrolment]:
    """Enrol several people at once, each from where they work now; all of them or nobody.

    Raises PermissionDenied, and Refused for somebody of whom nobody said where they work.
    """
    rules.require(access.may_change_programme(by, edition.programme))
    chosen = list(people)
    placements = meetings.placements_of(chosen, edition.community)
    with transaction.atomic():
        return [
            enrol(
                edition=edition,
                person=person,
                organisation=_required(placements.get(person.pk), person).organisation,
                unit=placements[person.pk].unit,
                policy_field=person.policy_field,
                state=state,
                by=by,
            )
            for person in chosen
        ]


def move_enrolment(*, enrolment: Enrolment, state: EnrolmentState, by: Person) -> Enrolment:
    """One step along the table; completion is counted by complete_enrolments alone. A second click changes nothing.

    Raises PermissionDenied and Refused.
    """
    rules.require(access.may_move_enrolment(by, enrolment, state))
    edition = enrolment.edition
    with transaction.atomic():
        theirs = locked(edition)
        enrolment.refresh_from_db(fields=["state"])
        before = enrolment.state
        if before == state:
            return enrolment
        if state == EnrolmentState.COMPLETED:
            raise Refused(_("Completion is counted from the meetings, for everybody at once."))
        if not enrolment.may_become(state):
            raise Refused(
                _("An enrolment that is %(before)s cannot become %(state)s.")
                % {"before": EnrolmentState(before).label, "state": EnrolmentState(state).label}
            )
        require_place(theirs, state, enrolment)
        put_in_state(enrolment, state)
        enrolment.save(update_fields=["state", "waiting_since", "manager_contact"])
        close_offer(enrolment, _answer_by(enrolment, by))
        take_in(enrolment, by)
        if state == EnrolmentState.LEFT:
            release_participants(meetings=queries.meetings_of_edition(edition), people=[enrolment.person], by=by)
        facts.record(moved(enrolment, before, by))
        fill_up(theirs)
    return enrolment


def _answer_by(enrolment: Enrolment, by: Person) -> OfferAnswer:
    """What became of an offer that stood open: nobody says no for somebody else."""
    if enrolment.state != EnrolmentState.LEFT:
        return OfferAnswer.ACCEPTED
    return OfferAnswer.DECLINED if by.pk == enrolment.person_id else OfferAnswer.WITHDRAWN


def put_back(*, enrolment: Enrolment, by: Person) -> Enrolment:
    """The inverse of taking somebody out: in again, or on the waiting list when the place went to another.

    A second click changes nothing. Raises PermissionDenied and Refused.
    """
    rules.require(access.may_see_enrolments(by, enrolment.edition))
    with transaction.atomic():
        theirs = locked(enrolment.edition)
        enrolment.refresh_from_db(fields=["state"])
        if enrolment.state != EnrolmentState.LEFT:
            return enrolment
        if not theirs.takes_enrolments:
            raise Refused(_("This edition is over. Nobody can enrol any more."))
        put_in_state(enrolment, settled(theirs))
        enrolment.save(update_fields=["state", "waiting_since"])
        take_in(enrolment, by, again=True)
        facts.record(moved(enrolment, EnrolmentState.LEFT, by))
    return enrolment


def _required(placement: Placement | None, person: Person) -> Placement:
    if placement is None:
        raise Refused(_("First say where %(name)s works, on their own page.") % {"name": person.name})
    return placement
