import pytest

from leerkring.cycle.uptake.models import Change, Uptake
from leerkring.cycle.uptake.tests import chain
from tests.cast import Cast


@pytest.fixture
def change(cast: Cast) -> Change:
    """Carried by the member."""
    return chain.put(cast.own)


@pytest.fixture
def uptake(cast: Cast, change: Change) -> Uptake:
    """At step 0 in the first unit."""
    return chain.start(cast.own, change, 0)


@pytest.fixture
def walked(cast: Cast) -> chain.Chain:
    """A question walked to the norm in one unit, and blocked in the next."""
    return chain.walk(cast.own)
