"""What a whole hall asks at once is read once in half a second."""

import pytest

from leerkring.platform.facts import kept
from leerkring.platform.facts.kept import forget_lately, lately


@pytest.mark.django_db(transaction=True)
def test_what_was_read_lately_is_given_again_until_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([1, 2, None, 3, 4])

    def ask(id_: int = 1) -> int | None:
        return lately("hall", id_, lambda: next(answers))

    assert (ask(), ask(), ask(2)) == (1, 1, 2)
    forget_lately("hall")
    assert (ask(), ask()) == (None, 3), "nothing is kept of what is not there"
    monkeypatch.setattr(kept, "LATELY", 0.0)
    assert ask() == 4


@pytest.mark.django_db
def test_inside_a_transaction_it_is_read_anew() -> None:
    answers = iter([1, 2])
    assert [lately("hall", 1, lambda: next(answers)) for _twice in range(2)] == [1, 2]


def test_what_was_read_while_it_was_forgotten_is_not_kept() -> None:
    answers = iter(range(9))

    def read() -> int:
        forget_lately("hall")
        return next(answers)

    assert [lately("hall", 2, read) for _twice in range(2)] == [0, 1]
