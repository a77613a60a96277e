import pytest

from leerkring.cycle.uptake.tests import chain
from tests.cast import Cast


@pytest.fixture
def walked(cast: Cast) -> chain.Chain:
    """A question walked to the norm in one unit, and blocked in the next."""
    return chain.walk(cast.own)
