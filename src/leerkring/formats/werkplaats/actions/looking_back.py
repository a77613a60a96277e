from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Seat
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import AskKind, RoundKind
from leerkring.formats.werkplaats.facts import AskPut, AskRemoved, Replied, RepliesTyped
from leerkring.formats.werkplaats.ground import (
    lock_voice,
    require_here,
    require_open,
    require_sheets,
    round_now,
    sentence,
    teller,
    voter_on_paper,
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
        values = _answer(ask, number, text)
        voter = now_.voter_of(seat)
        known = Reply.objects.filter(ask=ask, voter=voter).first()
        if known is not None and (known.number, known.text) == (values["number"], values["text"]):
            return known
        if ask.kind == AskKind.LINE and not values["text"]:
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


def type_replies(*, round: Round, replies: Mapping[Ask, str], by: Person, key: UUID | None = None) -> list[Reply]:
    """A facilitator enters the sheet of one person, also after the phones were closed. Same key, same sheet.

    Raises PermissionDenied; Refused: no round to look back that has begun, an empty sheet, no number from 1 to 5.
    """
    voter = voter_on_paper(key or uuid4())
    with transaction.atomic():
        room = lock_round(round, by)
        require_sheets(round, RoundKind.LOOK_BACK)
        if entered := list(Reply.objects.filter(ask__round=round, voter=voter)):
            return entered
        changes, rows = Changes(), []
        for ask, said in replies.items():
            text = " ".join(said.split())
            if text:
                values = _answer(ask, int(text) if text in ("1", "2", "3", "4", "5") else None, text)
                rows.append(Reply(ask=ask, voter=voter, at=clock.now(), **values))
                changes.make(rows[-1])
        if not rows:
            raise Refused(_("Fill in an answer of the sheet first."))
        write_step(room, "type_replies", by, changes)
        facts.record(RepliesTyped(community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk))
    return rows


def _answer(ask: Ask, number: int | None, text: str) -> dict[str, Any]:
    """What is kept of an answer. Raises Refused."""
    if ask.kind == AskKind.LINE:
        return {"number": None, "text": sentence(text) if text else ""}
    if number is None or not 1 <= number <= 5:
        raise Refused(_("Choose a number from 1 to 5."))
    return {"number": number, "text": ""}
