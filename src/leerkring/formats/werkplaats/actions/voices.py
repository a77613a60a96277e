from __future__ import annotations

from django.db import transaction

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.enums import RoundState
from leerkring.formats.werkplaats.facts import VoicesJoined
from leerkring.formats.werkplaats.models import Placing, Point, Post, Reply, Room, Round, Wish
from leerkring.platform import facts


def claim(*, seat: Seat, by: Person) -> Seat:
    """Somebody signed in where a guest sat: seat, attendance and all that was said are theirs, in one go.

    Raises PermissionDenied for the seat of another person, Refused for who was put out.
    """
    with transaction.atomic():
        meetings.claim_seat(seat=seat, by=by)
        join_voices(seat=seat)
    return seat


def join_voices(*, seat: Seat) -> None:
    """Let what was said from this seat before its person signed in count as theirs. Twice is once.

    In rounds that are closed and anonymous nothing can be tied to anybody, and nothing is.
    """
    if seat.person_id is None:
        return
    with transaction.atomic():
        room = Room.objects.select_related("meeting").filter(meeting=seat.meeting_id).first()
        if room is None:
            return
        list(Seat.objects.filter(meeting=seat.meeting_id, person=seat.person_id).order_by("pk").select_for_update())
        moved = [_join(round_, seat) for round_ in room.rounds.all()]
        moved.append(_join_placings(room, seat))
        if any(moved):
            facts.record(VoicesJoined(community_id=room.community_id, by_id=None, room_id=room.pk))


def settle_voices(round_: Round) -> None:
    """Before a round closes: whoever signed in meanwhile counts once, also when nobody was told of it."""
    seats = Seat.objects.filter(meeting__room=round_.room_id, person__isnull=False)
    guests = {round_.guest_voter_of(seat): seat for seat in seats}
    for voter in _voters(round_) & set(guests):
        _join(round_, guests[voter])


def _voters(round_: Round) -> set[str]:
    rows = (
        Post.objects.filter(round=round_)
        .order_by()
        .values_list("voter", flat=True)
        .union(
            Point.objects.filter(round=round_).order_by().values_list("voter", flat=True),
            Wish.objects.filter(round=round_).order_by().values_list("voter", flat=True),
            Reply.objects.filter(ask__round=round_).order_by().values_list("voter", flat=True),
        )
    )
    return set(rows)


def _join(round_: Round, seat: Seat) -> bool:
    if round_.is_anonymous and round_.state == RoundState.CLOSED:
        return False
    guest, person = round_.guest_voter_of(seat), round_.voter_of(seat)
    if not guest or guest == person:
        return False
    moved = Post.objects.filter(round=round_, voter=guest).update(voter=person)
    moved += _join_points(round_, guest, person)
    moved += _join_wishes(round_, guest, person)
    moved += _join_replies(round_, guest, person)
    return bool(moved)


def _join_placings(room: Room, seat: Seat) -> bool:
    """Who sat at a table as a guest sits there as a person; one place each."""
    as_guest = Placing.objects.filter(room=room, seat=seat)
    if Placing.objects.filter(room=room, person=seat.person_id).exists():
        return bool(as_guest.delete()[0])
    return bool(as_guest.update(seat=None, person=seat.person_id))


def _join_points(round_: Round, guest: str, person: str) -> int:
    """The later value of each target wins; what goes beyond the budget comes off, the oldest first."""
    points = list(Point.objects.filter(round=round_, voter__in=(guest, person)).order_by("pk"))
    if not any(point.voter == guest for point in points):
        return 0
    latest = {(point.cluster_id, point.post_id): point for point in points}
    spent = sum(point.count for point in latest.values())
    for point in points:
        if latest[(point.cluster_id, point.post_id)] is not point:
            point.delete()
            continue
        over = min(point.count, max(0, spent - round_.budget))
        spent -= over
        point.count -= over
    for point in latest.values():
        if point.count:
            Point.objects.filter(pk=point.pk).update(voter=person, count=point.count)
        else:
            point.delete()
    return 1


def _join_wishes(round_: Round, guest: str, person: str) -> int:
    mine = Wish.objects.filter(round=round_, voter=guest)
    latest = mine.order_by("-pk").first()
    if latest is None:
        return 0
    others = Wish.objects.filter(round=round_, voter=person)
    other = others.order_by("-pk").first()
    if other is not None and other.pk > latest.pk:
        return mine.delete()[0]
    others.delete()
    return mine.update(voter=person)


def _join_replies(round_: Round, guest: str, person: str) -> int:
    mine = list(Reply.objects.filter(ask__round=round_, voter=guest))
    theirs = {reply.ask_id: reply for reply in Reply.objects.filter(ask__round=round_, voter=person)}
    for reply in mine:
        other = theirs.get(reply.ask_id)
        if other is not None and other.at > reply.at:
            reply.delete()
            continue
        if other is not None:
            other.delete()
        Reply.objects.filter(pk=reply.pk).update(voter=person)
    return len(mine)
