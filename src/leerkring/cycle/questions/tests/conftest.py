from collections.abc import Callable

import pytest

from leerkring.cycle.questions import actions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast


@pytest.fixture
def raised(cast: Cast) -> LearningQuestion:
    """A question that a member raised."""
    return actions.raise_question(community=cast.own.community, wording="Hoe doen we dat?", by=cast.own.member)


@pytest.fixture
def listed(raised: LearningQuestion, cast: Cast) -> LearningQuestion:
    """A question with a letter, on the agenda."""
    return actions.give_code(question=raised, code="A", by=cast.own.keeper)


@pytest.fixture
def elsewhere(cast: Cast) -> LearningQuestion:
    """A question of another programme."""
    return actions.raise_question(community=cast.other.community, wording="Elders?", by=cast.other.member)


@pytest.fixture
def facts() -> Callable[[], list[str]]:
    """The names of the facts that were recorded, in order."""
    return lambda: list(FactRow.objects.order_by("id").values_list("name", flat=True))
