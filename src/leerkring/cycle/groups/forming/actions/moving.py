"""Changing a division by hand. Rules may be broken here: the page says which, before and after."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.facts import FormingRearranged
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare
from leerkring.cycle.groups.forming.models import Candidate, Forming, PossibleGroup
from leerkring.platform import facts
from leerkring.platform.rules import Refused

MOST_MOVES = 200


def move_candidate(*, candidate: Candidate, to: PossibleGroup, by: Person) -> Forming:
    """Bring one person to another group. Twice is once. Raises PermissionDenied; Refused for who is pinned."""
    if to.forming_id != candidate.forming_id:
        raise Refused(_("That group is not in this division. Look at the list again."))
    return _rearrange(candidate.forming, [(candidate, to.pk)], by)


def swap_candidates(*, one: Candidate, other: Candidate, by: Person) -> Forming:
    """Let two people change places. Raises PermissionDenied; Refused for somebody pinned, or without a group."""
    forming = one.forming
    if one.forming_id != other.forming_id or one.pk == other.pk:
        raise Refused(_("Choose two different people."))
    with transaction.atomic():
        lock_to_prepare(forming, by)
        places = forming.place_of(one.pk), forming.place_of(other.pk)
        if places[0] is None or places[1] is None:
            raise Refused(_("One of them has no group yet. Move them to a group first."))
        return _rearrange(forming, [(one, places[1]), (other, places[0])], by)


def take_back_move(*, forming: Forming, by: Person) -> Forming:
    """Undo the last move or swap. With nothing to undo nothing changes. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        lock_to_prepare(forming, by)
        if not forming.moves:
            return forming
        last = forming.moves[-1]
        for key, place in last["was"].items():
            if place is None:
                forming.places.pop(key, None)
            else:
                forming.places[key] = place
        forming.moves = forming.moves[:-1]
        _keep(forming, len(last["was"]), by)
    return forming


def _rearrange(forming: Forming, moves: list[tuple[Candidate, int]], by: Person) -> Forming:
    with transaction.atomic():
        lock_to_prepare(forming, by)
        if not forming.has_division:
            raise Refused(_("There are no groups yet. Form the groups first."))
        moving = [(candidate, to) for candidate, to in moves if forming.place_of(candidate.pk) != to]
        if not moving:
            return forming
        for candidate, to in moving:
            if candidate.pin_id is not None and candidate.pin_id != to:
                raise Refused(_("%(name)s is pinned to a group. Take the pin off first.") % {"name": candidate.name})
            if candidate.is_absent:
                raise Refused(_("%(name)s is not there. Say first that they came.") % {"name": candidate.name})
        was = {str(candidate.pk): forming.place_of(candidate.pk) for candidate, _to in moving}
        forming.places |= {str(candidate.pk): to for candidate, to in moving}
        forming.moves = [*forming.moves[-MOST_MOVES:], {"was": was}]
        _keep(forming, len(moving), by)
    return forming


def _keep(forming: Forming, moved_count: int, by: Person) -> None:
    forming.revision += 1
    forming.save(update_fields=["places", "moves", "revision"])
    facts.record(
        FormingRearranged(
            community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk, moved_count=moved_count
        )
    )
