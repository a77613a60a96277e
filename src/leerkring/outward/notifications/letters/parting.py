"""The last meeting of an edition is over: who took part is told once what can be done now, and that nothing has to."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.facts import MeetingMoved
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.enums import EditionState
from leerkring.direction.programmes.facts import EditionMoved
from leerkring.direction.programmes.models import Edition
from leerkring.outward.notifications import kinds, queries
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs

PARTING = kinds.add(
    "edition.parting",
    gettext_lazy("The end of an edition"),
    gettext_lazy("You took part in this edition."),
)


@facts.beside(MeetingMoved)
def meeting_moved(fact: MeetingMoved) -> None:
    if fact.state == MeetingState.HELD:
        for edition in queries.editions_whose_meetings_are_held(fact.meeting_id):
            _tell_later(edition.pk)


@facts.beside(EditionMoved)
def edition_moved(fact: EditionMoved) -> None:
    if fact.state == EditionState.FINISHED:
        _tell_later(fact.edition_id)


def _tell_later(edition_id: int) -> None:
    enqueue("notifications.edition_parting", dedupe=f"{edition_id}", edition_id=edition_id)


@jobs.job("notifications.edition_parting")
def edition_parting(*, edition_id: int) -> None:
    """Once for each person, whichever came first: the last meeting, or the word of the team."""
    edition = queries.edition_numbered(edition_id)
    if edition is None:
        return
    for enrolment in programmes.enrolments_of(edition).filter(state__in=programmes.TAKING_PART):
        notify(
            person=enrolment.person,
            kind=PARTING,
            key=f"parting:{edition.pk}",
            community=edition.community,
            about=edition.name,
            words=lambda: _words(edition),
        )


def _words(edition: Edition) -> Words:
    page = reverse("closing:parting_page", args=[edition.community.slug, edition.pk])
    return Words(
        subject=_("%(name)s is over. What now?") % {"name": edition.name},
        text=[
            _("Thank you for taking part. You do not have to do anything: then everything stays as it is."),
            _("If you like:"),
        ],
        items=[
            _("stay as a follower, without obligations"),
            _("hand over your open questions and changes"),
            _("fetch your certificate, once it is issued"),
            _("look at your commitments"),
        ],
        action=Link(_("What you can do now"), settings.BASE_URL + page),
    )
