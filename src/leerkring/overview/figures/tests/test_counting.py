"""No figure gives away fewer than five people, not even by subtraction (rule 7)."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerkring.overview.figures.counting import Count, Hidden, veiled, veiled_parts


@pytest.mark.parametrize("number", range(5))
def test_0_to_4_read_alike(number: int) -> None:
    assert veiled(number) is Hidden.FEWER_THAN_FIVE


def test_five_is_shown() -> None:
    assert veiled(5) == 5


@pytest.mark.parametrize(
    ("whole", "parts", "shown"),
    [
        (25, (10, 8), [10, 8]),
        (25, (14, 11), [14, Hidden.NOT_SHOWN]),
        (25, (22, 3), [Hidden.NOT_SHOWN, Hidden.FEWER_THAN_FIVE]),
        (25, (12, 10), [12, Hidden.NOT_SHOWN]),
        (4, (2, 2), [Hidden.FEWER_THAN_FIVE, Hidden.FEWER_THAN_FIVE]),
        (100, (0, 60), [Hidden.FEWER_THAN_FIVE, 60]),
    ],
)
def test_parts_of_a_whole(whole: int, parts: tuple[int, ...], shown: list[Count]) -> None:
    assert veiled_parts(whole, *parts) == shown


@given(st.integers(0, 40), st.data())
def test_nothing_can_be_counted_back(whole: int, data: st.DataObject) -> None:
    one = data.draw(st.integers(0, whole))
    other = data.draw(st.integers(0, whole - one))
    numbers = [number for number in veiled_parts(whole, one, other) if isinstance(number, int)]
    assert all(number >= 5 for number in numbers)
    for size in range(1, len(numbers) + 1):
        for some in combinations(numbers, size):
            assert whole - sum(some) >= 5
