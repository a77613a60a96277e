"""Registering for an edition: signed in with one press, or as a visitor who proves an address by mail."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from leerkring.community.accounts import actions as accounts
from leerkring.community.accounts.enums import TicketPurpose
from leerkring.community.accounts.languages import present_language
from leerkring.community.memberships import queries as memberships
from leerkring.community.people import actions as people
from leerkring.community.people import names
from leerkring.community.people.models import Organisation, Person, PolicyField, Unit
from leerkring.community.people.queries import person_of_account
from leerkring.direction.programmes import access, recruiting, rules
from leerkring.direction.programmes.actions.places import locked, put_in_state, settled, take_in
from leerkring.direction.programmes.enums import OUTSIDE, EditionState, EnrolmentState
from leerkring.direction.programmes.facts import (
    Enrolled,
    EnrolmentMoved,
    RegistrationAsked,
    RegistrationChanged,
)
from leerkring.direction.programmes.models import Call, Edition, Enrolment, Registration
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail
from leerkring.platform.rules import Refused, check_fields

KEPT_FOR = timedelta(days=1)


def register(
    *,
    edition: Edition,
    person: Person,
    organisation: Organisation,
    by: Person,
    unit: Unit | None = None,
    policy_field: PolicyField | None = None,
    personal_question: str = "",
    manager_contact: str = "",
    call: Call | None = None,
) -> Enrolment:
    """Ask for a place, with where one works now (rule 11).

    Who was invited by name, or where the edition says so, is in at once as long as there are places, and else on the
    waiting list; others wait for the team. Raises PermissionDenied, and Refused when it is closed or done already.
    """
    rules.require(by.pk == person.pk and access.may_register(by, edition, call))
    rules.check_unit(organisation, unit)
    with transaction.atomic():
        theirs = locked(edition)
        _require_recruiting(theirs)
        enrolment = theirs.enrolments.filter(person=person).first()
        before = enrolment.state if enrolment is not None else ""
        if enrolment is None:
            enrolment = Enrolment(edition=theirs, person=person)
        elif before not in OUTSIDE:
            raise Refused(_("You are enrolled already."))
        enrolment.person = person
        enrolment.organisation, enrolment.unit, enrolment.policy_field = organisation, unit, policy_field
        enrolment.personal_question = personal_question.strip()
        enrolment.manager_contact = manager_contact.strip()
        enrolment.call = call or enrolment.call
        enrolment.enrolled_on = clock.today()
        goes_by_itself = theirs.confirms_at_once or before == EnrolmentState.INVITED
        put_in_state(enrolment, settled(theirs) if goes_by_itself else EnrolmentState.APPLIED)
        check_fields(enrolment)
        enrolment.save()
        take_in(enrolment, by, again=before == EnrolmentState.LEFT)
        ids = {
            "community_id": theirs.community.pk,
            "by_id": by.pk,
            "edition_id": theirs.pk,
            "enrolment_id": enrolment.pk,
            "person_id": person.pk,
        }
        state = enrolment.state
        facts.record(EnrolmentMoved(before=before, state=state, **ids) if before else Enrolled(state=state, **ids))
    return enrolment


def ask_to_register(
    *,
    edition: Edition,
    call: Call | None,
    name: str,
    address: str,
    organisation: Organisation,
    device: str,
    unit: Unit | None = None,
    policy_field: PolicyField | None = None,
    personal_question: str = "",
    manager_contact: str = "",
) -> accounts.Asked:
    """A visitor filled in the form; a link and a code go to the address, and nothing else happens yet.

    Raises PermissionDenied without a link where one is needed, Refused for an address that is none or a closed edition,
    TooOften.
    """
    rules.require(access.may_register(None, edition, call))
    _require_recruiting(edition)
    rules.check_unit(organisation, unit)
    parts = names.parse_full_name(name)
    if not parts.given_name:
        raise Refused(_("Write your name."))
    with transaction.atomic():
        Registration.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()
        asked = accounts.ask_proof(address=address, device=device, purpose=TicketPurpose.REGISTER)
        registration = Registration.objects.create(
            edition=edition,
            call=call,
            ticket=asked.ticket,
            given_name=parts.given_name[:100],
            prefix=parts.prefix[:40],
            family_name=parts.family_name[:100],
            organisation=organisation,
            unit=unit,
            policy_field=policy_field,
            personal_question=personal_question.strip()[:300],
            manager_contact=manager_contact.strip()[:200],
            language=present_language(),
            asked_at=clock.now(),
        )
        mail.send(
            to=asked.ticket.address.address if asked.ticket.address else address.strip(),
            template="programmes/mail/register",
            context={
                "link": settings.BASE_URL + reverse("programmes:registration_confirm", kwargs={"token": asked.token}),
                "code": asked.code,
                "edition": edition,
                "community": edition.community,
            },
            language=asked.account.language if asked.account else registration.language,
            key=f"registration-{registration.pk}",
            until=asked.ticket.expires_at,
            urgent=True,
        )
        facts.record(
            RegistrationAsked(
                community_id=edition.community.pk, by_id=None, edition_id=edition.pk, registration_id=registration.pk
            )
        )
    return asked


def finish_registration(*, token: str = "", address: str = "", code: str = "", device: str = "") -> Enrolment:
    """The click in the mail, or its code: the address is proved, the person made or found, and registered.

    Who is enrolled already stays so. Raises TicketRefused, Refused for a wrong code or an edition that closed
    meanwhile, TooOften.
    """
    purpose = TicketPurpose.REGISTER
    if token:
        ticket = accounts.sign_in_by_link(token=token, purpose=purpose)
    else:
        ticket = accounts.sign_in_by_code(address=address, code=code, device=device, purpose=purpose)
    asked = recruiting.registration_of_ticket(ticket)
    with transaction.atomic():
        person = _person_of(asked)
        enrolled = asked.edition.enrolments.filter(person=person).first()
        if enrolled is not None and enrolled.state not in OUTSIDE:
            return enrolled
        if not access.may_register(person, asked.edition, asked.call):
            raise Refused(_("You need a link to register here. Ask the programme team for one."))
        return register(
            edition=asked.edition,
            person=person,
            organisation=asked.organisation,
            unit=asked.unit,
            policy_field=asked.policy_field,
            personal_question=asked.personal_question,
            manager_contact=asked.manager_contact,
            call=asked.call,
            by=person,
        )


def change_registration(
    *,
    edition: Edition,
    is_open_to_all: bool,
    confirms_at_once: bool,
    offer_days: int,
    by: Person,
    invitation_nl: str = "",
    invitation_en: str = "",
    wanted_fields: list[PolicyField] | None = None,
) -> None:
    """How people register: for whom it is open, who says yes, how long an offer stands, and our invitation.

    Raises PermissionDenied and Refused.
    """
    rules.require(access.may_change_programme(by, edition.programme))
    with transaction.atomic():
        theirs = locked(edition)
        theirs.is_open_to_all, theirs.confirms_at_once = is_open_to_all, confirms_at_once
        theirs.offer_days = offer_days
        theirs.invitation_nl, theirs.invitation_en = invitation_nl.strip(), invitation_en.strip()
        check_fields(theirs)
        theirs.save(
            update_fields=["is_open_to_all", "confirms_at_once", "offer_days", "invitation_nl", "invitation_en"]
        )
        theirs.wanted_fields.set(wanted_fields or [])
        facts.record(RegistrationChanged(community_id=theirs.community.pk, by_id=by.pk, edition_id=theirs.pk))
    edition.refresh_from_db()


def _require_recruiting(edition: Edition) -> None:
    if edition.state != EditionState.RECRUITING:
        raise Refused(_("You cannot register for this edition now. Ask the programme team."))


def _person_of(asked: Registration) -> Person:
    """Who has the address by now, or a new person."""
    known = memberships.account_of_ticket(asked.ticket)
    if known is not None:
        person = person_of_account(known)
        if person is None:
            raise PermissionDenied
        return person
    return people.introduce_oneself(
        given_name=asked.given_name,
        prefix=asked.prefix,
        family_name=asked.family_name,
        address=asked.ticket.newcomer_address,
        policy_field=asked.policy_field,
        language=asked.language,
    )
