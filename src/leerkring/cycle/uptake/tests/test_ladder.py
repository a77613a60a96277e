"""Whatever people do, in whatever order: an uptake climbs by one, with evidence, and its history tells how (rule 5)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import Step
from leerkring.cycle.uptake.ladder import history_of, rungs_of
from leerkring.cycle.uptake.models import Block, GivingUp, NormReview, StepTaken, Uptake
from leerkring.cycle.uptake.queries import open_block_of
from leerkring.cycle.uptake.tests import chain
from leerkring.platform.rules import Refused
from tests.cast import Cast

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("up"), st.sampled_from(["", "De mail"]), st.sampled_from(["", "Team"])),
        st.tuples(st.just("up"), st.just("De mail"), st.just("Team")),
        st.tuples(st.just("down"), st.integers(0, 5), st.sampled_from(["", "Weg"])),
        st.tuples(st.sampled_from(["block", "unblock", "give up", "resume"])),
    ),
    max_size=25,
)


def make(move: tuple[object, ...], uptake: Uptake, cast: Cast) -> None:
    by = cast.own.member
    match move:
        case ("up", evidence, name):
            review_on = chain.in_half_a_year() if uptake.step == Step.ANCHORED else None
            actions.step_up(uptake=uptake, evidence=str(evidence), name=str(name), review_on=review_on, by=by)
        case ("down", int(to), reason):
            actions.step_down(uptake=uptake, to=to, reason=str(reason), by=by)
        case ("block",):
            actions.block(uptake=uptake, reason="Geen uren", by=by)
        case ("unblock",):
            if (block := open_block_of(uptake)) is not None:
                actions.unblock(block=block, note="", by=by)
        case ("give up",):
            actions.give_up(uptake=uptake, reason="Past niet", by=by)
        case ("resume",):
            actions.resume(uptake=uptake, by=by)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_ladder_holds_whatever_people_do(cast: Cast, uptake: Uptake, moves: list[tuple[object, ...]]) -> None:
    Block.objects.filter(uptake=uptake).delete()
    GivingUp.objects.filter(uptake=uptake).delete()
    StepTaken.objects.filter(uptake=uptake, before__isnull=False).delete()
    Uptake.objects.filter(pk=uptake.pk).update(step=0, review_on=None, given_up_at=None, given_up_reason="")
    for move in moves:
        before = chain.fresh(uptake)
        try:
            make(move, before, cast)
        except Refused:
            assert chain.fresh(uptake).step == before.step
        after = chain.fresh(uptake)
        assert after.step <= before.step + 1
        assert (after.review_on is not None) == (after.step == Step.NORM)
        if after.step > before.step:
            assert not before.is_given_up
    steps = list(StepTaken.objects.filter(uptake=uptake))
    assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
    assert steps[-1].after == chain.fresh(uptake).step
    for step in steps[1:]:
        assert step.evidence
        assert step.is_down or (step.name and step.after == (step.before or 0) + 1)


def test_rungs_show_who_stands_on_them_now(cast: Cast, uptake: Uptake) -> None:
    uptake = chain.climb(uptake, Step.ADOPTED, cast.own)
    uptake = actions.step_down(uptake=uptake, to=Step.HANDED_OVER, reason="Weg", by=cast.own.member)
    rungs = {rung.step: rung for rung in rungs_of(uptake, uptake.steps.all())}
    assert [step for step, rung in rungs.items() if rung.taken is not None] == [Step.HANDED_OVER, Step.INSIGHT]
    assert [step for step, rung in rungs.items() if rung.is_next] == [Step.TRIED]
    assert [step for step, rung in rungs.items() if rung.is_now] == [Step.HANDED_OVER]


def test_history_tells_everything_newest_first(cast: Cast, uptake: Uptake) -> None:
    uptake = chain.climb(uptake, Step.HANDED_OVER, cast.own)
    block = actions.block(uptake=uptake, reason="Geen uren", by=cast.own.member)
    actions.unblock(block=block, note="Uren gevonden", by=cast.own.member)
    actions.give_up(uptake=uptake, reason="Past niet", by=cast.own.member)
    actions.resume(uptake=uptake, by=cast.own.member)
    events = history_of(uptake.steps.all(), uptake.blocks.all(), uptake.givings_up.all(), NormReview.objects.none())
    assert [event.kind for event in events] == ["resume", "give up", "unblock", "block", "up", "start"]
