"""Calls: invitations to an edition, per organisation and policy field, and who passes them on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships import queries as memberships
from leerkring.community.people.models import Organisation, Person, PolicyField
from leerkring.direction.programmes import access, recruiting, rules
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.facts import CallChanged, CallMade, CallMailed, CallSaidSent, ForwardingAsked
from leerkring.direction.programmes.models import Call, Edition, Forwarding
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

TWICE = timedelta(minutes=10)


def make_call(
    *, edition: Edition, by: Person, organisation: Organisation | None = None, policy_field: PolicyField | None = None
) -> Call:
    """An invitation with a link of its own; the one that is there already serves. Raises PermissionDenied, Refused."""
    rules.require(access.may_change_programme(by, edition.programme))
    if organisation is None and policy_field is None:
        raise Refused(_("Choose an organisation or a policy field."))
    if organisation is not None and not memberships.takes_part(organisation, edition.community):
        raise Refused(_("%(name)s does not take part in this programme yet.") % {"name": organisation.name})
    found = recruiting.calls_of(edition).filter(organisation=organisation, policy_field=policy_field)
    if (there := found.first()) is not None:
        return there
    try:
        with transaction.atomic():
            call = Call.objects.create(
                edition=edition,
                organisation=organisation,
                policy_field=policy_field,
                token=secrets.token_urlsafe(16),
                made_by=by,
                made_at=clock.now(),
            )
            facts.record(
                CallMade(community_id=edition.community.pk, by_id=by.pk, edition_id=edition.pk, call_id=call.pk)
            )
    except IntegrityError:
        return found.get()
    return call


def change_call(*, call: Call, text_nl: str, text_en: str, by: Person) -> None:
    """Its own texts; an empty one is that of the edition. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_programme(by, call.edition.programme))
    call.text_nl, call.text_en = text_nl.strip(), text_en.strip()
    check_fields(call)
    with transaction.atomic():
        call.save(update_fields=["text_nl", "text_en"])
        facts.record(CallChanged(**_ids(call, by)))


def mail_call(*, call: Call, contact_name: str, contact_address: str, contact_language: str, by: Person) -> None:
    """Have it mailed to a contact. Pressed twice, it goes once. Raises PermissionDenied and Refused."""
    rules.require(access.may_change_programme(by, call.edition.programme))
    _require_recruiting(call.edition)
    with transaction.atomic():
        theirs = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        just_now = theirs.mailed_at is not None and clock.now() - theirs.mailed_at < TWICE
        if just_now and theirs.contact_address == contact_address.strip():
            return
        theirs.contact_name, theirs.contact_address = contact_name.strip(), contact_address.strip()
        theirs.contact_language, theirs.mailed_at = contact_language, clock.now()
        check_fields(theirs)
        theirs.save(update_fields=["contact_name", "contact_address", "contact_language", "mailed_at"])
        facts.record(CallMailed(**_ids(call, by)))
    call.refresh_from_db()


def say_call_sent(*, call: Call, by: Person) -> None:
    """Somebody of the team sent it by hand. Raises PermissionDenied."""
    rules.require(access.may_change_programme(by, call.edition.programme))
    if call.said_sent_at is not None:
        return
    call.said_sent_at = clock.now()
    with transaction.atomic():
        call.save(update_fields=["said_sent_at"])
        facts.record(CallSaidSent(**_ids(call, by)))


def ask_forwarding(*, call: Call, people: Iterable[Person], by: Person) -> int:
    """Ask members to pass a call on; each of them once. Says how many were asked now.

    Raises PermissionDenied, and Refused for nobody, or somebody who has nothing to do with it.
    """
    rules.require(access.may_change_programme(by, call.edition.programme))
    _require_recruiting(call.edition)
    chosen = {person.pk for person in people}
    if not chosen:
        raise Refused(_("Choose at least one person."))
    if not chosen <= set(recruiting.who_can_pass_on(call).values_list("pk", flat=True)):
        raise Refused(_("Choose people from this list."))
    with transaction.atomic():
        new = sorted(chosen - recruiting.forwarded_by(Call.objects.select_for_update(of=("self",)).get(pk=call.pk)))
        if new:
            now = clock.now()
            Forwarding.objects.bulk_create([Forwarding(call=call, person_id=pk, asked_at=now) for pk in new])
            facts.record(ForwardingAsked(**_ids(call, by), person_ids=new))
    return len(new)


def _require_recruiting(edition: Edition) -> None:
    if edition.state != EditionState.RECRUITING:
        raise Refused(_("Let people apply first: until then the link says that it is too early."))


def _ids(call: Call, by: Person) -> dict[str, int]:
    return {
        "community_id": call.edition.community.pk,
        "by_id": by.pk,
        "edition_id": call.edition_id,
        "call_id": call.pk,
    }
