"""Throwing a division away, to form it again in another way; and bringing it back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.facts import FormingBroughtBack, FormingThrownAway
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, require_no_groups
from leerkring.cycle.groups.forming.models import Forming
from leerkring.platform import facts
from leerkring.platform.rules import Refused

DIVISION = ("places", "moves", "result", "curve", "failure")


def throw_away(*, forming: Forming, by: Person) -> Forming:
    """Leave the division; people, wishes, groups and rules stay. With no division nothing changes.

    Raises PermissionDenied; Refused while it is being formed, or once groups are made of it.
    """
    with transaction.atomic():
        lock_to_prepare(forming, by)
        require_no_groups(forming)
        if not forming.has_division:
            return forming
        forming.thrown = {name: getattr(forming, name) for name in DIVISION}
        forming.places, forming.moves, forming.result, forming.curve, forming.failure = {}, [], {}, [], {}
        forming.state, forming.percent = FormingState.PREPARED, 0
        forming.save(update_fields=[*DIVISION, "thrown", "state", "percent"])
        facts.record(FormingThrownAway(community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk))
    return forming


def bring_back(*, forming: Forming, by: Person) -> Forming:
    """The inverse of `throw_away`: everybody sits where they sat, as far as they and the groups are still there.

    With nothing thrown away nothing changes. Raises PermissionDenied; Refused when groups were formed anew since.
    """
    with transaction.atomic():
        lock_to_prepare(forming, by)
        if not forming.thrown:
            return forming
        if forming.has_division:
            raise Refused(_("The groups were formed anew since. Throw these away first."))
        for name in DIVISION:
            setattr(forming, name, forming.thrown[name])
        people = {str(pk) for pk in forming.candidates.values_list("pk", flat=True)}
        groups = set(forming.possible_groups.values_list("pk", flat=True))
        forming.places = {key: place for key, place in forming.places.items() if key in people and place in groups}
        forming.thrown = {}
        forming.state, forming.percent = FormingState.FORMED, 100
        forming.save(update_fields=[*DIVISION, "thrown", "state", "percent"])
        facts.record(FormingBroughtBack(community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk))
    return forming
