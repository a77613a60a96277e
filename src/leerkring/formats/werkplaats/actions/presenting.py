from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.facts import (
    PresentationBegun,
    PresentationEnded,
    PresentationFact,
    PresentationPut,
    PresentationRemoved,
)
from leerkring.formats.werkplaats.ground import require_open
from leerkring.formats.werkplaats.models import Presentation, Room, Round
from leerkring.formats.werkplaats.steps import Changes, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def put_presentation(
    *, round: Round, group: LearningGroup, by: Person, minutes: int = 5, position: int | None = None
) -> Presentation:
    """Let a group present in this round, last or in this place. Twice is once, with the minutes and place of now.

    Raises PermissionDenied, Refused for a group of another programme or a round of another kind.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        if round.kind != RoundKind.PRESENT:
            raise Refused(_("That is not asked in this round."))
        if group.community.root_pk != room.meeting.community.root_pk:
            raise Refused(_("This group belongs to another programme. Choose one of this programme."))
        if not 1 <= minutes <= 120:
            raise Refused(_("Give a number of minutes between 1 and 120."))
        changes = Changes()
        last = round.presentations.aggregate(last=Max("position"))["last"] or 0
        row = Presentation.objects.filter(round=round, group=group).first()
        if row is None:
            row = Presentation(round=round, group=group, minutes=minutes, position=last + 1)
            changes.make(row)
        changes.alter([row], minutes=minutes)
        if position is not None:
            order = [other for other in round.presentations.all() if other.pk != row.pk]
            order.insert(max(0, min(position - 1, len(order))), row)
            for index, other in enumerate(order, start=1):
                changes.alter([other], position=index)
        if not changes.is_empty():
            write_step(room, "put_presentation", by, changes)
            _tell(PresentationPut, room, row, by)
    return row


def remove_presentation(*, presentation: Presentation, by: Person) -> None:
    """Take a group off the list of those that present. Raises PermissionDenied, Refused once it began."""
    with transaction.atomic():
        room = _lock(presentation, by)
        if presentation.began_at is not None:
            raise Refused(_("This group has begun already."))
        changes = Changes()
        row = Presentation.objects.get(pk=presentation.pk)
        changes.remove(row)
        write_step(room, "remove_presentation", by, changes)
        _tell(PresentationRemoved, room, presentation, by)


def begin_presentation(*, presentation: Presentation, by: Person) -> Presentation:
    """This group has the floor, and its minutes run; the one before is done. Twice is once.

    Raises PermissionDenied, Refused when the round is not open.
    """
    with transaction.atomic():
        room = _lock(presentation, by)
        round_ = presentation.round
        require_open(round_, RoundKind.PRESENT)
        if presentation.is_on:
            return presentation
        changes, now = Changes(), clock.now()
        on = Presentation.objects.filter(round=round_, began_at__isnull=False, done_at__isnull=True)
        changes.alter(list(on), done_at=now)
        changes.alter([presentation], began_at=now, done_at=None)
        changes.alter([round_], ends_at=now + timedelta(minutes=presentation.minutes), left_seconds=None)
        write_step(room, "begin_presentation", by, changes)
        _tell(PresentationBegun, room, presentation, by)
    return presentation


def end_presentation(*, presentation: Presentation, by: Person) -> Presentation:
    """This group is done. Twice is once. Raises PermissionDenied, Refused before it began."""
    with transaction.atomic():
        room = _lock(presentation, by)
        if presentation.began_at is None:
            raise Refused(_("This group has not begun yet."))
        changes = Changes()
        if presentation.done_at is None:
            changes.alter([presentation], done_at=clock.now())
            changes.alter([presentation.round], ends_at=None, left_seconds=None)
            write_step(room, "end_presentation", by, changes)
            _tell(PresentationEnded, room, presentation, by)
    return presentation


def _lock(presentation: Presentation, by: Person) -> Room:
    room = lock_round(presentation.round, by)
    presentation.refresh_from_db(fields=["position", "minutes", "began_at", "done_at"])
    return room


def _tell(fact: type[PresentationFact], room: Room, row: Presentation, by: Person) -> None:
    facts.record(
        fact(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=row.round_id, group_id=row.group_id)
    )
