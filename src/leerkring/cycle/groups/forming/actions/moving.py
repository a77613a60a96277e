"""Changing a division by hand. Rules may be broken here: the page says which, before and after."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.facts import FormingRearranged
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, lock_unused, require_no_groups
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
        require_no_groups(forming)
        if not forming.moves:
            return forming
        last = forming.moves[-1]
        forming.places = _with(forming.places, last["was"])
        _pin(forming, last.get("pins", {}))
        forming.moves = forming.moves[:-1]
        _keep(forming, len(last["was"]), by)
    return forming


def arrange(
    *, forming: Forming, places: Mapping[int, int | None], pins: Mapping[int, int | None], by: Person
) -> Forming:
    """Bring the division in line with where a format's own desk has people, and who is fixed there (by the ids of
    candidates and possible groups); also while it is being formed. Back to before the last move takes that move back.

    With nothing that differs nothing changes. Raises PermissionDenied, and Refused once the groups are made.
    """
    with transaction.atomic():
        lock_unused(forming, by)
        known = dict(forming.candidates.filter(pk__in=list(pins)).values_list("pk", "pin"))
        fixed = {str(pk): pin for pk, pin in known.items() if pin != pins[pk]}
        _pin(forming, {key: pins[int(key)] for key in fixed})
        moved = {str(pk): place for pk, place in places.items() if forming.place_of(pk) != place}
        if not forming.has_division or not (moved or fixed):
            return forming
        last = forming.moves[-1] if forming.moves else {"was": {}}
        if moved and moved == last["was"]:
            forming.moves = forming.moves[:-1]
        else:
            was = {key: forming.places.get(key) for key in moved}
            forming.moves = [*forming.moves[-MOST_MOVES:], {"was": was, "pins": fixed}]
        forming.places = _with(forming.places, moved)
        _keep(forming, len(moved), by)
    return forming


def _with(places: Mapping[str, int], changed: Mapping[str, int | None]) -> dict[str, int]:
    """The places with these changes; None takes somebody out of their group."""
    found = {**places, **changed}
    return {key: place for key, place in found.items() if place is not None}


def _pin(forming: Forming, pins: Mapping[str, int | None]) -> None:
    groups = set(forming.possible_groups.values_list("pk", flat=True)) if pins else set()
    for key, pin in pins.items():
        forming.candidates.filter(pk=int(key)).update(pin=pin if pin in groups else None)


def _rearrange(forming: Forming, moves: list[tuple[Candidate, int]], by: Person) -> Forming:
    with transaction.atomic():
        lock_to_prepare(forming, by)
        require_no_groups(forming)
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
