"""A meeting is over: who was there is asked how it was, once, by a link that works without signing in."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.evaluation import links
from leerkring.community.meetings.evaluation import queries as evaluations
from leerkring.community.meetings.evaluation.facts import EvaluationOpened
from leerkring.community.meetings.evaluation.models import Evaluation, GuestAddress
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.outward.notifications import kinds, queries
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs
from leerkring.platform.mail import actions as mail

OPEN = kinds.add(
    "evaluation.open",
    gettext_lazy("A few questions after a meeting"),
    gettext_lazy("You were at this meeting, or were expected there."),
)


@facts.beside(EvaluationOpened)
def evaluation_opened(fact: EvaluationOpened) -> None:
    enqueue("notifications.evaluation_open", dedupe=f"{fact.meeting_id}", meeting_id=fact.meeting_id)


@jobs.job("notifications.evaluation_open")
def evaluation_open(*, meeting_id: int) -> None:
    meeting = queries.meeting_numbered(meeting_id)
    evaluation = evaluations.evaluation_of(meeting) if meeting is not None else None
    if meeting is None or evaluation is None or not evaluation.is_open:
        return
    for person in evaluations.people_to_ask(meeting):
        # Who has answered gets it too: leaving them out would tell who did.
        _ask(person, meeting, evaluation)
    for guest in evaluations.guests_to_mail(meeting):
        _ask_guest(guest, meeting, evaluation)


def _ask_guest(guest: GuestAddress, meeting: Meeting, evaluation: Evaluation) -> None:
    """Who is nobody here: nothing to switch off, and once."""
    mail.send(
        to=guest.address,
        template="notifications/mail/evaluation",
        context={
            "meeting": meeting,
            "last_day": timezone.localtime(evaluation.last_moment).date(),
            "address": settings.BASE_URL + links.path_for_guest(guest.seat),
        },
        language=guest.language,
        key=f"evaluation:{meeting.pk}:seat:{guest.seat_id}",
        kind=OPEN.name,
        until=evaluation.last_moment,
    )


def _ask(person: Person, meeting: Meeting, evaluation: Evaluation) -> None:
    notify(
        person=person,
        kind=OPEN,
        key=f"evaluation:{meeting.pk}",
        community=meeting.community,
        about=meeting.title,
        words=lambda: _words(person, meeting, evaluation),
        until=evaluation.last_moment,
    )


def _words(person: Person, meeting: Meeting, evaluation: Evaluation) -> Words:
    last_day = date_format(timezone.localtime(evaluation.last_moment), "j F")
    return Words(
        subject=_("How was %(title)s?") % {"title": meeting.title},
        text=[
            _("Were you there? Then tell in a minute or two how it was, on your phone, without signing in."),
            _("Your name is not kept with your answers, and nothing is shown before five people have answered."),
        ],
        action=Link(_("Answer a few questions"), settings.BASE_URL + links.path_of_evaluation(meeting, person)),
        after=[_("You can answer until %(day)s.") % {"day": last_day}],
    )
