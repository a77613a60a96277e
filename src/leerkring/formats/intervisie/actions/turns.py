"""Who brought a case: a number and a place in line, without a day, a round or a name in any fact."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.facts import TurnNoted, TurnTakenBack
from leerkring.formats.intervisie.ground import lock_group, lock_round, require
from leerkring.formats.intervisie.models import CaseBringer, Round
from leerkring.platform import facts
from leerkring.platform.rules import Refused

MOST_TURNS = 4


def note_turn(*, round: Round, person: Person, by: Person) -> CaseBringer:
    """This member brings the case: one turn more, and to the end of the line. Twice in a round is once.

    Raises PermissionDenied, and Refused when the round does not run or the person is not in the group.
    """
    with transaction.atomic():
        _lock(round, by)
        group = round.group
        if queries.membership_in(group, person.pk) is None:
            raise Refused(_("Choose somebody of this group."))
        last = queries.highest_place(group)
        row = CaseBringer.objects.filter(group=group, person=person).first()
        if row is not None and row.place == last and round.turns_count:
            return row
        if round.turns_count >= MOST_TURNS:
            raise Refused(_("Four cases in one round is the most. End the round first."))
        row = row or CaseBringer(group=group, person=person)
        row.turns_count, row.place = row.turns_count + 1, last + 1
        row.save()
        _count(round, 1)
        facts.record(
            TurnNoted(
                community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk, intervisie_round_id=round.pk
            )
        )
    return row


def take_turn_back(*, round: Round, person: Person, by: Person) -> None:
    """Undo a wrong click on who brings the case: only of the last one in line, and while a round runs.

    Where they stood before is not kept, so they are the next among those who had a turn.

    Raises PermissionDenied and Refused.
    """
    with transaction.atomic():
        _lock(round, by)
        group = round.group
        row = CaseBringer.objects.filter(group=group, person=person).first()
        if row is None or row.place != queries.highest_place(group) or not round.turns_count:
            raise Refused(_("This turn cannot be taken back any more."))
        row.turns_count, row.place = row.turns_count - 1, 0
        if row.turns_count:
            row.save()
        else:
            row.delete()
        _count(round, -1)
        facts.record(
            TurnTakenBack(
                community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk, intervisie_round_id=round.pk
            )
        )


def _lock(round_: Round, by: Person) -> None:
    require(access.may_run(by, round_))
    lock_group(round_.group)
    lock_round(round_)
    if not round_.is_running:
        raise Refused(_("This round is not running."))


def _count(round_: Round, by: int) -> None:
    round_.turns_count += by
    round_.version += 1
    round_.save(update_fields=["turns_count", "version"])
