from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.actions.life import _become, form_group
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.groups.facts import GroupsMerged, GroupSplit
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import facts
from leerkring.platform.rules import Refused


@dataclass(frozen=True)
class Part:
    """One of the groups that a group is split into."""

    name: str
    people: Sequence[Person] = ()
    contact: Person | None = None
    questions: Sequence[LearningQuestion] | None = None
    """None: the questions of the group that is split."""


def split_group(*, group: LearningGroup, parts: Sequence[Part], by: Person) -> list[LearningGroup]:
    """Split a group into successors that know where they came from.

    Raises PermissionDenied below facilitator; Refused for fewer than two parts, or from a state that cannot be split.
    """
    if not access.may_rearrange_group(by, group):
        raise PermissionDenied
    with transaction.atomic():
        group.lock()
        if len({part.name.casefold() for part in parts}) < 2:
            raise Refused(_("Give at least two groups, each with a name of its own."))
        _refuse_unless(group, GroupState.SPLIT)
        _become(group, GroupState.SPLIT, by=by)
        successors = [
            form_group(
                community=group.community,
                name=part.name,
                by=by,
                purpose=group.purpose,
                theme=group.theme,
                questions=list(group.questions.all()) if part.questions is None else part.questions,
                people=part.people,
                contact=part.contact,
                guidance=Guidance(group.guidance),
                guide=group.guide,
                guide_organisation=group.guide_organisation,
            )
            for part in parts
        ]
        for successor in successors:
            successor.came_from.add(group)
        facts.record(
            GroupSplit(
                community_id=group.community_id,
                by_id=by.pk,
                group_id=group.pk,
                successor_ids=tuple(successor.pk for successor in successors),
            )
        )
    return successors


def merge_groups(
    *, groups: Sequence[LearningGroup], name: str, by: Person, contact: Person | None = None, purpose: str = ""
) -> LearningGroup:
    """Merge groups into one with all their people and questions, that knows where it came from.

    Raises PermissionDenied below facilitator; Refused for fewer than two, from two programmes, or in a state that
    cannot be merged.
    """
    if not all(access.may_rearrange_group(by, group) for group in groups):
        raise PermissionDenied
    with transaction.atomic():
        old = list(LearningGroup.objects.select_for_update().filter(pk__in=[group.pk for group in groups]))
        if len(old) < 2 or len({group.community_id for group in old}) > 1:
            raise Refused(_("Choose at least two groups of this programme to merge."))
        for group in old:
            _refuse_unless(group, GroupState.MERGED)
            _become(group, GroupState.MERGED, by=by)
        themes = {group.theme_id for group in old}
        people = [person for group in old for person in queries.people_of(group)]
        guided = next((group for group in old if group.guidance == Guidance.GUIDED), None)
        merged = form_group(
            community=old[0].community, name=name, by=by, people=people, contact=contact,
            purpose=purpose or "\n\n".join(group.purpose for group in old if group.purpose),
            theme=old[0].theme if len(themes) == 1 else None,
            questions=list(dict.fromkeys(question for group in old for question in group.questions.all())),
            guidance=Guidance.GUIDED if guided else Guidance.OWN,
            guide=guided.guide if guided else None,
            guide_organisation=guided.guide_organisation if guided else None,
        )  # fmt: skip
        merged.came_from.add(*old)
        facts.record(
            GroupsMerged(
                community_id=merged.community_id,
                by_id=by.pk,
                group_id=merged.pk,
                predecessor_ids=tuple(group.pk for group in old),
            )
        )
    return merged


def _refuse_unless(group: LearningGroup, state: GroupState) -> None:
    if not group.may_become(state):
        raise Refused(
            _("%(name)s is %(state)s. Only a group that works or presents can be split or merged.")
            % {"name": group.name, "state": group.get_state_display()}
        )
