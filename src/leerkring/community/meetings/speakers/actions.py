from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, rules
from leerkring.community.meetings.facts import SpeakerEnded, SpeakerInvited, SpeakerRestored
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.speakers import queries
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

LONGEST = timedelta(days=366)


def invite_speaker(
    *,
    meeting: Meeting,
    address: str,
    given_name: str,
    last_day: date,
    by: Person,
    prefix: str = "",
    family_name: str = "",
    item: RunSheetItem | None = None,
    note: str = "",
    sees_run_sheet: bool = True,
    sees_materials: bool = True,
) -> Speaker:
    """Let somebody in at this meeting alone, up to and including a day. Who has the address already is that person.

    Twice is once, with what was said last. An intervisie has no speakers. Raises PermissionDenied and Refused.
    """
    rules.require(access.may_change_meeting(by, meeting))
    if not meeting.keeps_text:
        raise Refused(_("An intervisie has no speakers: what is said there stays there."))
    if meeting.is_cancelled:
        raise Refused(_("This meeting is cancelled. Put it back first."))
    if last_day < clock.today() or last_day < meeting.day:
        raise Refused(_("Let the access last at least until the meeting."))
    if last_day > clock.today() + LONGEST:
        raise Refused(_("Access lasts at most a year. Choose an earlier day."))
    with transaction.atomic():
        person = queries.person_at(address) or people.add_person(
            given_name=given_name, prefix=prefix, family_name=family_name, addresses=[address], by=by
        )
        known = Speaker.objects.filter(meeting=meeting, person=person).first()
        speaker = known or Speaker(meeting=meeting, person=person, token=secrets.token_urlsafe(24))
        speaker.from_on, speaker.until_on = clock.today(), last_day + timedelta(days=1)
        speaker.item, speaker.note = item, note.strip()
        speaker.sees_run_sheet, speaker.sees_materials = sees_run_sheet, sees_materials
        speaker.invited_by, speaker.invited_at, speaker.ended_at = by, clock.now(), None
        check_fields(speaker)
        speaker.save()
        facts.record(
            SpeakerInvited(community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, speaker_id=speaker.pk)
        )
    return speaker


def end_speaker(*, speaker: Speaker, by: Person) -> None:
    """The link stops at once. Twice is once. Raises PermissionDenied."""
    rules.require(access.may_change_meeting(by, speaker.meeting))
    with transaction.atomic():
        if Speaker.objects.filter(pk=speaker.pk, ended_at__isnull=True).update(ended_at=clock.now()):
            facts.record(
                SpeakerEnded(
                    community_id=speaker.meeting.community_id,
                    by_id=by.pk,
                    meeting_id=speaker.meeting_id,
                    speaker_id=speaker.pk,
                )
            )


def restore_speaker(*, speaker: Speaker, by: Person) -> None:
    """The inverse of `end_speaker`. Raises PermissionDenied."""
    rules.require(access.may_change_meeting(by, speaker.meeting))
    with transaction.atomic():
        if Speaker.objects.filter(pk=speaker.pk, ended_at__isnull=False).update(ended_at=None):
            facts.record(
                SpeakerRestored(
                    community_id=speaker.meeting.community_id,
                    by_id=by.pk,
                    meeting_id=speaker.meeting_id,
                    speaker_id=speaker.pk,
                )
            )
