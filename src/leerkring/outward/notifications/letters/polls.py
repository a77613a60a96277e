"""A date was chosen: who answered hears it, also who did so without an account and left an address."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.facts import PollDecided
from leerkring.community.meetings.polls import queries as polls
from leerkring.community.meetings.polls.models import DatePoll, PollVoice
from leerkring.community.meetings.sentences import span_words
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs
from leerkring.platform.mail import actions as mail

DECIDED = kinds.add(
    "poll.decided",
    gettext_lazy("The date of a poll"),
    gettext_lazy("You said on which dates you can come."),
)


@facts.beside(PollDecided)
def date_was_chosen(fact: PollDecided) -> None:
    enqueue("notifications.tell_poll", poll_id=fact.poll_id, option_id=fact.option_id)


@jobs.job("notifications.tell_poll")
def tell_poll(*, poll_id: int, option_id: int) -> None:
    """Nobody, when another date was chosen meanwhile: that one is told."""
    poll = polls.poll_numbered(poll_id)
    if poll is None or poll.chosen is None or poll.chosen_id != option_id:
        return
    for voice in polls.answered(poll):
        if voice.person is not None:
            notify(
                person=voice.person,
                kind=DECIDED,
                key=f"poll:{poll.pk}:{option_id}",
                community=poll.community,
                about=poll.title,
                meeting=poll.meeting,
                words=lambda: _words(poll),
                until=poll.chosen.ends_at,
            )
        elif voice.address:
            _tell_guest(poll, voice)


def _tell_guest(poll: DatePoll, voice: PollVoice) -> None:
    assert poll.chosen is not None  # noqa: S101 - asked before
    mail.send(
        to=voice.address,
        template="notifications/mail/poll",
        context={"poll": poll, "voice": voice, "option": poll.chosen, "address": _page(poll)},
        language=settings.LANGUAGE_CODE,
        key=f"poll:{poll.pk}:{poll.chosen_id}:{voice.pk}",
        kind=DECIDED.name,
        until=poll.chosen.ends_at,
    )


def _words(poll: DatePoll) -> Words:
    assert poll.chosen is not None  # noqa: S101 - asked before
    when = span_words(poll.chosen.starts_at, poll.chosen.ends_at)
    told = [(_("When"), when)] + ([(_("Where"), poll.place)] if poll.place else [])
    return Words(
        subject=_("%(title)s: the date is set") % {"title": poll.title},
        text=[_("A date has been chosen from those that you answered.")],
        facts=told,
        action=Link(_("Look at it"), _page(poll)),
    )


def _page(poll: DatePoll) -> str:
    return settings.BASE_URL + reverse("meetings:poll_answer", args=[poll.token])
