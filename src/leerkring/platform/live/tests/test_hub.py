import time

import pytest

from leerkring.platform.live.hub import Change, Hub, Listener
from leerkring.platform.live.tickets import Ticket


@pytest.fixture
def hub() -> Hub:
    hub = Hub(per_device=2)
    hub.start(10, time.time() - 100)
    return hub


def listener(*community_ids: int, device: str = "phone", made_at: float | None = None) -> Listener:
    return Listener(Ticket(frozenset(community_ids), 7, made_at or time.time()), device)


def tell(hub: Hub, *changes: tuple[int, str, int]) -> None:
    hub.publish([Change(*change) for change in changes], time.time())


def test_a_listener_hears_of_its_own_community_only(hub: Hub) -> None:
    ours, theirs = listener(1), listener(2)
    hub.join(ours)
    hub.join(theirs)
    tell(hub, (11, "VersionSet", 1))
    assert ours.take() == ["VersionSet"]
    assert theirs.take() == []


def test_a_slow_listener_is_told_once_of_everything_it_missed(hub: Hub) -> None:
    slow = listener(1)
    hub.join(slow)
    for number in range(11, 111):
        tell(hub, (number, "HarvestItemAdded", 1))
    tell(hub, (111, "VersionSet", 1))
    assert slow.take() == ["HarvestItemAdded", "VersionSet"]
    assert slow.take() == []


def test_who_has_left_is_forgotten(hub: Hub) -> None:
    gone = listener(1)
    hub.join(gone)
    hub.leave(gone)
    tell(hub, (11, "VersionSet", 1))
    assert gone.take() == []
    assert hub.listeners == set()


def test_a_device_with_too_many_streams_loses_its_oldest(hub: Hub) -> None:
    first, second, third, elsewhere = listener(1), listener(1), listener(1), listener(1, device="laptop")
    for each in (first, second, elsewhere, third):
        hub.join(each)
    assert [each.farewell for each in (first, second, third, elsewhere)] == ["many", None, None, None]


def test_who_comes_back_hears_what_was_missed(hub: Hub) -> None:
    tell(hub, (11, "VersionSet", 1), (12, "GroupFormed", 1), (13, "GoalAdded", 2))
    ticket = listener(1).ticket
    assert hub.missed_since(ticket, 11) == ["GroupFormed"]
    assert hub.missed_since(ticket, 12) == []
    assert hub.missed_since(ticket, 13) == []


def test_a_fact_that_was_committed_late_is_missed_too(hub: Hub) -> None:
    tell(hub, (12, "GroupFormed", 2))
    tell(hub, (11, "VersionSet", 1))
    assert hub.missed_since(listener(1).ticket, 12) == ["VersionSet"]


def test_who_comes_back_with_an_id_that_nobody_knows_must_look_again(hub: Hub) -> None:
    assert hub.missed_since(listener(1).ticket, 4) is None
    assert hub.missed_since(listener(1).ticket, 10) == []


def test_a_page_hears_what_happened_while_it_was_on_its_way(hub: Hub) -> None:
    before = listener(1, made_at=time.time() - 5)
    tell(hub, (11, "VersionSet", 1))
    assert hub.missed_since(before.ticket, None) == ["VersionSet"]
    assert hub.missed_since(listener(1, made_at=time.time() + 5).ticket, None) == []


def test_a_page_from_before_the_restart_must_look_again(hub: Hub) -> None:
    assert hub.missed_since(listener(1, made_at=time.time() - 200).ticket, None) is None
