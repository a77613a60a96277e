from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.facts import Wished
from leerkring.formats.werkplaats.ground import lock_voice, require_here, require_open, round_now
from leerkring.formats.werkplaats.models import Round, Table, Wish
from leerkring.platform import facts
from leerkring.platform.rules import Refused

MOST_WISHES = 5


def wish(*, round: Round, seat: Seat, tables: Sequence[Table]) -> list[Wish]:
    """Say at which tables one would like to be, the first wish first; an empty list takes all back. Twice is once.

    Raises Refused: closed, too many, or a table that is gone.
    """
    wanted = list(dict.fromkeys(table.pk for table in tables))
    if len(wanted) > MOST_WISHES:
        raise Refused(
            ngettext("Choose at most %(count)d table.", "Choose at most %(count)d tables.", MOST_WISHES)
            % {"count": MOST_WISHES}
        )
    with transaction.atomic():
        lock_voice(seat)
        now_ = round_now(round)
        require_here(now_, seat)
        require_open(now_, RoundKind.WISH)
        if Table.objects.filter(pk__in=wanted, room=now_.room_id, removed_at__isnull=True).count() != len(wanted):
            raise Refused(_("One of these tables is no longer there. Look at the list again."))
        voter = now_.voter_of(seat)
        before = list(Wish.objects.filter(round=now_, voter=voter).order_by("rank"))
        if [row.table_id for row in before] == wanted:
            return before
        Wish.objects.filter(round=now_, voter=voter).delete()
        rows = Wish.objects.bulk_create(
            Wish(round=now_, voter=voter, seat=seat, table_id=pk, rank=rank) for rank, pk in enumerate(wanted, start=1)
        )
        facts.record(
            Wished(
                community_id=now_.room.community_id, by_id=seat.person_id, room_id=now_.room_id, round_id=now_.pk,
                wish_count=len(rows),
            )
        )  # fmt: skip
    return rows
