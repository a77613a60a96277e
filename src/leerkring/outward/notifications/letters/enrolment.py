"""Enrolling: an application came in, somebody is in or waits, a place is free, and the invitations to all that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes import recruiting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState, OfferAnswer
from leerkring.direction.programmes.facts import (
    CallMailed,
    Enrolled,
    EnrolmentMoved,
    ForwardingAsked,
    OfferLapsed,
    PlaceAccepted,
    PlaceOffered,
)
from leerkring.direction.programmes.invitation_texts import letter_of
from leerkring.direction.programmes.models import Call, Edition, Enrolment, PlaceOffer
from leerkring.direction.programmes.words import rule_in_words
from leerkring.outward.notifications import kinds, queries
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import clock, facts, jobs
from leerkring.platform.mail import actions as mail
from leerkring.platform.ui.days import date_words, time_words

ENROLMENT = kinds.add(
    "enrolment.state",
    gettext_lazy("Where you stand in an edition"),
    gettext_lazy("You applied for this edition, or were invited for it."),
    may_be_muted=False,
)
FORWARDING = kinds.add(
    "enrolment.forward",
    gettext_lazy("Passing an invitation on to colleagues"),
    gettext_lazy("You take part in this programme, and may know somebody for it."),
)
IN = (EnrolmentState.CONFIRMED, EnrolmentState.ACTIVE)

QUIET = timedelta(minutes=2)
"""Who is taken out hears it after a while: a slip of the hand that is put back is told to nobody."""

NAMES = 3


@facts.beside(Enrolled, EnrolmentMoved)
def somebody_enrolled(fact: Enrolled | EnrolmentMoved) -> None:
    if fact.state != EnrolmentState.LEFT:
        _tell_later(fact.enrolment_id, EnrolmentState(fact.state))


@facts.beside(EnrolmentMoved)
def somebody_left(fact: EnrolmentMoved) -> None:
    """Of one's own no, before there was a place, one needs no letter."""
    is_own_word = fact.by_id == fact.person_id
    if fact.state == EnrolmentState.LEFT and (fact.before in IN or not is_own_word):
        enqueue(
            "notifications.tell_left",
            run_at=clock.now() + QUIET,
            enrolment_id=fact.enrolment_id,
            at=clock.now().isoformat(),
            had_place=fact.before in IN,
            is_own_word=is_own_word,
        )


@facts.beside(PlaceAccepted)
def place_accepted(fact: PlaceAccepted) -> None:
    _tell_later(fact.enrolment_id, EnrolmentState.CONFIRMED)


def _tell_later(enrolment_id: int, state: EnrolmentState) -> None:
    """The moment makes a letter of its own of whoever steps out and applies again."""
    said = EnrolmentState.CONFIRMED if state in IN else state
    at = clock.now().isoformat()
    enqueue("notifications.tell_enrolment", enrolment_id=enrolment_id, state=said.value, at=at)


@facts.beside(PlaceOffered)
def place_offered(fact: PlaceOffered) -> None:
    enqueue("notifications.tell_offer", offer_id=fact.offer_id)


@facts.beside(OfferLapsed)
def offer_lapsed(fact: OfferLapsed) -> None:
    enqueue("notifications.tell_lapse", offer_id=fact.offer_id)


@facts.beside(CallMailed)
def call_mailed(fact: CallMailed) -> None:
    enqueue("notifications.mail_call", call_id=fact.call_id)


@facts.beside(ForwardingAsked)
def forwarding_asked(fact: ForwardingAsked) -> None:
    enqueue("notifications.ask_forwarding", call_id=fact.call_id, person_ids=fact.person_ids)


@jobs.job("notifications.tell_enrolment")
def tell_enrolment(*, enrolment_id: int, state: str, at: str) -> None:
    """Nothing when it has changed again meanwhile: what holds now is told by its own job."""
    enrolment = recruiting.enrolment_numbered(enrolment_id)
    if enrolment is None:
        return
    stands = EnrolmentState.CONFIRMED if enrolment.state in IN else enrolment.state
    write = WRITTEN.get(stands)
    if stands != state or write is None or _is_known(enrolment, state):
        return
    _tell(enrolment, f"{_key(enrolment, state)}{at}", lambda: write(enrolment))


def _tell(enrolment: Enrolment, key: str, words: Callable[[], Words]) -> None:
    notify(
        person=enrolment.person,
        kind=ENROLMENT,
        key=key,
        community=enrolment.edition.community,
        about=enrolment.edition.name,
        words=words,
    )


def _key(enrolment: Enrolment, state: str) -> str:
    """How the keys of all letters begin that say this of the enrolment."""
    return f"enrolment:{enrolment.pk}:{state}:"


def _is_known(enrolment: Enrolment, state: str) -> bool:
    """Taken out and put back before anything was said of it: they have read that they take part, and they do."""
    last = queries.last_word_on(enrolment) if state == EnrolmentState.CONFIRMED else None
    return last is not None and last.key.startswith(_key(enrolment, state))


@jobs.job("notifications.tell_left")
def tell_left(*, enrolment_id: int, at: str, had_place: bool, is_own_word: bool) -> None:
    """Nothing when they are in again meanwhile."""
    enrolment = recruiting.enrolment_numbered(enrolment_id)
    if enrolment is None or enrolment.state != EnrolmentState.LEFT:
        return
    _tell(
        enrolment,
        f"{_key(enrolment, EnrolmentState.LEFT)}{at}",
        lambda: _given_back(enrolment) if is_own_word else _taken_out(enrolment, had_place=had_place),
    )


@jobs.job("notifications.tell_offer")
def tell_offer(*, offer_id: int) -> None:
    offer = recruiting.offer_numbered(offer_id)
    if offer is None or not offer.is_open or offer.is_past:
        return
    _tell_of_place(offer, "offered")


@jobs.job("notifications.tell_lapse")
def tell_lapse(*, offer_id: int) -> None:
    offer = recruiting.offer_numbered(offer_id)
    if offer is not None and offer.answer == OfferAnswer.LAPSED and offer.enrolment.state == EnrolmentState.WAITING:
        _tell_of_place(offer, "lapsed")


@jobs.job("notifications.ask_forwarding")
def ask_forwarding(*, call_id: int, person_ids: list[int]) -> None:
    call = recruiting.call_numbered(call_id)
    if call is None or call.edition.state != EditionState.RECRUITING:
        return
    for person in recruiting.people_numbered(person_ids):
        notify(
            person=person,
            kind=FORWARDING,
            key=f"call:{call.pk}:forward",
            community=call.edition.community,
            about=call.edition.name,
            words=lambda: _forwarding(call),
        )


@jobs.job("notifications.mail_call")
def mail_call(*, call_id: int) -> None:
    """To a contact who may be nobody here: the invitation, and nothing to switch off."""
    call = recruiting.call_numbered(call_id)
    if call is None or not call.contact_address or call.mailed_at is None:
        return
    meetings = list(programmes.meetings_of_edition(call.edition))
    language = call.contact_language
    with translation.override(language):
        subject = _("Who joins %(name)s?") % {"name": call.edition.programme.community.name}
    mail.send(
        to=call.contact_address,
        template="notifications/mail/call",
        context={"subject_line": subject, "letter": letter_of(call, language, _link_of(call), meetings)},
        language=language,
        key=f"call:{call.pk}:{call.mailed_at.isoformat()}",
        kind="enrolment.call",
    )


def _tell_of_place(offer: PlaceOffer, moment: str) -> None:
    enrolment = offer.enrolment
    notify(
        person=enrolment.person,
        kind=ENROLMENT,
        key=f"offer:{offer.pk}:{moment}",
        community=enrolment.edition.community,
        about=enrolment.edition.name,
        words=lambda: _offered(offer) if moment == "offered" else _lapsed(offer),
        until=offer.answer_before if moment == "offered" else None,
    )


def _invited(enrolment: Enrolment) -> Words:
    edition = enrolment.edition
    return Words(
        subject=_("You are invited to %(name)s") % {"name": edition.name},
        text=[_("The programme team would like you to take part. Say whether you will; no need to explain.")],
        facts=_facts_of(edition),
        action=Link(_("Give your answer"), _page_of(edition)),
    )


def _applied(enrolment: Enrolment) -> Words:
    edition = enrolment.edition
    return Words(
        subject=_("You applied for %(name)s") % {"name": edition.name},
        text=[_("Thank you. The programme team looks at it and answers you by mail. You do not have to do anything.")],
        facts=_facts_of(edition),
        action=Link(_("See where you stand"), _page_of(edition)),
    )


def _waiting(enrolment: Enrolment) -> Words:
    edition = enrolment.edition
    return Words(
        subject=_("You are on the waiting list for %(name)s") % {"name": edition.name},
        text=[
            _("All places are taken."),
            _("If a place comes free, you get a mail with some days to answer. You do not have to do anything."),
        ],
        action=Link(_("See where you stand"), _page_of(edition)),
    )


def _confirmed(enrolment: Enrolment) -> Words:
    edition = enrolment.edition
    meetings = list(programmes.meetings_of_edition(edition))
    days = [f"{date_words(meeting.starts_at, 'full')}, {time_words(meeting.starts_at)}" for meeting in meetings]
    return Words(
        subject=_("You take part in %(name)s") % {"name": edition.name},
        text=[_("There is a place for you. These are the days; put them in your calendar.")],
        facts=_facts_of(edition),
        items=days,
        items_title=_("Meetings"),
        action=Link(_("See the edition"), _page_of(edition)),
    )


def _taken_out(enrolment: Enrolment, *, had_place: bool) -> Words:
    edition = enrolment.edition
    said = {"name": edition.name, "programme": edition.community.name}
    if had_place:
        subject = _("You no longer take part in %(name)s") % said
        text = [_("The team of %(programme)s took you out of this edition.") % said]
        text += _calendar_sentences(enrolment)
    else:
        subject = _("You are no longer on the list for %(name)s") % said
        text = [_("The team of %(programme)s took you off the list for this edition.") % said]
    return Words(
        subject=subject, text=[*text, _whom_to_ask(enrolment, _("Is this not right, or do you want to know why?"))]
    )


def _given_back(enrolment: Enrolment) -> Words:
    edition = enrolment.edition
    return Words(
        subject=_("You gave back your place in %(name)s") % {"name": edition.name},
        text=[
            _("No need to explain. What you attended stays noted."),
            *_calendar_sentences(enrolment),
            _whom_to_ask(enrolment, _("Would you like to take part after all?")),
        ],
    )


def _calendar_sentences(enrolment: Enrolment) -> list[str]:
    count = queries.coming_in_calendar(enrolment.person, enrolment.edition)
    if not count:
        return []
    said = ngettext(
        "The meeting that is still to come leaves your calendar: a short mail for your calendar sees to that.",
        "The %(count)d meetings that are still to come leave your calendar. You get a short mail for each of them,"
        " because a calendar takes out one at a time.",
        count,
    )
    return [said % {"count": count}]


def _whom_to_ask(enrolment: Enrolment, question: str) -> str:
    team = programmes.team_of(enrolment.edition.community).exclude(pk=enrolment.person_id)
    names = [person.name for person in team[:NAMES]]
    if not names:
        return _("%(question)s Ask the programme team.") % {"question": question}
    return _("%(question)s Ask the programme team: %(names)s.") % {"question": question, "names": ", ".join(names)}


WRITTEN: dict[str, Callable[[Enrolment], Words]] = {
    EnrolmentState.INVITED: _invited,
    EnrolmentState.APPLIED: _applied,
    EnrolmentState.WAITING: _waiting,
    EnrolmentState.CONFIRMED: _confirmed,
}


def _offered(offer: PlaceOffer) -> Words:
    edition, day = offer.enrolment.edition, date_words(offer.last_day, "full")
    return Words(
        subject=_("A place is free for you in %(name)s") % {"name": edition.name},
        text=[
            _("Answer by %(day)s at the latest. After that it goes to the next person.") % {"day": day},
            _("The link shows the days first. You answer there, without signing in."),
        ],
        facts=_facts_of(edition),
        action=Link(_("Give your answer"), _place_of(offer)),
    )


def _lapsed(offer: PlaceOffer) -> Words:
    edition = offer.enrolment.edition
    return Words(
        subject=_("The place in %(name)s went to the next person") % {"name": edition.name},
        text=[
            _("We did not hear from you in time. Do you still want to take part? Then you go to the end of the list.")
        ],
        action=Link(_("Keep me on the list"), _place_of(offer)),
    )


def _forwarding(call: Call) -> Words:
    language = translation.get_language() or settings.LANGUAGE_CODE
    meetings = list(programmes.meetings_of_edition(call.edition))
    return Words(
        subject=_("Whom do you know for %(name)s?") % {"name": call.edition.name},
        text=[
            _("This is what we are looking for: %(aim)s. Perhaps you know somebody.") % {"aim": str(call)},
            _("Send this on to colleagues, in your own words or in ours. Whoever opens the link can register."),
            *letter_of(call, language, _link_of(call), meetings).split("\n\n"),
        ],
        action=Link(_("Open the page that they see"), _link_of(call)),
    )


def _facts_of(edition: Edition) -> list[tuple[str, str]]:
    count = len(list(programmes.meetings_of_edition(edition)))
    when = _("From %(first)s to %(last)s.") % {
        "first": date_words(edition.starts_on, "long"),
        "last": date_words(edition.ends_on, "long"),
    }
    return [(_("When"), when), (_("Completed fully"), rule_in_words(edition, count))]


def _page_of(edition: Edition) -> str:
    slug = edition.community.slug
    return settings.BASE_URL + reverse("programmes:edition_register", args=[slug, edition.pk])


def _place_of(offer: PlaceOffer) -> str:
    return settings.BASE_URL + reverse("programmes:place_page", args=[recruiting.token_of(offer)])


def _link_of(call: Call) -> str:
    return f"{_page_of(call.edition)}?via={call.token}"
