from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.facts import LearningPointReleased, LearningPointWithdrawn
from leerkring.formats.intervisie.forgetting import forget_in_the_log
from leerkring.formats.intervisie.ground import lock_group, one_line, require
from leerkring.formats.intervisie.models import IntervisieGroup, LearningPoint
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def release_point(*, group: IntervisieGroup, sentence: str, label: Label, by: Person) -> LearningPoint:
    """One sentence of somebody who brought a case, for the readers of this label.

    Raises PermissionDenied, and Refused while a round runs, without a turn, or without a sentence.
    """
    require(access.may_release(by, group))
    sentence = one_line(sentence)
    with transaction.atomic():
        lock_group(group)
        if not queries.had_turn(by, group):
            raise Refused(_("Only who brought a case can release a learning point."))
        if queries.runs_a_round(group):
            raise Refused(_("A round is running. Release a learning point afterwards."))
        if not sentence:
            raise Refused(_("Write your sentence first."))
        point = LearningPoint(
            community=group.circle, group=group, person=by, sentence=sentence, label=label, released_at=clock.now()
        )
        check_fields(point)
        point.save()
        facts.record(
            LearningPointReleased(
                community_id=group.circle_id, by_id=by.pk, intervisie_group_id=group.pk, point_id=point.pk,
                label=label,
            )
        )  # fmt: skip
    return point


def withdraw_point(*, point: LearningPoint, by: Person) -> None:
    """The row is gone at once, whatever runs. Raises PermissionDenied for anybody but who released it."""
    require(access.may_withdraw(by, point))
    with transaction.atomic():
        facts.record(
            LearningPointWithdrawn(
                community_id=point.community_id, by_id=by.pk, intervisie_group_id=point.group_id, point_id=point.pk
            )
        )
        point.delete()
        transaction.on_commit(forget_in_the_log)
