"""What the comparison says of rows that are frozen, without a database."""

from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leerkring.cycle.agenda.compare import (
    Comparison,
    Row,
    compare,
    crossings,
    untangled,
)
from leerkring.cycle.agenda.enums import Fate, Origin
from leerkring.cycle.agenda.models import AgendaEntry
from leerkring.cycle.questions.enums import QuestionState as Q


def frozen(code: str, position: int, state: str = Q.ON_AGENDA, **more: Any) -> AgendaEntry:
    """A row as a version would hold it, open for the first time unless something else is said."""
    values = {"is_listed": True, "wording": f"Vraag {code}?", "open_count": 1, "origin": Origin.PERSON} | more
    return AgendaEntry(code=code, position=position, state=state, **values)


def rows_of(comparison: Comparison) -> list[tuple[str, str, Fate]]:
    return [(row.old.code if row.old else "", row.new.code if row.new else "", row.fate) for row in comparison.rows]


def test_every_fate_between_two_versions() -> None:
    old = [frozen(code, position) for position, code in enumerate("ABCDEFGHIJK", start=1)]
    new = [
        frozen("A", 1, open_count=2),
        frozen("B", 2, wording="Anders?", open_count=2),
        frozen("C", 3, Q.PROVISIONAL, open_count=0),
        frozen("D", 4, Q.ANSWERED, open_count=0, closed_in=2),
        frozen("L", 5, came_from=["E"]),
        frozen("M", 6, came_from=["E"]),
        frozen("F", 7, open_count=2),
        frozen("N", 8, came_from=["G", "H"]),
        frozen("J", 9, wording="Ook anders?", open_count=2),
        frozen("K", 10, open_count=2),
        frozen("O", 11),
        frozen("P", 12),
        frozen("E", 13, Q.SPLIT, is_listed=False, went_to=["L", "M"], closed_in=2),
        frozen("G", 14, Q.MERGED, is_listed=False, went_to=["N"], closed_in=2),
        frozen("H", 15, Q.MERGED, is_listed=False, went_to=["N"], closed_in=2),
        frozen("I", 16, Q.DROPPED, is_listed=False, closed_in=2),
    ]
    found = compare(old, new)
    assert rows_of(found) == [
        ("A", "A", Fate.STAYED),
        ("B", "B", Fate.REWORDED),
        ("C", "C", Fate.PROVISIONAL),
        ("D", "D", Fate.ANSWERED),
        ("E", "L", Fate.SPLIT),
        ("E", "M", Fate.SPLIT),
        ("F", "F", Fate.STAYED),
        ("G", "N", Fate.MERGED),
        ("H", "N", Fate.MERGED),
        ("I", "", Fate.DROPPED),
        ("J", "J", Fate.REWORDED),
        ("K", "K", Fate.STAYED),
        ("", "O", Fate.NEW),
        ("", "P", Fate.NEW),
    ]
    assert dict(found.fates) == {
        Fate.STAYED: 3,
        Fate.REWORDED: 2,
        Fate.PROVISIONAL: 1,
        Fate.ANSWERED: 1,
        Fate.SPLIT: 1,
        Fate.MERGED: 2,
        Fate.DROPPED: 1,
        Fate.NEW: 2,
    }
    assert (found.old_count, found.new_count, found.split_into, found.merged_into) == (11, 12, 2, 1)
    assert found.height == 14


def test_a_split_is_followed_over_a_version_that_was_skipped() -> None:
    old = [frozen("E", 1), frozen("F", 2)]
    new = [
        frozen("L", 1, came_from=["E"]),
        frozen("T", 2, came_from=["M", "F"]),
        frozen("E", 3, Q.SPLIT, is_listed=False, went_to=["L", "M"], closed_in=2),
        frozen("M", 4, Q.MERGED, is_listed=False, came_from=["E"], went_to=["T"], closed_in=3),
        frozen("F", 5, Q.MERGED, is_listed=False, went_to=["T"], closed_in=3),
    ]
    found = compare(old, new)
    assert rows_of(found) == [("E", "L", Fate.SPLIT), ("E", "T", Fate.SPLIT), ("F", "T", Fate.MERGED)]
    assert len(found.strands) == 1
    assert found.rows[0].codes == ("L", "T")


def test_what_came_of_a_split_and_was_let_go_since_still_ends_a_line() -> None:
    new = [
        frozen("L", 1, came_from=["E"]),
        frozen("E", 2, Q.SPLIT, is_listed=False, went_to=["L", "M"], closed_in=2),
        frozen("M", 3, Q.DROPPED, is_listed=False, came_from=["E"], closed_in=3),
    ]
    assert rows_of(compare([frozen("E", 1)], new)) == [("E", "L", Fate.SPLIT), ("E", "M", Fate.SPLIT)]


def test_answered_in_a_version_between_counts_as_answered() -> None:
    found = compare([frozen("D", 1)], [frozen("D", 1, Q.ANSWERED, is_listed=False, closed_in=2)])
    assert rows_of(found) == [("D", "D", Fate.ANSWERED)]
    assert dict(found.fates) == {Fate.ANSWERED: 1}


def test_answered_in_the_older_version_is_not_answered_again() -> None:
    found = compare(
        [frozen("D", 1, Q.ANSWERED, closed_in=1)], [frozen("D", 1, Q.ANSWERED, is_listed=False, closed_in=1)]
    )
    assert [row.is_settled for row in found.rows] == [True]
    assert dict(found.fates) == {}


def test_reopened_from_answered_from_let_go_and_from_a_provisional_answer() -> None:
    old = [
        frozen("A", 1, Q.ANSWERED, closed_in=1),
        frozen("B", 2, Q.DROPPED, is_listed=False, closed_in=1),
        frozen("C", 3, Q.PROVISIONAL),
    ]
    found = compare(old, [frozen("A", 1), frozen("B", 2), frozen("C", 3, Q.EXPLORED)])
    assert rows_of(found) == [("A", "A", Fate.REOPENED), ("C", "C", Fate.REOPENED), ("", "B", Fate.REOPENED)]


def test_what_came_and_went_in_between_is_told_apart() -> None:
    found = compare([frozen("A", 1)], [frozen("A", 1), frozen("B", 2, Q.ANSWERED, is_listed=False, closed_in=2)])
    assert rows_of(found) == [("A", "A", Fate.STAYED)]
    assert [entry.code for entry in found.passed] == ["B"]


def test_a_row_that_the_reader_may_not_see_leaves_no_trace() -> None:
    """E was split in L and M; M is for its group alone."""
    new = [frozen("L", 1, came_from=["E"]), frozen("E", 2, Q.SPLIT, is_listed=False, went_to=["L", "M"], closed_in=2)]
    found = compare([frozen("E", 1)], new)
    assert found.rows == [Row(found.rows[0].old, new[0], Fate.SPLIT, end=new[1], codes=("L",))]


@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1),
)
def test_lines_do_not_cross_more_than_needed(olds: int, news: int, drawn: set[tuple[int, int]]) -> None:
    edges = sorted((old % olds, new % news) for old, new in drawn)
    least = min(
        crossings(edges, left, right) for left in permutations(range(olds)) for right in permutations(range(news))
    )
    left, right = untangled(olds, news, edges)
    assert (sorted(left), sorted(right)) == (list(range(olds)), list(range(news)))
    assert crossings(edges, left, right) == least
