import pytest
from django.core.exceptions import PermissionDenied

from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import make_group, make_member, make_question, make_theme, only_fact
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_split_links_both_ways(cast: Cast) -> None:
    anna, theme, question = make_member(cast.own, "Anna"), make_theme(cast.own), make_question(cast.own)
    group = make_group(cast.own, people=[anna], theme=theme, questions=[question], state=GroupState.WORKING)
    parts = [actions.Part("Hout", [anna], contact=anna), actions.Part("Steen", [cast.own.member])]
    hout, steen = actions.split_group(group=group, parts=parts, by=cast.own.facilitator)

    assert (group.state, group.ended_on is not None) == (GroupState.SPLIT, True)
    assert set(group.went_to.all()) == {hout, steen}
    assert list(hout.came_from.all()) == [group]
    assert (hout.theme, list(hout.questions.all()), list(queries.people_of(hout))) == (theme, [question], [anna])
    assert queries.contact_of(hout) == anna
    assert only_fact("GroupSplit").ids == {"group_id": group.pk, "successor_ids": [hout.pk, steen.pk]}


def test_a_split_needs_two_names(cast: Cast) -> None:
    group = make_group(cast.own, state=GroupState.WORKING)
    with pytest.raises(Refused):
        actions.split_group(group=group, parts=[actions.Part("Hout"), actions.Part("hout")], by=cast.own.lead)
    group.refresh_from_db()
    assert group.state == GroupState.WORKING
    assert LearningGroup.objects.count() == 1


def test_a_group_that_does_not_work_yet_is_not_split(cast: Cast) -> None:
    group = make_group(cast.own)
    with pytest.raises(Refused, match="Buurt als bouwmarkt"):
        actions.split_group(group=group, parts=[actions.Part("Een"), actions.Part("Twee")], by=cast.own.lead)


def test_a_merge_keeps_people_and_questions(cast: Cast) -> None:
    anna, first, second = (
        make_member(cast.own, "Anna"),
        make_question(cast.own, "Een?"),
        make_question(cast.own, "Twee?"),
    )
    hout = make_group(cast.own, "Hout", contact=anna, questions=[first], state=GroupState.WORKING)
    steen = make_group(cast.own, "Steen", questions=[first, second], state=GroupState.PRESENTING)
    merged = actions.merge_groups(groups=[hout, steen], name="Materiaal", contact=anna, by=cast.own.facilitator)

    hout.refresh_from_db()
    assert hout.state == GroupState.MERGED
    assert list(hout.went_to.all()) == [merged]
    assert set(merged.came_from.all()) == {hout, steen}
    assert set(queries.people_of(merged)) == {anna, cast.own.member}
    assert set(merged.questions.all()) == {first, second}
    assert only_fact("GroupsMerged").ids == {"group_id": merged.pk, "predecessor_ids": [hout.pk, steen.pk]}


def test_groups_of_two_programmes_do_not_merge(cast: Cast) -> None:
    groups = [make_group(cast.own, state=GroupState.WORKING), make_group(cast.other, state=GroupState.WORKING)]
    with pytest.raises(PermissionDenied):
        actions.merge_groups(groups=groups, name="Samen", by=cast.own.lead)


def test_one_group_does_not_merge(cast: Cast) -> None:
    group = make_group(cast.own, state=GroupState.WORKING)
    with pytest.raises(Refused):
        actions.merge_groups(groups=[group, group], name="Samen", by=cast.own.lead)


@pytest.mark.parametrize("who", ["member", "follower"])
def test_the_contact_does_not_rearrange(cast: Cast, who: str) -> None:
    group, other = make_group(cast.own, state=GroupState.WORKING), make_group(cast.own, "B", state=GroupState.WORKING)
    with pytest.raises(PermissionDenied):
        actions.split_group(group=group, parts=[actions.Part("Een"), actions.Part("Twee")], by=getattr(cast.own, who))
    with pytest.raises(PermissionDenied):
        actions.merge_groups(groups=[group, other], name="Samen", by=getattr(cast.own, who))
