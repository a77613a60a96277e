"""Somebody is asked to take a question or a change over, and says yes or no, or leaves; who asked hears which."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.people.models import Person
from leerkring.cycle.uptake.handing import queries as handing
from leerkring.cycle.uptake.handing.enums import HandoverAnswer
from leerkring.cycle.uptake.handing.facts import (
    HandoverAccepted,
    HandoverDeclined,
    HandoverFact,
    HandoverOffered,
    HandoverWithdrawn,
)
from leerkring.cycle.uptake.handing.links import path_of_offer
from leerkring.cycle.uptake.handing.models import Handover
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs

OFFERED = kinds.add(
    "handover.offered",
    gettext_lazy("Somebody asks you to take something over"),
    gettext_lazy("Nobody owns a question or a change without saying yes."),
    may_be_muted=False,
)
ANSWERED = kinds.add(
    "handover.answered",
    gettext_lazy("An answer to what you wanted to hand over"),
    gettext_lazy("You asked somebody to take this over."),
)


@facts.beside(HandoverOffered)
def handover_offered(fact: HandoverOffered) -> None:
    enqueue("notifications.handover_offered", dedupe=f"{fact.handover_id}", handover_id=fact.handover_id)


@facts.beside(HandoverAccepted, HandoverDeclined)
def handover_answered(fact: HandoverFact) -> None:
    enqueue("notifications.handover_answered", dedupe=f"{fact.handover_id}", handover_id=fact.handover_id)


@facts.beside(HandoverWithdrawn)
def handover_withdrawn(fact: HandoverWithdrawn) -> None:
    enqueue("notifications.handover_answered", dedupe=f"{fact.handover_id}", handover_id=fact.handover_id)


@jobs.job("notifications.handover_offered")
def tell_offered(*, handover_id: int) -> None:
    handover = handing.handover_numbered(handover_id)
    if handover is None or not handover.is_open:
        return
    for person in handing.people_to_tell(handover):
        _ask(handover, person)


def _ask(handover: Handover, person: Person) -> None:
    notify(
        person=person,
        kind=OFFERED,
        key=f"handover:{handover.pk}",
        community=handover.to_team or handover.community,
        about=handover.title,
        words=lambda: _offered_words(handover, person),
    )


@jobs.job("notifications.handover_answered")
def tell_answered(*, handover_id: int) -> None:
    handover = handing.handover_numbered(handover_id)
    if handover is None or handover.is_open or handover.offered_by is None:
        return
    if handover.answer == HandoverAnswer.WITHDRAWN and handover.answered_by_id != handover.to_person_id:
        return
    notify(
        person=handover.offered_by,
        kind=ANSWERED,
        key=f"handover:{handover.pk}:answer",
        community=handover.community,
        about=handover.title,
        words=lambda: _answered_words(handover),
    )


def _offered_words(handover: Handover, person: Person) -> Words:
    name = handover.offered_by.name if handover.offered_by else _("Somebody")
    asked = _("%(name)s of %(programme)s asks whether you go on with this:") % {
        "name": name,
        "programme": handover.community.name,
    }
    return Words(
        subject=_("Do you go on with this?"),
        text=[asked, f"“{handover.title}”", *([handover.note] if handover.note else [])],
        action=Link(_("Say yes or no"), settings.BASE_URL + path_of_offer(handover, person)),
        after=[_("Until you say yes it stays with who has it now. A no needs no reason.")],
    )


def _answered_words(handover: Handover) -> Words:
    is_taken = handover.answer == HandoverAnswer.ACCEPTED
    said = _("%(name)s goes on with it:") if is_taken else _("%(name)s does not go on with it; it stays with you:")
    if handover.answer == HandoverAnswer.WITHDRAWN:
        said = _("Whom you asked has left the programme. It stays with you until you offer it to somebody else:")
    return Words(
        subject=_("It is handed over") if is_taken else _("It is not handed over"),
        text=[said % {"name": handover.receiver}, f"“{handover.title}”"],
        action=Link(_("Look at what you offered"), _url(handover.community.slug)),
    )


def _url(slug: str | None) -> str:
    return settings.BASE_URL + reverse("uptake:handovers_page", args=[slug])
