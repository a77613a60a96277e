from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import PairKind
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, lock_unused, note_change
from leerkring.cycle.groups.forming.models import Candidate, CandidatePair, Forming, PossibleGroup
from leerkring.cycle.groups.queries import people_to_form_with
from leerkring.platform.rules import Refused

MOST_WISHES = 5


def choose_people(*, forming: Forming, people: Iterable[Person], by: Person) -> int:
    """These people and no others, guests aside; who was there keeps wishes and place. Says how many there are.

    Raises PermissionDenied, and Refused for nobody, or somebody from elsewhere.
    """
    wanted = {person.pk for person in people}
    if not wanted:
        raise Refused(_("Choose at least one person."))
    with transaction.atomic():
        lock_to_prepare(forming, by)
        known = set(people_to_form_with(forming.community).filter(pk__in=wanted).values_list("pk", flat=True))
        if wanted - known:
            raise Refused(_("Somebody in this list is not in this programme. Invite them first."))
        rows = Candidate.objects.filter(forming=forming, person__isnull=False)
        rows.exclude(person__in=wanted).delete()
        there = set(rows.values_list("person_id", flat=True))
        Candidate.objects.bulk_create(Candidate(forming=forming, person_id=pk) for pk in sorted(wanted - there))
        _forget_places(forming)
        note_change(forming, by)
    return len(wanted)


def change_candidate(
    *,
    candidate: Candidate,
    by: Person,
    choices: Sequence[PossibleGroup] = (),
    slots: Iterable[str] = (),
    can_facilitate: bool = False,
    pin: PossibleGroup | None = None,
) -> Candidate:
    """Note what somebody wishes, when they can come, and whether they are pinned to a group.

    Raises PermissionDenied, and Refused for too many wishes or a group that is gone.
    """
    forming = candidate.forming
    wanted = list(dict.fromkeys(group.pk for group in choices))
    if len(wanted) > MOST_WISHES:
        raise Refused(_("Choose at most five groups."))
    with transaction.atomic():
        lock_to_prepare(forming, by)
        _require_groups(forming, {*wanted, *([pin.pk] if pin else [])})
        candidate.choices = wanted
        candidate.slots = sorted(set(slots))
        candidate.can_facilitate = can_facilitate
        candidate.pin = pin
        candidate.save(update_fields=["choices", "slots", "can_facilitate", "pin"])
        note_change(forming, by)
    return candidate


def set_absent(*, candidate: Candidate, is_absent: bool, by: Person) -> Candidate:
    """Say that somebody is not there, or is there after all; also while the groups are being formed. Twice is once.

    Raises PermissionDenied, and Refused once the groups are made.
    """
    forming = candidate.forming
    with transaction.atomic():
        lock_unused(forming, by)
        candidate.refresh_from_db(fields=["is_absent"])
        if candidate.is_absent != is_absent:
            candidate.is_absent = is_absent
            candidate.save(update_fields=["is_absent"])
            note_change(forming, by)
    return candidate


def put_pair(*, one: Candidate, other: Candidate, kind: PairKind, by: Person) -> CandidatePair:
    """Two people together, apart, or who chose each other; a pair has one rule. Raises PermissionDenied and Refused."""
    forming = one.forming
    if one.pk == other.pk:
        raise Refused(_("Choose two different people."))
    if one.forming_id != other.forming_id:
        raise Refused(_("One of these people is in another division."))
    with transaction.atomic():
        lock_to_prepare(forming, by)
        CandidatePair.objects.filter(Q(one=one, other=other) | Q(one=other, other=one)).delete()
        pair = CandidatePair.objects.create(forming=forming, one=one, other=other, kind=kind)
        note_change(forming, by)
    return pair


def remove_pair(*, pair: CandidatePair, by: Person) -> None:
    """Raises PermissionDenied and Refused."""
    with transaction.atomic():
        forming = pair.forming
        lock_to_prepare(forming, by)
        pair.delete()
        note_change(forming, by)


def _forget_places(forming: Forming) -> None:
    """Places of people who are no longer in it, and the moves that named them."""
    left = {str(pk) for pk in forming.candidates.values_list("pk", flat=True)}
    kept = {key: place for key, place in forming.places.items() if key in left}
    if kept != forming.places:
        forming.places, forming.moves = kept, []
        forming.save(update_fields=["places", "moves"])


def _require_groups(forming: Forming, wanted: set[int]) -> None:
    if forming.possible_groups.filter(pk__in=wanted).count() != len(wanted):
        raise Refused(_("One of these groups is no longer there. Look at the list again."))
