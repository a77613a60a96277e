from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings import access as meeting_access
from leerkring.community.meetings import actions, codes, rules
from leerkring.community.meetings.enums import MeetingKind, PollReply
from leerkring.community.meetings.facts import (
    PollAnswered,
    PollChanged,
    PollClosed,
    PollDatesAdded,
    PollDecided,
    PollNeeds,
    PollOpened,
    PollOptionRemoved,
    PollOptionRestored,
    PollReopened,
    PollVoiceRemoved,
)
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import access, queries
from leerkring.community.meetings.polls.models import DatePoll, PollAnswer, PollOption, PollVoice
from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

MOST_OPTIONS = 60
MOST_VOICES = 1_000
"""A link that anybody can use is no way to fill the database."""


class Slot(NamedTuple):
    starts_at: datetime
    ends_at: datetime


class Guest(NamedTuple):
    """Who answers without an account: the name is enough."""

    name: str
    organisation: Organisation | None = None
    organisation_name: str = ""
    address: str = ""


def open_poll(
    *,
    community: Community,
    kind: MeetingKind,
    slots: Iterable[Slot],
    closes_on: date,
    by: Person,
    title: str = "",
    purpose: str = "",
    place: str = "",
    label: Label | None = None,
    meeting: Meeting | None = None,
) -> DatePoll:
    """Propose dates. With `meeting`, for another date of that one. An intervisie has no words of its own (rule 6).

    Raises PermissionDenied, and Refused without dates, with one in the past, or a last day that is over.
    """
    if meeting is not None:
        rules.require(meeting_access.may_change_meeting(by, meeting))
        community, kind, title, purpose, place = meeting.community, MeetingKind(meeting.kind), meeting.title, "", ""
    rules.require(meeting_access.may_plan_meeting(by, community) or meeting is not None)
    is_intervisie = kind == MeetingKind.INTERVISIE
    poll = DatePoll(
        community=community,
        kind=kind,
        title=(_("Intervisie") if is_intervisie and meeting is None else title).strip(),
        purpose="" if is_intervisie else purpose.strip(),
        place=place.strip(),
        closes_on=closes_on,
        label=label or (Label.GROUP if community.kind == CommunityKind.GROUP else Label.PROGRAMME),
        meeting=meeting,
        token=secrets.token_urlsafe(24),
        made_by=by,
        made_at=clock.now(),
    )
    if not poll.title:
        raise Refused(_("Give the meeting a title."))
    if closes_on < clock.today():
        raise Refused(_("The last day to answer is over. Choose a later one."))
    check_fields(poll)
    with transaction.atomic():
        poll.save()
        if not _add(poll, slots):
            raise Refused(_("Propose at least one date."))
        facts.record(PollOpened(community_id=community.pk, by_id=by.pk, poll_id=poll.pk))
    return poll


def add_dates(*, poll: DatePoll, slots: Iterable[Slot], by: Person) -> int:
    """Propose more dates; says how many were new. Raises PermissionDenied and Refused."""
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        _lock(poll)
        _require_undecided(poll)
        count = _add(poll, slots)
        if count:
            facts.record(PollDatesAdded(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk, count=count))
    return count


def remove_date(*, option: PollOption, by: Person) -> None:
    """`restore_date` puts it back with its answers. Twice is once. Raises PermissionDenied and Refused."""
    poll = option.poll
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        _lock(poll)
        _require_undecided(poll)
        if PollOption.objects.filter(pk=option.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            facts.record(
                PollOptionRemoved(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk, option_id=option.pk)
            )


def restore_date(*, option: PollOption, by: Person) -> None:
    """The inverse of `remove_date`. Raises PermissionDenied."""
    poll = option.poll
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        if PollOption.objects.filter(pk=option.pk, removed_at__isnull=False).update(removed_at=None):
            facts.record(
                PollOptionRestored(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk, option_id=option.pk)
            )


def answer_poll(
    *,
    poll: DatePoll,
    answers: Mapping[int, PollReply],
    device: str,
    by: Person | None,
    guest: Guest | None = None,
    voice: PollVoice | None = None,
) -> PollVoice:
    """Say of each date whether one can come; what was said before is replaced. Twice at once is one voice.

    A person who is signed in is known; a visitor gives a name and is known by the device, or by the link of `voice`.
    Raises Refused without a name or an answer, and once the poll is closed.
    """
    _require_open(poll)
    if voice is None and by is None and (guest is None or not guest.name.strip()):
        raise Refused(_("Give your name, so that the others know who can come."))
    dates = {option.pk for option in queries.options_of(poll)}
    said = {pk: PollReply(answer) for pk, answer in answers.items() if pk in dates}
    if not said:
        raise Refused(_("Say of at least one date whether you can come."))
    with transaction.atomic():
        voice = voice or _voice_of(poll, by, device)
        voice = PollVoice.objects.select_for_update(of=("self",)).select_related("person").get(pk=voice.pk)
        if voice.person is not None:
            voice.organisation = queries.organisation_of(voice.person, poll.community)
        elif guest is not None and guest.name.strip():
            voice.name = " ".join(guest.name.split())
            voice.organisation, voice.organisation_name = guest.organisation, guest.organisation_name.strip()
            voice.address = guest.address.strip()
        voice.answered_at = clock.now()
        check_fields(voice)
        voice.save()
        PollAnswer.objects.filter(voice=voice).delete()
        PollAnswer.objects.bulk_create(
            [PollAnswer(voice=voice, option_id=pk, answer=answer) for pk, answer in said.items()]
        )
        facts.record(
            PollAnswered(
                community_id=poll.community_id, by_id=by.pk if by else None, poll_id=poll.pk, voice_id=voice.pk
            )
        )
    return voice


def remove_voice(*, voice: PollVoice, by: Person | None) -> None:
    """Take one's answer back, name and address with it; whoever holds the link of the voice may."""
    poll = voice.poll
    with transaction.atomic():
        facts.record(
            PollVoiceRemoved(
                community_id=poll.community_id, by_id=by.pk if by else None, poll_id=poll.pk, voice_id=voice.pk
            )
        )
        voice.delete()


def need_people(*, poll: DatePoll, people: Iterable[Person], by: Person) -> None:
    """Who must be there: a date without them does not fit. Raises PermissionDenied, Refused for a stranger."""
    rules.require(access.may_keep_poll(by, poll))
    wanted = list(people)
    known = set(queries.people_to_need(poll).values_list("pk", flat=True))
    with transaction.atomic():
        for person in wanted:
            if person.pk not in known:
                raise Refused(_("%(name)s is not in this programme. Invite them first.") % {"name": person.name})
            voice, _is_new = _get_or_make(poll, person=person)
            _need(voice, is_needed=True, by=by)


def need_voice(*, voice: PollVoice, is_needed: bool, by: Person) -> None:
    """Whether this voice must be there. Raises PermissionDenied."""
    rules.require(access.may_keep_poll(by, voice.poll))
    with transaction.atomic():
        _need(voice, is_needed=is_needed, by=by)


def choose_date(*, option: PollOption, by: Person) -> Meeting:
    """Plan the meeting on this date, or put the meeting that stands already there. Another choice moves it again.

    Raises PermissionDenied, and Refused as planning and changing a meeting do.
    """
    poll = option.poll
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        _lock(poll)
        if poll.chosen_id == option.pk and poll.meeting is not None:
            return poll.meeting
        if option.removed_at is not None:
            raise Refused(_("This date is taken out. Put it back first."))
        poll.meeting = _planned(poll, option, by)
        poll.chosen, poll.chosen_at, poll.closed_at = option, clock.now(), None
        poll.save(update_fields=["meeting", "chosen", "chosen_at", "closed_at"])
        facts.record(
            PollDecided(
                community_id=poll.community_id,
                by_id=by.pk,
                poll_id=poll.pk,
                option_id=option.pk,
                meeting_id=poll.meeting.pk,
            )
        )
    return poll.meeting


def change_poll(*, poll: DatePoll, title: str, place: str, purpose: str, by: Person) -> DatePoll:
    """Other words, as long as no date is chosen. Raises PermissionDenied, and Refused for those of a meeting."""
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        _lock(poll)
        _require_undecided(poll)
        if poll.meeting_id is not None or poll.kind == MeetingKind.INTERVISIE:
            raise Refused(_("These words belong to the meeting. Change them there."))
        poll.title, poll.place, poll.purpose = title.strip(), place.strip(), purpose.strip()
        check_fields(poll)
        poll.save(update_fields=["title", "place", "purpose"])
        facts.record(PollChanged(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk))
    return poll


def close_poll(*, poll: DatePoll, by: Person) -> None:
    """No date is chosen and no answer taken any more. Twice is once. Raises PermissionDenied."""
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        if DatePoll.objects.filter(pk=poll.pk, closed_at__isnull=True).update(closed_at=clock.now()):
            facts.record(PollClosed(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk))


def reopen_poll(*, poll: DatePoll, by: Person, closes_on: date | None = None) -> None:
    """The inverse of `close_poll`; with another last day. Raises PermissionDenied, Refused for a day that is over."""
    rules.require(access.may_keep_poll(by, poll))
    with transaction.atomic():
        _lock(poll)
        _require_undecided(poll)
        if closes_on is not None:
            poll.closes_on = closes_on
        if poll.closes_on < clock.today():
            raise Refused(_("The last day to answer is over. Choose a later one."))
        poll.closed_at = None
        poll.save(update_fields=["closes_on", "closed_at"])
        facts.record(PollReopened(community_id=poll.community_id, by_id=by.pk, poll_id=poll.pk))


def _planned(poll: DatePoll, option: PollOption, by: Person) -> Meeting:
    if poll.meeting is not None:
        return actions.change_meeting(meeting=poll.meeting, by=by, starts_at=option.starts_at, ends_at=option.ends_at)
    is_intervisie = poll.kind == MeetingKind.INTERVISIE
    return actions.plan_meeting(
        community=poll.community,
        kind=MeetingKind(poll.kind),
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        title="" if is_intervisie else poll.title,
        purpose="" if is_intervisie else poll.purpose,
        place=poll.place,
        label=Label(poll.label),
        by=by,
    )


def _add(poll: DatePoll, slots: Iterable[Slot]) -> int:
    """Dates that are not proposed yet; one that was taken out comes back."""
    count = 0
    for slot in slots:
        if slot.ends_at <= slot.starts_at:
            raise Refused(_("The end comes before the start. Change one of the two."))
        if slot.ends_at - slot.starts_at > rules.LONGEST:
            raise Refused(_("A meeting takes at most two weeks. Plan two meetings."))
        if slot.starts_at <= clock.now():
            raise Refused(_("A date that you propose is over. Choose a later one."))
        option, is_new = PollOption.objects.get_or_create(poll=poll, starts_at=slot.starts_at, ends_at=slot.ends_at)
        if not is_new and option.removed_at is not None:
            option.removed_at, is_new = None, True
            option.save(update_fields=["removed_at"])
        count += is_new
    if queries.options_of(poll).count() > MOST_OPTIONS:
        raise Refused(_("Propose at most %(count)d dates.") % {"count": MOST_OPTIONS})
    return count


def _voice_of(poll: DatePoll, by: Person | None, device: str) -> PollVoice:
    voice, is_new = _get_or_make(poll, person=by, device="" if by else codes.hash_of(device))
    if is_new and PollVoice.objects.filter(poll=poll).count() > MOST_VOICES:
        raise Refused(_("So many people answered that no more fit. Ask who made the poll."))
    return voice


def _get_or_make(poll: DatePoll, *, person: Person | None, device: str = "") -> tuple[PollVoice, bool]:
    fresh = {"token": secrets.token_urlsafe(24)}
    if person is not None:
        return PollVoice.objects.get_or_create(poll=poll, person=person, defaults=fresh)
    return PollVoice.objects.get_or_create(poll=poll, person=None, device=device, defaults=fresh)


def _need(voice: PollVoice, *, is_needed: bool, by: Person) -> None:
    if PollVoice.objects.filter(pk=voice.pk).exclude(is_needed=is_needed).update(is_needed=is_needed):
        poll = voice.poll
        facts.record(
            PollNeeds(
                community_id=poll.community_id,
                by_id=by.pk,
                poll_id=poll.pk,
                voice_id=voice.pk,
                is_needed=is_needed,
            )
        )


def _lock(poll: DatePoll) -> None:
    poll.refresh_from_db(
        fields=["closes_on", "closed_at", "chosen", "meeting"], from_queryset=DatePoll.objects.select_for_update()
    )


def _require_open(poll: DatePoll) -> None:
    if poll.chosen_id is not None:
        raise Refused(_("The date has been chosen. Answers are not taken any more."))
    if not poll.is_open:
        raise Refused(_("The last day to answer is over. Ask who made the poll."))


def _require_undecided(poll: DatePoll) -> None:
    if poll.chosen_id is not None:
        raise Refused(_("The date has been chosen. Choose another one, or make a new poll."))
