"""Up one step at a time with evidence and a name, down at any time, the norm with a review date (rule 5)."""

import pytest

from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import ChangeKind, Step
from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.platform.rules import Refused
from tests.cast import Cast


@pytest.fixture
def change(cast: Cast) -> Change:
    return actions.put_change(
        community=cast.own.community,
        title="Hergebruik eerst in de uitvraag",
        kind=ChangeKind.DIFFERENTLY,
        carrier=cast.own.member,
        by=cast.own.member,
    )


@pytest.fixture
def uptake(cast: Cast, change: Change) -> Uptake:
    return actions.start_uptake(change=change, unit=cast.own.units[0], by=cast.own.member, recipient=cast.own.follower)


def test_a_step_up_needs_evidence_and_a_name(cast: Cast, uptake: Uptake) -> None:
    with pytest.raises(Refused):
        actions.step_up(uptake=uptake, evidence=" ", name="Team", by=cast.own.member)
    with pytest.raises(Refused):
        actions.step_up(uptake=uptake, evidence="Mail", name="", by=cast.own.member)
    uptake = actions.step_up(uptake=uptake, evidence="Mail", name="Team", by=cast.own.member)
    assert uptake.step == Step.HANDED_OVER
