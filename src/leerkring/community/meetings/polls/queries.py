from __future__ import annotations

from django.db.models import Q, QuerySet

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.codes import hash_of
from leerkring.community.meetings.polls.models import DatePoll, PollAnswer, PollOption, PollVoice
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person


def polls_visible_to(person: Person | None, community: Community) -> QuerySet[DatePoll]:
    """The polls of a programme and of its groups that this person may read by their label."""
    polls = memberships.readable_in(person, community, DatePoll.objects.all())
    return polls.select_related("community", "meeting__community", "chosen")


def waiting(polls: QuerySet[DatePoll]) -> QuerySet[DatePoll]:
    """Those of which no date was chosen, the first to close first; one that was closed is left out."""
    return polls.filter(closed_at__isnull=True, chosen__isnull=True).order_by("closes_on", "id")


def poll_of_token(token: str) -> DatePoll | None:
    polls = DatePoll.objects.select_related("community__root", "meeting__community", "chosen", "made_by")
    return polls.filter(token=token).first()


def poll_numbered(poll_id: int) -> DatePoll | None:
    return DatePoll.objects.select_related("community", "meeting", "chosen").filter(pk=poll_id).first()


def options_of(poll: DatePoll) -> QuerySet[PollOption]:
    return PollOption.objects.filter(poll=poll, removed_at__isnull=True)


def option_in(poll: DatePoll, option_id: int, *, removed: bool = False) -> PollOption | None:
    options = PollOption.objects.filter(poll=poll) if removed else options_of(poll)
    return options.select_related("poll__community", "poll__meeting__community").filter(pk=option_id).first()


def voices_of(poll: DatePoll) -> QuerySet[PollVoice]:
    """Who answered or must come: those first who must."""
    voices = PollVoice.objects.filter(poll=poll).filter(Q(answered_at__isnull=False) | Q(is_needed=True))
    return voices.select_related("person", "organisation").order_by("-is_needed", "id")


def voice_in(poll: DatePoll, voice_id: int) -> PollVoice | None:
    return PollVoice.objects.filter(poll=poll, pk=voice_id).select_related("poll", "person").first()


def voice_of_token(poll: DatePoll, token: str) -> PollVoice | None:
    return PollVoice.objects.filter(poll=poll, token=token).select_related("poll", "person", "organisation").first()


def own_voice(poll: DatePoll, person: Person | None, device: str) -> PollVoice | None:
    """The one of this person; for a visitor that of this device."""
    voices = PollVoice.objects.filter(poll=poll).select_related("person", "organisation")
    if person is not None:
        return voices.filter(person=person).first()
    return voices.filter(person__isnull=True, device=hash_of(device)).first()


def answers_of(poll: DatePoll) -> dict[tuple[int, int], str]:
    """Each answer by voice and date."""
    rows = PollAnswer.objects.filter(voice__poll=poll).values_list("voice_id", "option_id", "answer")
    return {(voice, option): answer for voice, option, answer in rows}


def answers_by(voice: PollVoice | None) -> dict[int, str]:
    """What this voice said, by date."""
    if voice is None:
        return {}
    return dict(PollAnswer.objects.filter(voice=voice).values_list("option_id", "answer"))


def organisations_of(poll: DatePoll) -> QuerySet[Organisation]:
    """Those that take part, to choose from."""
    root = poll.community.root or poll.community
    return memberships.organisations_of(root)


def people_to_need(poll: DatePoll) -> QuerySet[Person]:
    """People of the programme or the group who do not stand among those who must come."""
    needed = PollVoice.objects.filter(poll=poll, is_needed=True, person__isnull=False).values("person_id")
    return meetings.people_of(poll.community).exclude(pk__in=needed)


def organisation_of(person: Person, community: Community) -> Organisation | None:
    placement = meetings.placements_of([person], community).get(person.pk)
    return placement.organisation if placement else None


def answered(poll: DatePoll) -> QuerySet[PollVoice]:
    """Who answered, with their accounts."""
    voices = PollVoice.objects.filter(poll=poll, answered_at__isnull=False)
    return voices.select_related("person__account").order_by("id")


def to_tell_count(poll: DatePoll) -> int:
    """Of those who answered, whom a letter can reach."""
    reached = Q(person__account__isnull=False) | ~Q(address="")
    return PollVoice.objects.filter(reached, poll=poll, answered_at__isnull=False).count()
