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
from leerkring.community.memberships import queries
from leerkring.community.memberships.actions.invitations import accept_invitation
from leerkring.community.memberships.actions.members import _enter
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.facts import JoiningAsked
from leerkring.community.memberships.models import Community, Invitation, Joining, Membership
from leerkring.community.people import actions as people
from leerkring.community.people import names
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.community.people.queries import person_of_account
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail
from leerkring.platform.rules import Refused

KEPT_FOR = timedelta(days=1)


def ask_to_join(
    *,
    community: Community,
    invitation: Invitation | None,
    address: str,
    given_name: str,
    device: str,
    prefix: str = "",
    family_name: str = "",
    level: Level = Level.ACTIVE,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
) -> accounts.Asked:
    """A newcomer fills in the form; a link and a code go to the address, and nothing else happens yet.

    With an invitation one joins at the level chosen; without, one follows a programme whose door is open to anyone, and
    says nothing of where one works.
    Raises PermissionDenied at a closed door, Refused for an address that is none or a link that is closed, TooOften.
    """
    if invitation is not None and not invitation.is_open:
        raise Refused(_("This link is closed. Ask the programme team for a new one."))
    if invitation is None and community.follow_door != Door.ANYONE:
        raise PermissionDenied
    name = names.Name(names.clean(given_name), names.clean(prefix), names.clean(family_name))
    if not name.given_name:
        raise Refused(_("Give a first name."))
    with transaction.atomic():
        Joining.objects.filter(asked_at__lt=clock.now() - KEPT_FOR).delete()
        asked = accounts.ask_proof(address=address, device=device)
        joining = Joining.objects.create(
            community=community,
            invitation=invitation,
            ticket=asked.ticket,
            given_name=name.given_name[:100],
            prefix=name.prefix[:40],
            family_name=name.family_name[:100],
            organisation=(organisation or (unit.organisation if unit else None)) if invitation is not None else None,
            unit=unit if invitation is not None else None,
            level=level if invitation is not None else Level.FOLLOWER,
            language=present_language(),
            asked_at=clock.now(),
        )
        mail.send(
            to=asked.ticket.newcomer_address or address.strip(),
            template="memberships/mail/join",
            context={
                "link": settings.BASE_URL + reverse("memberships:join_confirm", kwargs={"token": asked.token}),
                "code": asked.code,
                "community": community,
                "follows": joining.level == Level.FOLLOWER,
            },
            language=asked.account.language if asked.account else joining.language,
            key=f"joining-{joining.pk}",
            until=asked.ticket.expires_at,
            urgent=True,
        )
        facts.record(JoiningAsked(community_id=community.pk, by_id=None, joining_id=joining.pk))
    return asked


def finish_joining(*, token: str = "", address: str = "", code: str = "", device: str = "") -> Membership:
    """The click in the mail, or its code: the address is proved, the person is made or found, and joins.

    Raises TicketRefused, Refused when the code is wrong or the link closed meanwhile, TooOften.
    """
    if token:
        ticket = accounts.sign_in_by_link(token=token, purpose=TicketPurpose.JOIN)
    else:
        ticket = accounts.sign_in_by_code(address=address, code=code, device=device, purpose=TicketPurpose.JOIN)
    joining = queries.joining_of_ticket(ticket)
    with transaction.atomic():
        person = _person_of(joining)
        if joining.invitation is not None:
            return accept_invitation(
                token=joining.invitation.token,
                person=person,
                level=Level(joining.level),
                organisation=joining.organisation,
                unit=joining.unit,
            )
        return _enter(
            community=joining.community,
            person=person,
            level=Level.FOLLOWER,
            by=person,
            organisation=None,
            unit=None,
            stated_by_team=False,
            is_invited=False,
        )


def _person_of(joining: Joining) -> Person:
    """Who has the address by now, or a new person."""
    known = queries.account_of_ticket(joining.ticket)
    if known is not None:
        person = person_of_account(known)
        if person is None:
            raise PermissionDenied
        return person
    return people.introduce_oneself(
        given_name=joining.given_name,
        prefix=joining.prefix,
        family_name=joining.family_name,
        address=joining.ticket.newcomer_address,
        language=joining.language,
    )
