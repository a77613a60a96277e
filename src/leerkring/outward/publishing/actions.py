from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing import access, limits, queries
from leerkring.outward.publishing.facts import MessageHandled, MessagePutBack, MessageSent
from leerkring.outward.publishing.models import ContactMessage
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail


def send_message(
    *, community: Community, name: str, address: str, text: str, device: str, by: Person | None
) -> ContactMessage:
    """Keep what a visitor writes, and mail it to everybody in the team. Raises TooMuch in a flood."""
    limits.check(community, device)
    with transaction.atomic():
        message = ContactMessage.objects.create(
            community=community,
            name=" ".join(name.split()),
            address=address,
            text=text.strip(),
            sent_at=clock.now(),
            device=device,
        )
        page = settings.BASE_URL + reverse("publishing:messages_page", kwargs={"slug": community.slug})
        for to, language in queries.team_addresses(community):
            mail.send(
                to=to,
                template="publishing/mail/message",
                context={"message": message, "community": community, "page": page},
                language=language,
                key=f"contact-{message.pk}-{to}",
                reply_to=[message.address],
            )
        facts.record(MessageSent(community_id=community.pk, by_id=by.pk if by else None, message_id=message.pk))
    return message


def handle_message(*, message: ContactMessage, by: Person) -> None:
    """Say that somebody of the team answered it; done already, nothing happens. Raises PermissionDenied."""
    if not access.may_read_messages(by, message.community):
        raise PermissionDenied
    with transaction.atomic():
        waiting = ContactMessage.objects.filter(pk=message.pk, handled_at__isnull=True)
        if waiting.update(handled_at=clock.now(), handled_by=by):
            facts.record(MessageHandled(community_id=message.community_id, by_id=by.pk, message_id=message.pk))


def put_message_back(*, message: ContactMessage, by: Person) -> None:
    """Undo handling. Raises PermissionDenied."""
    if not access.may_read_messages(by, message.community):
        raise PermissionDenied
    with transaction.atomic():
        handled = ContactMessage.objects.filter(pk=message.pk, handled_at__isnull=False)
        if handled.update(handled_at=None, handled_by=None):
            facts.record(MessagePutBack(community_id=message.community_id, by_id=by.pk, message_id=message.pk))
