from __future__ import annotations

from django.db.models import QuerySet

from leerkring.community.accounts import queries as accounts
from leerkring.community.meetings.models import Material, Meeting
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.community.people.queries import person_of_account


def speakers_of(meeting: Meeting) -> QuerySet[Speaker]:
    return Speaker.objects.filter(meeting=meeting).select_related("person", "item")


def speaker_in(meeting: Meeting, speaker_id: int) -> Speaker | None:
    return Speaker.objects.filter(meeting=meeting, pk=speaker_id).select_related("meeting__community", "person").first()


def speaker_numbered(speaker_id: int) -> Speaker | None:
    speakers = Speaker.objects.select_related("meeting__community", "person__account")
    return speakers.filter(pk=speaker_id).first()


def speaker_of_token(token: str) -> Speaker | None:
    speakers = Speaker.objects.select_related("meeting__community__root", "meeting__facilitator", "person", "item")
    return speakers.filter(token=token, person__left_at__isnull=True).first()


def materials_for(speaker: Speaker) -> QuerySet[Material]:
    """What is for the whole programme or wider; what is for the group or the team alone is not for a speaker."""
    materials = Material.objects.filter(meeting=speaker.meeting, removed_at__isnull=True)
    return materials.exclude(label=Label.GROUP) if speaker.sees_materials else materials.none()


def person_at(address: str) -> Person | None:
    """Who has this address already."""
    known = accounts.address_named(address)
    return person_of_account(known.account) if known else None
