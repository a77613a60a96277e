from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.formats.intervisie.facts import MethodChanged, MethodCopied, MethodRemoved, MethodRestored
from leerkring.formats.intervisie.ground import one_line, require
from leerkring.formats.intervisie.library import Sheet
from leerkring.formats.intervisie.models import Method, MethodStep
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision

MOST_STEPS = 20


@dataclass(frozen=True)
class StepText:
    """A step as typed."""

    name: str
    minutes: int
    speaker: Speaker
    say: str = ""
    not_now: str = ""


def copy_method(*, community: Community, sheet: Sheet, by: Person) -> Method:
    """Make a method the programme's own, to edit, in the language of who asks.

    Its look back stays out: each round begins with one by itself. Raises PermissionDenied.
    """
    return put_method(
        community=community,
        name=_("%(name)s, our own") % {"name": sheet.name},
        fits=str(sheet.fits),
        experience=sheet.experience,
        size_min=sheet.size_min,
        size_max=sheet.size_max,
        steps=[
            StepText(str(step.name), step.minutes, step.speaker, str(step.say), str(step.not_now))
            for step in sheet.steps
            if not step.is_look_back
        ],
        copied_from=sheet.key if sheet.is_built_in else "",
        by=by,
    )


def put_method(
    *,
    community: Community,
    name: str,
    fits: str,
    experience: Experience,
    size_min: int,
    size_max: int,
    steps: Sequence[StepText],
    by: Person,
    copied_from: str = "",
) -> Method:
    """Add a method that was written elsewhere to the programme's own. Raises PermissionDenied and Refused."""
    require(access.may_write_methods(by, community))
    _check_shape(size_min, size_max, steps)
    method = Method(
        community=community,
        copied_from=copied_from,
        name=one_line(name),
        fits=one_line(fits),
        experience=experience,
        size_min=size_min,
        size_max=size_max,
        changed_by=by,
        changed_at=clock.now(),
    )
    check_fields(method)
    with transaction.atomic():
        method.save()
        _put_steps(method, steps)
        facts.record(MethodCopied(community_id=community.pk, by_id=by.pk, method_id=method.pk))
    return method


def change_method(
    *,
    method: Method,
    name: str,
    fits: str,
    experience: Experience,
    size_min: int,
    size_max: int,
    steps: Sequence[StepText],
    by: Person,
    revision: int | None = None,
) -> Method:
    """Write a method anew. `revision` is the one that the person had before them.

    Raises PermissionDenied, EditedMeanwhile, and Refused while a round runs with it.
    """
    require(access.may_write_methods(by, method.community))
    mine = {
        "name": one_line(name), "fits": one_line(fits), "experience": experience,
        "size_min": size_min, "size_max": size_max,
    }  # fmt: skip
    with transaction.atomic():
        _lock(method)
        check_revision(method, revision, mine)
        _check_shape(size_min, size_max, steps)
        for field, value in mine.items():
            setattr(method, field, value)
        check_fields(method)
        method.revision, method.changed_by, method.changed_at = method.revision + 1, by, clock.now()
        method.save()
        MethodStep.objects.filter(method=method).delete()
        _put_steps(method, steps)
        facts.record(MethodChanged(community_id=method.community_id, by_id=by.pk, method_id=method.pk))
    return method


def remove_method(*, method: Method, by: Person) -> None:
    """Take it off the list; rounds that were done with it keep its name. Twice is once.

    Raises PermissionDenied, and Refused while a round runs with it.
    """
    require(access.may_write_methods(by, method.community))
    with transaction.atomic():
        _lock(method)
        if method.removed_at is not None:
            return
        method.removed_at = clock.now()
        method.save(update_fields=["removed_at"])
        facts.record(MethodRemoved(community_id=method.community_id, by_id=by.pk, method_id=method.pk))


def restore_method(*, method: Method, by: Person) -> None:
    """Put it back on the list. Raises PermissionDenied."""
    require(access.may_write_methods(by, method.community))
    with transaction.atomic():
        _lock(method)
        if method.removed_at is None:
            return
        method.removed_at = None
        method.save(update_fields=["removed_at"])
        facts.record(MethodRestored(community_id=method.community_id, by_id=by.pk, method_id=method.pk))


def _check_shape(size_min: int, size_max: int, steps: Sequence[StepText]) -> None:
    if size_min > size_max:
        raise Refused(_("The largest group cannot be smaller than the smallest."))
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Refused(_("A method has between 1 and %(count)d steps.") % {"count": MOST_STEPS})


def _lock(method: Method) -> None:
    method.refresh_from_db(from_queryset=Method.objects.select_for_update(no_key=True).select_related("community"))
    if queries.is_in_use(method):
        raise Refused(_("A round is running with this method. Change it afterwards."))


def _put_steps(method: Method, steps: Sequence[StepText]) -> None:
    rows = [
        MethodStep(
            method=method, position=position, name=one_line(step.name), minutes=step.minutes, speaker=step.speaker,
            say=step.say.strip(), not_now=step.not_now.strip(),
        )
        for position, step in enumerate(steps, start=1)
    ]  # fmt: skip
    for row in rows:
        check_fields(row)
    MethodStep.objects.bulk_create(rows)
