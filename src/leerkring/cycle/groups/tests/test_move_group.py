from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.cycle.groups import actions
from leerkring.cycle.groups.enums import GROUP_TRANSITIONS, GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import facts_named, make_group, only_fact
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast

BY_OTHER_VERBS = (GroupState.SPLIT, GroupState.MERGED)


def test_the_table_decides(cast: Cast) -> None:
    group = make_group(cast.own)
    for before, after in product(GroupState, GroupState):
        LearningGroup.objects.filter(pk=group.pk).update(state=before)
        facts_before = len(facts_named("GroupMoved"))
        allowed = after in GROUP_TRANSITIONS[before] and after not in BY_OTHER_VERBS
        if allowed or before == after:
            assert actions.move_group(group=group, state=after, by=cast.own.lead).state == after
        else:
            with pytest.raises(Refused):
                actions.move_group(group=group, state=after, by=cast.own.lead)
            group.refresh_from_db()
            assert group.state == before
        assert len(facts_named("GroupMoved")) == facts_before + allowed, f"{before} > {after}"


def test_a_move_is_one_fact_and_stays_in_the_history(cast: Cast) -> None:
    group = make_group(cast.own)
    actions.move_group(group=group, state=GroupState.WORKING, by=cast.own.lead)
    assert only_fact("GroupMoved").ids == {"group_id": group.pk, "before": "formed", "after": "working"}
    last = group.state_changes.last()
    assert last is not None
    assert (last.before, last.after, last.by) == (GroupState.FORMED, GroupState.WORKING, cast.own.lead)


def test_the_contact_moves_the_group_but_does_not_form_it(cast: Cast) -> None:
    group = make_group(cast.own)
    actions.move_group(group=group, state=GroupState.WORKING, by=cast.own.member)
    assert group.state == GroupState.WORKING
    proposed = make_group(cast.own, "Nieuw", state=GroupState.PROPOSED)
    with pytest.raises(PermissionDenied):
        actions.move_group(group=proposed, state=GroupState.FORMED, by=cast.own.member)
    actions.move_group(group=proposed, state=GroupState.FORMED, by=cast.own.facilitator)
    assert proposed.formed_on == clock.today()


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_others_do_not_move_it(cast: Cast, who: str) -> None:
    group = make_group(cast.own)
    with pytest.raises(PermissionDenied):
        actions.move_group(group=group, state=GroupState.WORKING, by=getattr(cast.own, who))


def test_a_facilitator_does_not_move_what_is_hidden_from_them(cast: Cast) -> None:
    group = make_group(cast.own, label=Label.GROUP)
    with pytest.raises(PermissionDenied):
        actions.move_group(group=group, state=GroupState.WORKING, by=cast.own.facilitator)


def test_closing_ends_it_and_working_again_begins_it(cast: Cast) -> None:
    group = make_group(cast.own, state=GroupState.WORKING)
    actions.move_group(group=group, state=GroupState.FINISHED, by=cast.own.member)
    assert group.ended_on == clock.today()
    actions.move_group(group=group, state=GroupState.WORKING, by=cast.own.member)
    assert group.ended_on is None


def test_a_move_can_be_put_back_for_a_day(cast: Cast) -> None:
    group = make_group(cast.own)
    now = clock.now()
    actions.move_group(group=group, state=GroupState.FINISHED, by=cast.own.member)
    actions.undo_move(group=group, by=cast.own.member)
    assert (group.state, group.ended_on) == (GroupState.FORMED, None)
    actions.move_group(group=group, state=GroupState.FINISHED, by=cast.own.member)
    with clock.at(now + timedelta(days=2)), pytest.raises(Refused):
        actions.undo_move(group=group, by=cast.own.member)


def test_a_split_cannot_be_put_back(cast: Cast) -> None:
    group = make_group(cast.own, state=GroupState.WORKING)
    actions.split_group(group=group, parts=[actions.Part("Een"), actions.Part("Twee")], by=cast.own.facilitator)
    with pytest.raises(Refused):
        actions.undo_move(group=group, by=cast.own.lead)
