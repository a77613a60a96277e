import time

import pytest

from leerkring.platform.live import hub as module
from leerkring.platform.live.hub import Change, Hub, Listener
from leerkring.platform.live.tickets import SECONDS, Ticket


@pytest.fixture
def hub() -> Hub:
    hub = Hub(per_device=2)
    hub.start(10, time.time() - 100)
    return hub


def listener(
    *community_ids: int, device: str = "phone", made_at: float | None = None, person_id: int | None = 7, seat: str = ""
) -> Listener:
    return Listener(Ticket(frozenset(community_ids), person_id, made_at or time.time(), seat), device)


def tell(hub: Hub, *changes: tuple[int, str, int | None]) -> None:
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


def test_a_fact_of_no_community_is_told_to_nobody(hub: Hub) -> None:
    ours = listener(1)
    hub.join(ours)
    tell(hub, (11, "SettingChanged", None))
    assert (ours.take(), hub.last_id) == ([], 11)


def test_whose_access_ended_hears_goodbye_and_no_other(hub: Hub) -> None:
    person, guest = listener(1, person_id=7), listener(1, person_id=None, seat="seat:3", device="guest")
    other = listener(1, person_id=8, device="other")
    for each in (person, guest, other):
        hub.join(each)
    hub.end({"person:7": time.time(), "seat:3": time.time()})
    assert [each.farewell for each in (person, guest, other)] == ["rights", "rights", None]


def test_only_a_newer_ticket_is_worth_something_after_access_ended(hub: Hub) -> None:
    now = time.time()
    hub.end({"person:7": now, 2: now - 50})
    old, new = listener(1, made_at=now - 10).ticket, listener(1, made_at=now + 1).ticket
    assert (hub.is_over(old), hub.is_over(new)) == (True, False)
    others = [listener(2, made_at=now - at, person_id=8).ticket for at in (60, 40)]
    assert [hub.is_over(ticket) for ticket in others] == [True, False]


def test_what_no_ticket_can_be_older_than_is_forgotten(hub: Hub) -> None:
    hub.end({"person:7": 1000.0})
    hub.end({"person:8": 1000.0 + SECONDS + 1})
    assert not hub.is_over(listener(1, made_at=900.0).ticket)


def test_what_came_since_the_start_is_known_as_long_as_it_is_remembered(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 2)
    tell(hub, (11, "VersionSet", 1), (12, "GroupFormed", 1))
    assert hub.missed_since(listener(1).ticket, 10) == ["GroupFormed", "VersionSet"]
    tell(hub, (13, "HarvestItemAdded", 1))
    assert hub.missed_since(listener(1).ticket, 10) is None
    assert hub.missed_since(listener(1).ticket, 11) == ["GroupFormed", "HarvestItemAdded"]
