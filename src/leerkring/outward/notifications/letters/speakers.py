"""Somebody is asked to speak: the link is the access, so it goes to them alone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.facts import SpeakerInvited
from leerkring.community.meetings.sentences import when_of
from leerkring.community.meetings.speakers import queries as speakers
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs
from leerkring.platform.ui.days import date_words

SPEAKS = kinds.add(
    "speaker.invited",
    gettext_lazy("You speak at a meeting"),
    gettext_lazy("You were asked to speak at this meeting."),
    may_be_muted=False,
)


@facts.beside(SpeakerInvited)
def speaker_was_invited(fact: SpeakerInvited) -> None:
    enqueue("notifications.tell_speaker", speaker_id=fact.speaker_id)


@jobs.job("notifications.tell_speaker")
def tell_speaker(*, speaker_id: int) -> None:
    speaker = speakers.speaker_numbered(speaker_id)
    if speaker is None or not speaker.has_access or speaker.meeting.is_cancelled:
        return
    notify(
        person=speaker.person,
        kind=SPEAKS,
        key=f"speaker:{speaker.pk}:{speaker.invited_at:%Y%m%d%H%M%S}",
        community=speaker.meeting.community,
        about=speaker.meeting.title,
        meeting=speaker.meeting,
        words=lambda: _words(speaker),
    )


def _words(speaker: Speaker) -> Words:
    meeting = speaker.meeting
    told = [(_("When"), when_of(meeting))] + ([(_("Where"), meeting.place)] if meeting.place else [])
    last_day = date_words(speaker.last_day, "full")
    return Words(
        subject=_("You speak at %(title)s") % {"title": meeting.title},
        text=[_("You are asked to speak. Behind this link stands what you need; you need no account.")],
        facts=told,
        action=Link(_("See what is asked of you"), _page(speaker)),
        after=[_("The link is yours alone, and works until %(day)s.") % {"day": last_day}],
    )


def _page(speaker: Speaker) -> str:
    return settings.BASE_URL + reverse("meetings:speaker_page", args=[speaker.token])
