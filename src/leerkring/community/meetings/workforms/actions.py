from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.rules import require
from leerkring.community.meetings.workforms import access, queries
from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.cards import lines
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.facts import (
    WorkformChanged,
    WorkformRestored,
    WorkformRetired,
    WorkformWritten,
)
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision

MOST_WORKFORMS = 200
MOST_LINES = 30
LABELS = (Label.PROGRAMME, Label.GROUP)
"""For everyone in the programme, or for its team alone: a way of working is not told further than that."""


@dataclass(frozen=True)
class Texts:
    """A working form as typed."""

    name: str
    purpose: str
    aim: Aim
    minutes: int
    minutes_min: int
    minutes_max: int
    size_min: int
    size_max: int
    steps: str
    materials: str = ""
    fits: str = ""
    fits_not: str = ""
    watch: str = ""

    @classmethod
    def of(cls, card: Card) -> Texts:
        """What is on a card, in the language of who asks."""
        return cls(
            name=str(card.name), purpose=str(card.purpose), aim=card.aim, minutes=card.minutes,
            minutes_min=card.minutes_min, minutes_max=card.minutes_max, size_min=card.size_min,
            size_max=card.size_max, steps="\n".join(str(step) for step in card.steps),
            materials="\n".join(str(material) for material in card.materials),
            fits=str(card.fits), fits_not=str(card.fits_not), watch=str(card.watch),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """As they are kept: names on one line, lists without empty lines."""
        kept = asdict(self)
        for name in ("name", "purpose", "fits", "fits_not"):
            kept[name] = " ".join(kept[name].split())
        for name in ("steps", "materials"):
            kept[name] = "\n".join(lines(kept[name]))
        return {**kept, "watch": self.watch.strip()}


def write_workform(
    *, community: Community, texts: Texts, by: Person, label: Label = Label.PROGRAMME, copied_from: str = ""
) -> Workform:
    """Add a form to the programme's own. Raises PermissionDenied, and Refused for a name that is there already."""
    require(access.may_write_workforms(by, community))
    workform = Workform(
        community_id=community.root_pk, label=label, copied_from=copied_from, made_by=by, changed_by=by,
        changed_at=clock.now(), **texts.values(),
    )  # fmt: skip
    _check(workform, by)
    with transaction.atomic():
        if queries.workforms_of(community).filter(retired_at__isnull=True).count() >= MOST_WORKFORMS:
            raise Refused(_("You have %(count)d working forms. Retire one first.") % {"count": MOST_WORKFORMS})
        _save(workform)
        facts.record(WorkformWritten(community_id=workform.community_id, by_id=by.pk, workform_id=workform.pk))
    return workform


def copy_workform(*, community: Community, card: Card, by: Person) -> Workform:
    """Make a form the programme's own, to edit, in the language of who asks. Raises PermissionDenied."""
    require(access.may_write_workforms(by, community))
    taken = set(queries.workforms_of(community).filter(retired_at__isnull=True).values_list("name", flat=True))
    wanted = name = _("%(name)s, our own") % {"name": str(card.name)[:150]}
    number = 1
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    texts = Texts(**{**asdict(Texts.of(card)), "name": name})
    label = Label.GROUP if card.is_for_team else Label.PROGRAMME
    copied_from = BuiltIn(card.key) if card.is_built_in else ""
    return write_workform(community=community, texts=texts, label=label, copied_from=copied_from, by=by)


def change_workform(
    *, workform: Workform, texts: Texts, by: Person, label: Label | None = None, revision: int | None = None
) -> Workform:
    """Write it anew; run sheets that have it show the new words. Raises PermissionDenied, EditedMeanwhile, Refused."""
    require(access.may_change_workform(by, workform))
    mine = {**texts.values(), "label": label or Label(workform.label)}
    with transaction.atomic():
        _lock(workform)
        check_revision(workform, revision, mine)
        for name, value in mine.items():
            setattr(workform, name, value)
        workform.revision, workform.changed_by, workform.changed_at = workform.revision + 1, by, clock.now()
        _check(workform, by)
        _save(workform)
        facts.record(WorkformChanged(community_id=workform.community_id, by_id=by.pk, workform_id=workform.pk))
    return workform


def retire_workform(*, workform: Workform, by: Person) -> None:
    """Take it out of the library; run sheets that have it keep it. Twice is once. Raises PermissionDenied."""
    require(access.may_change_workform(by, workform))
    with transaction.atomic():
        if Workform.objects.filter(pk=workform.pk, retired_at__isnull=True).update(retired_at=clock.now()):
            facts.record(WorkformRetired(community_id=workform.community_id, by_id=by.pk, workform_id=workform.pk))


def restore_workform(*, workform: Workform, by: Person) -> None:
    """Put it back in the library. Raises PermissionDenied, and Refused when another took its name meanwhile."""
    require(access.may_change_workform(by, workform))
    with transaction.atomic():
        _lock(workform)
        if workform.retired_at is None:
            return
        workform.retired_at = None
        _save(workform)
        facts.record(WorkformRestored(community_id=workform.community_id, by_id=by.pk, workform_id=workform.pk))


def _lock(workform: Workform) -> None:
    workform.refresh_from_db(
        from_queryset=Workform.objects.select_for_update(of=("self",)).select_related("community", "changed_by")
    )


def _check(workform: Workform, by: Person) -> None:
    check_fields(workform)
    if not workform.minutes_min <= workform.minutes <= workform.minutes_max:
        raise Refused(_("The usual minutes lie between the least and the most. Change one of the three."))
    if workform.size_min > workform.size_max:
        raise Refused(_("The largest group cannot be smaller than the smallest."))
    if max(len(lines(workform.steps)), len(lines(workform.materials))) > MOST_LINES:
        raise Refused(_("At most %(count)d lines. Join some of them.") % {"count": MOST_LINES})
    if workform.label not in LABELS:
        raise Refused(_("A working form is for everyone in the programme, or for the team."))
    if workform.label == Label.GROUP and not standing_of(by).is_team(workform.community):
        raise Refused(_("Only the programme team keeps working forms to itself."))


def _save(workform: Workform) -> None:
    """The name is guarded by the database: two people at once get one form and one sentence."""
    try:
        with transaction.atomic():
            workform.save()
    except IntegrityError:
        raise Refused(_("There is a working form of this name already. Give yours another name.")) from None
