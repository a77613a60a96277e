from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.facts import FormingOpened
from leerkring.cycle.groups.forming import access
from leerkring.cycle.groups.forming.actions.ground import lock_to_prepare, note_change
from leerkring.cycle.groups.forming.models import WEIGHTS, Candidate, Forming, PossibleGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

MOST_GROUPS = 300
HEAVIEST = 100
CHANGEABLE = frozenset({"name", "theme", "question", "min", "max", "slot", "needs_facilitator", "first_at"})


def open_forming(
    *,
    community: Community,
    title: str,
    by: Person,
    meeting: Meeting | None = None,
    people: Iterable[Person] = (),
    themes: Iterable[Theme] = (),
    questions: Iterable[LearningQuestion] = (),
    ref: str = "",
) -> Forming:
    """Prepare a division: these people, and a possible group for each theme and question.

    Raises PermissionDenied, and Refused for a meeting, theme or question of another programme.
    """
    if not access.may_open_forming(by, community, meeting):
        raise PermissionDenied
    on_themes, on_questions = list(themes), list(questions)
    with transaction.atomic():
        root = community.root or community
        for link in (meeting, *on_themes, *on_questions):
            _require_of(root, link)
        forming = Forming(
            community=root, meeting=meeting, title=" ".join(title.split()), ref=ref, made_by=by, made_at=clock.now()
        )
        check_fields(forming)
        forming.save()
        groups = [PossibleGroup(forming=forming, name=theme.name, theme=theme) for theme in on_themes]
        groups += [PossibleGroup(forming=forming, name=each.wording[:200], question=each) for each in on_questions]
        for position, group in enumerate(groups, 1):
            group.position = position
        PossibleGroup.objects.bulk_create(groups)
        Candidate.objects.bulk_create(Candidate(forming=forming, person=person) for person in dict.fromkeys(people))
        facts.record(FormingOpened(community_id=root.pk, by_id=by.pk, forming_id=forming.pk))
    return forming


def change_forming(
    *, forming: Forming, by: Person, wishes: int, weights: Mapping[str, int], seconds: int | None = None
) -> Forming:
    """Set the main slider and what weighs how much. Raises PermissionDenied, Refused for numbers that do not fit."""
    if set(weights) - set(WEIGHTS):
        raise TypeError(f"nothing weighs by {', '.join(sorted(set(weights) - set(WEIGHTS)))}")
    if any(not 0 <= weight <= HEAVIEST for weight in weights.values()):
        raise Refused(_("Choose how much each thing weighs from the list."))
    with transaction.atomic():
        lock_to_prepare(forming, by)
        forming.wishes = wishes
        forming.weights = forming.weights | dict(weights)
        forming.seconds = seconds or forming.seconds
        check_fields(forming)
        forming.save(update_fields=["wishes", "weights", "seconds"])
        note_change(forming, by)
    return forming


def put_possible_group(*, forming: Forming, name: str, by: Person, **values: Any) -> PossibleGroup:
    """Add a group that can come of it: theme, question, min, max, slot, needs_facilitator, first_at.

    Raises PermissionDenied, and Refused for numbers or links that do not fit.
    """
    _require_known(values)
    with transaction.atomic():
        lock_to_prepare(forming, by)
        known = forming.possible_groups.all()
        if known.count() >= MOST_GROUPS:
            raise Refused(_("There are very many groups already. Take one away first."))
        last = known.aggregate(last=Max("position"))["last"] or 0
        row = PossibleGroup(forming=forming, position=last + 1)
        _set(row, {"name": name, **values})
        _check(row)
        row.save()
        note_change(forming, by)
    return row


def change_possible_group(*, possible: PossibleGroup, by: Person, **values: Any) -> PossibleGroup:
    """Change the named values. Raises PermissionDenied, and Refused for numbers or links that do not fit."""
    _require_known(values)
    with transaction.atomic():
        lock_to_prepare(possible.forming, by)
        _set(possible, values)
        _check(possible)
        possible.save()
        note_change(possible.forming, by)
    return possible


def remove_possible_group(*, possible: PossibleGroup, by: Person) -> None:
    """Take a possible group away; who sat there has no group now. Raises PermissionDenied and Refused."""
    with transaction.atomic():
        forming = possible.forming
        lock_to_prepare(forming, by)
        forming.places = {key: place for key, place in forming.places.items() if place != possible.pk}
        forming.moves = []
        forming.save(update_fields=["places", "moves"])
        possible.delete()
        note_change(forming, by)


def _require_known(values: Mapping[str, Any]) -> None:
    if unknown := set(values) - CHANGEABLE:
        raise TypeError(f"a possible group has no {', '.join(sorted(unknown))} to change")


def _set(row: PossibleGroup, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, " ".join(value.split()) if isinstance(value, str) else value)


def _check(row: PossibleGroup) -> None:
    if row.max < row.min:
        raise Refused(_("At most cannot be less than at least."))
    for link in (row.theme, row.question):
        _require_of(row.forming.community, link)
    check_fields(row)


def _require_of(root: Community, link: Meeting | Theme | LearningQuestion | None) -> None:
    if link is not None and link.community.root_pk != root.pk:
        raise Refused(_("This belongs to another programme. Choose something of this programme."))
