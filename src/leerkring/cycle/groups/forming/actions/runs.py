"""Asking the group former, and keeping what it says. The asking itself happens after commit (`jobs`)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.facts import FormingBegun, FormingFailed, FormingFinished
from leerkring.cycle.groups.forming.access import may_prepare_forming
from leerkring.cycle.groups.forming.actions.ground import lock_unused
from leerkring.cycle.groups.forming.models import Forming
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

FORM, FIT_IN, FIT_IN_ALL = "form", "fit_in", "fit_in_all"


def begin_forming(*, forming: Forming, by: Person) -> Forming:
    """Have the groups formed. While that is going on, asking again changes nothing.

    Raises PermissionDenied; Refused with nobody, with no group, or once the groups are made.
    """
    with transaction.atomic():
        lock_unused(forming, by)
        if forming.is_busy(clock.now()):
            return forming
        if not forming.candidates.filter(is_absent=False).exists():
            raise Refused(_("Nobody is in it yet. Choose the people first."))
        if not forming.possible_groups.exists():
            raise Refused(_("There is no group yet to divide people over. Add the groups first."))
        _begin(forming, FORM, by)
    return forming


def fit_in(*, forming: Forming, by: Person, may_move_all: bool = False) -> Forming:
    """Give latecomers a place and close the gaps of who stayed away: at most five others move, unless all may.

    Raises PermissionDenied; Refused when there is no division yet, or once the groups are made.
    """
    with transaction.atomic():
        lock_unused(forming, by)
        if forming.is_busy(clock.now()):
            return forming
        if not forming.has_division:
            raise Refused(_("There are no groups yet to fit people in. Form the groups first."))
        _begin(forming, FIT_IN_ALL if may_move_all else FIT_IN, by)
    return forming


def finish_forming(
    *,
    forming: Forming,
    run: int,
    places: dict[str, str],
    result: dict[str, Any] | None,
    failure: dict[str, Any],
    by_id: int | None = None,
) -> bool:
    """Keep what the former made of this run, without people or groups that went away meanwhile.

    False when the run is not the last one any more: then nothing is kept.
    """
    with transaction.atomic():
        forming.lock()
        if forming.run != run or forming.state != FormingState.RUNNING:
            return False
        people = {str(pk) for pk in forming.candidates.values_list("pk", flat=True)}
        groups = {str(pk) for pk in forming.possible_groups.values_list("pk", flat=True)}
        forming.places = {
            person: int(group) for person, group in places.items() if person in people and group in groups
        }
        forming.moves = []
        if result is not None:
            forming.result, forming.curve, forming.thrown = result, [], {}
        forming.failure = failure
        forming.state, forming.stage, forming.percent = FormingState.FORMED, "", 100
        forming.save()
        facts.record(
            FormingFinished(
                community_id=forming.community_id, by_id=by_id, forming_id=forming.pk, run=run,
                people_count=len(forming.places),
            )
        )  # fmt: skip
    return True


def fail_forming(*, forming: Forming, run: int, failure: dict[str, Any], by_id: int | None = None) -> bool:
    """Keep why this run gave no division. Who only asked to fit people in keeps the division that was there."""
    with transaction.atomic():
        forming.lock()
        if forming.run != run or forming.state != FormingState.RUNNING:
            return False
        forming.failure = failure
        forming.state = FormingState.FAILED if forming.verb == FORM else FormingState.FORMED
        forming.stage, forming.percent = "", 0
        forming.save(update_fields=["failure", "state", "stage", "percent"])
        facts.record(
            FormingFailed(
                community_id=forming.community_id, by_id=by_id, forming_id=forming.pk, run=run,
                kind=str(failure.get("kind", "")),
            )
        )  # fmt: skip
    return True


def _begin(forming: Forming, verb: str, by: Person) -> None:
    if not may_prepare_forming(by, forming):
        raise PermissionDenied
    forming.run += 1
    forming.verb = verb
    forming.state = FormingState.RUNNING
    forming.stage, forming.percent, forming.beat_at = "waiting", 0, clock.now()
    forming.failure = {}
    forming.save(update_fields=["run", "verb", "state", "stage", "percent", "beat_at", "failure"])
    facts.record(FormingBegun(community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk, run=forming.run))
