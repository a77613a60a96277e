from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import CommunityKind, Label
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_question, make_theme, only_fact
from leerkring.platform.rules import Refused
from tests.cast import Cast


def propose(cast: Cast, name: str = "Kleine kring", **values: Any) -> LearningGroup:
    values.setdefault("by", cast.own.member)
    return actions.propose_group(community=cast.own.community, name=name, **values)


def test_proposer_is_member_and_contact_of_a_circle_of_its_own(cast: Cast) -> None:
    theme, question = make_theme(cast.own), make_question(cast.own)
    group = propose(cast, purpose="Uitzoeken", theme=theme, questions=[question])

    assert group.state == GroupState.PROPOSED
    assert group.community == cast.own.community
    assert (group.circle.kind, group.circle.root) == (CommunityKind.GROUP, cast.own.community)
    assert list(queries.people_of(group)) == [cast.own.member]
    assert queries.contact_of(group) == cast.own.member
    assert list(group.questions.all()) == [question]
    assert [change.after for change in group.state_changes.all()] == [GroupState.PROPOSED]


def test_proposing_is_one_fact(cast: Cast) -> None:
    group = propose(cast)
    row = only_fact("GroupProposed")
    assert (row.community_id, row.by_id, row.ids) == (
        cast.own.community.pk,
        cast.own.member.pk,
        {"group_id": group.pk},
    )


def test_proposing_twice_is_one_group(cast: Cast) -> None:
    assert propose(cast) == propose(cast)
    assert LearningGroup.objects.count() == 1
    assert len(facts_named("GroupProposed")) == 1


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_who_does_not_take_part_cannot_propose(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        propose(cast, by=getattr(cast.own, who))
    assert LearningGroup.objects.count() == 0


def test_a_name_in_use_is_refused_only_when_one_can_see_it(cast: Cast) -> None:
    make_group(cast.own, "Kleine kring", contact=cast.own.keeper)
    with pytest.raises(Refused, match="KLEINE kring"):
        propose(cast, "KLEINE kring")
    make_group(cast.own, "Stille kring", contact=cast.own.keeper, label=Label.GROUP)
    assert propose(cast, "Stille kring").proposed_by == cast.own.member


def test_theme_and_questions_come_from_the_same_programme(cast: Cast) -> None:
    with pytest.raises(Refused):
        propose(cast, theme=make_theme(cast.other))
    with pytest.raises(Refused):
        propose(cast, questions=[make_question(cast.other)])
    assert LearningGroup.objects.count() == 0
