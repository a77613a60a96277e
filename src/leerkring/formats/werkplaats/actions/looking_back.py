from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import AskKind, RoundKind
from leerkring.formats.werkplaats.facts import AskPut, AskRemoved, Replied
from leerkring.formats.werkplaats.ground import (
    lock_voice,
    require_here,
    require_open,
    round_now,
    sentence,
    teller,
)
from leerkring.formats.werkplaats.models import Ask, Reply, Round
from leerkring.formats.werkplaats.steps import Changes, write_step
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

MOST_ASKS = 4


def put_ask(*, round: Round, text: str, by: Person, kind: AskKind = AskKind.SCALE) -> Ask:
    """Ask something to look back with; at most four. Raises PermissionDenied and Refused."""
    text = sentence(text)
    with transaction.atomic():
        room = lock_round(round, by)
        if round.kind != RoundKind.LOOK_BACK:
            raise Refused(_("That is not asked in this round."))
        asks = Ask.objects.filter(round=round)
        if asks.filter(removed_at__isnull=True).count() >= MOST_ASKS:
            raise Refused(_("Four questions are enough to look back. Take one away first."))
        last = asks.aggregate(last=Max("position"))["last"] or 0
        ask = Ask.objects.create(round=round, text=text, kind=kind, position=last + 1)
        changes = Changes()
        changes.appear(ask, "removed_at", clock.now())
        write_step(room, "put_ask", by, changes)
        facts.record(
            AskPut(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk, ask_id=ask.pk)
        )
    return ask


def remove_ask(*, ask: Ask, by: Person) -> Ask:
    """Ask it no longer; what was replied stays, unseen. Twice is once. Raises PermissionDenied."""
    with transaction.atomic():
        room = lock_round(ask.round, by)
        ask.refresh_from_db(fields=["removed_at"])
        changes = Changes()
        if ask.removed_at is None:
            changes.alter([ask], removed_at=clock.now())
            write_step(room, "remove_ask", by, changes)
            facts.record(
                AskRemoved(
                    community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=ask.round_id, ask_id=ask.pk
                )
            )
    return ask


def reply(*, ask: Ask, seat: Seat, number: int | None = None, text: str = "") -> Reply | None:
    """Answer one ask, until the round closes; an empty line takes it back. Twice is once.

    Raises Refused: closed, no number from 1 to 5, a line that is too long.
    """
    text = " ".join(text.split())
    with transaction.atomic():
        lock_voice(seat)
        now_ = round_now(ask.round)
        require_here(now_, seat)
        require_open(now_, RoundKind.LOOK_BACK)
        if ask.kind == AskKind.SCALE and (number is None or not 1 <= number <= 5):
            raise Refused(_("Choose a number from 1 to 5."))
        if ask.kind == AskKind.LINE and text:
            text = sentence(text)
        values = {
            "number": number if ask.kind == AskKind.SCALE else None,
            "text": text if ask.kind == AskKind.LINE else "",
        }
        voter = now_.voter_of(seat)
        known = Reply.objects.filter(ask=ask, voter=voter).first()
        if known is not None and (known.number, known.text) == (values["number"], values["text"]):
            return known
        if ask.kind == AskKind.LINE and not text:
            if known is None:
                return None
            known.delete()
            known = None
        else:
            known, _is_new = Reply.objects.update_or_create(
                ask=ask, voter=voter, defaults={**values, "at": clock.now()}
            )
        facts.record(
            Replied(
                community_id=now_.room.community_id, by_id=teller(now_, seat), room_id=now_.room_id,
                round_id=now_.pk, ask_id=ask.pk,
            )
        )  # fmt: skip
    return known
