from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from leerkring.community.accounts import queries as accounts
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.notifications import kinds, links, queries
from leerkring.outward.notifications.enums import Moment
from leerkring.outward.notifications.facts import MailChosen, PersonNotified
from leerkring.outward.notifications.kinds import Kind
from leerkring.outward.notifications.models import Muted, Notice
from leerkring.outward.notifications.words import Words
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail

PLAIN = "notifications/mail/words"


def notify(
    *,
    person: Person,
    kind: Kind,
    key: str,
    community: Community | None = None,
    words: Callable[[], Words] | None = None,
    template: str = PLAIN,
    context: Mapping[str, Any] | None = None,
    about: str = "",
    meeting: Meeting | None = None,
    moment: Moment = Moment.NONE,
    seen: dict[str, Any] | None = None,
    calendar: bytes | None = None,
    calendar_method: str = "",
    until: datetime | None = None,
) -> Notice | None:
    """Tell a person something, once per `key`: the letter and that it was sent are written together.

    None when it was told before, when the person is not here any more, or where mail is silenced. Who switched this
    kind off gets no letter, and will not get it later. `words` is called in the language of the person.
    """
    address = _address_of(person)
    if address is None or mail.is_silenced():
        return None
    with transaction.atomic():
        values = {
            "person": person,
            "community": community,
            "kind": kind.name,
            "about": about[:200],
            "meeting": meeting,
            "moment": moment,
            "seen": seen or {},
            "at": clock.now(),
        }
        notice, is_new = Notice.objects.get_or_create(key=f"{key}:{person.pk}", defaults=values)
        if not is_new:
            return None
        if not (kind.may_be_muted and queries.is_muted(person, kind)):
            notice.letter = mail.send(
                to=address,
                template=template,
                context={**(context or {}), **_around(person, kind), "words": cache(words) if words else None},
                language=person.account.language if person.account else settings.LANGUAGE_CODE,
                key=f"notice:{notice.key}",
                kind=kind.name,
                unsubscribe_url=links.stop_url(person, kind.name) if kind.may_be_muted else "",
                calendar=calendar,
                calendar_method=calendar_method,
                until=until,
            )
            notice.save(update_fields=["letter"])
        # Of no community, so that a hundred letters do not make its pages be made anew.
        facts.record(PersonNotified(community_id=None, by_id=None, person_id=person.pk, notice_id=notice.pk))
    return notice


def choose_mail(*, person: Person, wanted: Collection[str], by: Person) -> None:
    """Which of the kinds that can be switched off one wants. Raises PermissionDenied for somebody else's."""
    if by.pk != person.pk:
        raise PermissionDenied
    unwanted = {kind.name for kind in kinds.to_choose()} - set(wanted)
    with transaction.atomic():
        Muted.objects.filter(person=person).exclude(kind__in=unwanted).delete()
        _mute(person, unwanted)
        facts.record(MailChosen(community_id=None, by_id=by.pk, person_id=person.pk, muted_count=len(unwanted)))


def stop_mail(*, person: Person, kind: Kind) -> None:
    """By the link in a letter, which its reader has. Twice is once; what cannot be switched off stays on."""
    if not kind.may_be_muted:
        raise PermissionDenied
    with transaction.atomic():
        _mute(person, {kind.name})
        _say_chosen(person)


def start_mail(*, person: Person, kind: Kind) -> None:
    """The inverse of `stop_mail`."""
    with transaction.atomic():
        Muted.objects.filter(person=person, kind=kind.name).delete()
        _say_chosen(person)


def _say_chosen(person: Person) -> None:
    count = Muted.objects.filter(person=person).count()
    facts.record(MailChosen(community_id=None, by_id=person.pk, person_id=person.pk, muted_count=count))


def _mute(person: Person, names: Collection[str]) -> None:
    rows = [Muted(person=person, kind=name, at=clock.now()) for name in sorted(names)]
    Muted.objects.bulk_create(rows, ignore_conflicts=True)


def _address_of(person: Person) -> str | None:
    if person.left_at is not None or person.account is None or not person.account.is_active:
        return None
    address = accounts.main_address_of(person.account)
    return address.address if address else None


def _around(person: Person, kind: Kind) -> dict[str, Any]:
    """What each letter says at its foot."""
    return {
        "given_name": person.given_name,
        "why": kind.why,
        "may_be_muted": kind.may_be_muted,
        "preferences_url": settings.BASE_URL + reverse("notifications:mail_page"),
    }
