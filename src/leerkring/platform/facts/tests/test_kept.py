import pytest
from django.db import transaction

from leerkring.platform import facts
from leerkring.platform.facts import kept
from leerkring.platform.facts.kept import forget_kept, newest_fact
from leerkring.platform.facts.models import FactRow


class Reader:
    def __init__(self) -> None:
        self.count = 0

    def read(self) -> int:
        self.count += 1
        return self.count


@pytest.mark.django_db(transaction=True)
def test_what_was_read_is_given_again_until_a_fact_is_recorded() -> None:
    reader = Reader()
    assert [kept.kept("thing", 1, 7, reader.read) for _ in range(3)] == [1, 1, 1]
    assert kept.kept("thing", 2, 7, reader.read) == 2
    assert kept.kept("thing", 1, 8, reader.read) == 3
    assert kept.kept("thing", 1, None, reader.read) == 4
    forget_kept()
    assert kept.kept("thing", 1, 8, reader.read) == 5


@pytest.mark.django_db(transaction=True)
def test_a_transaction_keeps_nothing_and_is_given_nothing() -> None:
    reader = Reader()
    with transaction.atomic():
        assert kept.kept("thing", 1, 7, reader.read) == 1
    assert kept.kept("thing", 1, 7, reader.read) == 2
    with transaction.atomic():
        assert kept.kept("thing", 1, 7, reader.read) == 3
    assert kept.kept("thing", 1, 7, reader.read) == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_given_for_longer_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    kept.kept("thing", 1, 7, reader.read)
    monkeypatch.setattr(kept, "SECONDS", 0)
    assert kept.kept("thing", 1, 7, reader.read) == 2


@pytest.mark.django_db(transaction=True)
def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    monkeypatch.setattr(kept, "MOST", 2)
    for id_ in (1, 2, 3):
        kept.kept("thing", id_, 7, reader.read)
    assert kept.kept("thing", 3, 7, reader.read) == 3
    assert kept.kept("thing", 1, 7, reader.read) == 4


@pytest.mark.django_db
def test_the_newest_fact_is_a_column() -> None:
    facts.record(facts.Fact(community_id=None, by_id=None))
    last = FactRow.objects.latest("id").pk
    assert FactRow.objects.annotate(mark=newest_fact()).get(pk=last).mark == last
