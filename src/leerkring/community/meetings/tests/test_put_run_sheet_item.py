from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions, queries
from leerkring.community.meetings.enums import IntervisieStep, MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.run_sheet import run_sheet_of
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def names(meeting: Meeting) -> list[str]:
    return [item.name for item in queries.items_of(meeting)]


def three_parts(cast: Cast) -> tuple[Meeting, list[RunSheetItem]]:
    meeting = cast.own.meeting()
    lines = [actions.Line(10, "Welkom"), actions.Line(60, "Werken"), actions.Line(20, "Afspraken")]
    return meeting, actions.put_run_sheet_items(meeting=meeting, lines=lines, by=cast.own.facilitator)


def test_parts_stand_in_the_order_in_which_they_were_put(cast: Cast) -> None:
    meeting, items = three_parts(cast)
    last = actions.put_run_sheet_item(meeting=meeting, minutes=5, title=" Borrel ", by=cast.own.facilitator)

    assert names(meeting) == ["Welkom", "Werken", "Afspraken", "Borrel"]
    assert [row.ids["item_id"] for row in FactRow.objects.filter(name="RunSheetItemPut").order_by("id")] == [
        *[item.pk for item in items],
        last.pk,
    ]


def test_a_part_moves_and_the_others_make_room(cast: Cast) -> None:
    meeting, (welcome, work, _agreements) = three_parts(cast)
    actions.move_run_sheet_item(item=work, position=1, by=cast.own.facilitator)
    assert names(meeting) == ["Werken", "Welkom", "Afspraken"]
    actions.move_run_sheet_item(item=welcome, position=99, by=cast.own.facilitator)
    assert names(meeting) == ["Werken", "Afspraken", "Welkom"]
    assert [item.position for item in queries.items_of(meeting)] == [1, 2, 3]


def test_a_part_that_was_taken_out_can_be_put_back_where_it_was(cast: Cast, client_of: Browser) -> None:
    meeting, (_welcome, work, _agreements) = three_parts(cast)
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/run-sheet/{work.pk}/"

    assert browser.post(address + "remove/").status_code == 302
    assert names(meeting) == ["Welkom", "Afspraken"]
    assert browser.get(address).status_code == 404
    assert browser.post(address + "remove/").status_code == 404
    assert browser.post(address + "restore/").status_code == 302
    assert names(meeting) == ["Welkom", "Werken", "Afspraken"]


def test_two_people_who_change_one_part_see_both_texts(cast: Cast, client_of: Browser) -> None:
    meeting, (welcome, *_rest) = three_parts(cast)
    actions.change_run_sheet_item(item=welcome, note="Van Lead", revision=1, by=cast.own.lead)
    with pytest.raises(EditedMeanwhile):
        actions.change_run_sheet_item(item=welcome, note="Van Keeper", revision=1, by=cast.own.keeper)

    answer = client_of(cast.own.keeper).post(
        f"/eigen/meetings/{meeting.pk}/run-sheet/{welcome.pk}/",
        {"minutes": "10", "title": "Welkom", "note": "Van Keeper", "revision": "1"},
    )
    assert answer.status_code == 422
    assert {"Van Lead", "Van Keeper"} <= {
        word for word in ("Van Lead", "Van Keeper") if word in answer.content.decode()
    }


@pytest.mark.parametrize("line", [actions.Line(0, "Niets"), actions.Line(1441, "Alles"), actions.Line(5, "  ")])
def test_a_part_needs_a_name_and_honest_minutes(cast: Cast, line: actions.Line) -> None:
    meeting = cast.own.meeting()
    with pytest.raises(Refused):
        actions.put_run_sheet_items(meeting=meeting, lines=[actions.Line(5, "Goed"), line], by=cast.own.lead)
    assert names(meeting) == []
    assert not FactRow.objects.exists()


def test_the_run_sheet_of_an_intervisie_holds_steps_and_no_words(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    by = cast.own.facilitator
    item = actions.put_run_sheet_item(meeting=meeting, minutes=15, step=IntervisieStep.QUESTIONS, by=by)
    wordy: list[dict[str, Any]] = [{"title": "De zaak"}, {"note": "De zaak"}, {"facilitator_note": "De zaak"}]
    for words in wordy:
        with pytest.raises(Refused):
            actions.put_run_sheet_item(meeting=meeting, minutes=5, step=IntervisieStep.ADVICE, by=by, **words)
        with pytest.raises(Refused):
            actions.change_run_sheet_item(item=item, by=by, **words)

    browser = client_of(by)
    sheet = f"/eigen/meetings/{meeting.pk}/run-sheet/"
    assert browser.post(sheet + "add/", {"minutes": "5", "title": "De zaak"}).status_code == 422
    assert browser.post(sheet + "add/", {"minutes": "5", "step": "De zaak"}).status_code == 422
    assert browser.post(sheet + "add-several/", {"lines": "5 De zaak van Sanne"}).status_code == 422
    browser.post(f"{sheet}{item.pk}/", {"minutes": "5", "step": "advice", "note": "De zaak", "title": "De zaak"})
    assert [(row.title, row.note, row.facilitator_note) for row in RunSheetItem.objects.all()] == [("", "", "")]


def test_several_parts_are_pasted_at_once_or_not_at_all(cast: Cast, client_of: Browser) -> None:
    meeting = cast.own.meeting()
    browser = client_of(cast.own.facilitator)
    address = f"/eigen/meetings/{meeting.pk}/run-sheet/add-several/"

    wrong = browser.post(address, {"lines": "10 Welkom\nzonder minuten\n"})
    assert wrong.status_code == 422
    assert "Regel 2" in wrong.content.decode()
    assert names(meeting) == []

    assert browser.post(address, {"lines": "10 Welkom\n\n 45 min: Werken\n5\tAfspraken"}).status_code == 302
    assert [(item.minutes, item.name) for item in queries.items_of(meeting)] == [
        (10, "Welkom"),
        (45, "Werken"),
        (5, "Afspraken"),
    ]


def test_the_sum_is_held_against_the_planned_end(cast: Cast, client_of: Browser) -> None:
    meeting, _items = three_parts(cast)
    sheet = run_sheet_of(meeting, queries.items_of(meeting))
    assert (sheet.minutes, sheet.minutes_over, sheet.adds_up) == (90, -90, False)
    assert sheet.ends_at == meeting.starts_at + timedelta(minutes=90)
    actions.put_run_sheet_item(meeting=meeting, minutes=90, title="Nog meer", by=cast.own.lead)
    assert run_sheet_of(meeting, queries.items_of(meeting)).adds_up
    assert client_of(cast.own.facilitator).get(f"/eigen/meetings/{meeting.pk}/run-sheet/").status_code == 200


def test_clock_times_hold_on_the_night_the_clock_changes(cast: Cast) -> None:
    meeting = cast.own.meeting()
    meeting.starts_at = datetime(2025, 3, 30, 1, 30, tzinfo=AMSTERDAM)
    meeting.ends_at = datetime(2025, 3, 30, 4, 0, tzinfo=AMSTERDAM)
    meeting.save()
    meeting.refresh_from_db()
    for title in ("Voor", "Na"):
        actions.put_run_sheet_item(meeting=meeting, minutes=45, title=title, by=cast.own.lead)

    sheet = run_sheet_of(meeting, queries.items_of(meeting))

    assert meeting.minutes == 90
    assert sheet.adds_up
    assert [timed.begins for timed in sheet.items] == ["1.30", "3.15"]
    assert (sheet.ends, sheet.ends_at) == ("4.00", datetime(2025, 3, 30, 2, 0, tzinfo=UTC))


def test_while_the_meeting_is_on_the_sheet_shows_where_it_is(cast: Cast) -> None:
    meeting, _items = three_parts(cast)
    meeting.state = MeetingState.LIVE
    with clock.at(meeting.starts_at + timedelta(minutes=40)):
        sheet = run_sheet_of(meeting, queries.items_of(meeting))
    assert [(timed.state, timed.done) for timed in sheet.items] == [("past", 100), ("is", 50), ("", 0)]


def test_notes_for_facilitators_are_for_facilitators(cast: Cast, client_of: Browser) -> None:
    meeting, (welcome, *_rest) = three_parts(cast)
    actions.change_run_sheet_item(item=welcome, note="Voor allen", facilitator_note="Stil bewaren", by=cast.own.lead)
    for page in ("", "run-sheet/print/"):
        address = f"/eigen/meetings/{meeting.pk}/{page}"
        member, facilitator = (client_of(who).get(address) for who in (cast.own.member, cast.own.facilitator))
        assert "Voor allen" in member.content.decode()
        assert "Stil bewaren" not in member.content.decode()
        assert "Stil bewaren" in facilitator.content.decode()


def test_a_part_of_another_meeting_is_not_found(cast: Cast, client_of: Browser) -> None:
    meeting, items = three_parts(cast)
    beside = cast.own.meeting(title="Ernaast")
    browser = client_of(cast.own.lead)
    for verb in ("", "move/", "remove/", "restore/"):
        address = f"/eigen/meetings/{beside.pk}/run-sheet/{items[0].pk}/{verb}"
        assert browser.post(address, {"by": "up"}).status_code == 404
    assert len(names(meeting)) == 3


@pytest.mark.parametrize("who", ["member", "follower"])
def test_readers_write_no_run_sheet(cast: Cast, client_of: Browser, who: str) -> None:
    meeting, (welcome, *_rest) = three_parts(cast)
    person = getattr(cast.own, who)
    with pytest.raises(PermissionDenied):
        actions.put_run_sheet_item(meeting=meeting, minutes=5, title="Extra", by=person)
    with pytest.raises(PermissionDenied):
        actions.move_run_sheet_item(item=welcome, position=3, by=person)
    with pytest.raises(PermissionDenied):
        actions.remove_run_sheet_item(item=welcome, by=person)
    with pytest.raises(PermissionDenied):
        actions.restore_run_sheet_item(item=welcome, by=person)
    with pytest.raises(PermissionDenied):
        actions.change_run_sheet_item(item=welcome, title="Anders", by=person)
    browser = client_of(person)
    for verb in ("add/", "add-several/", f"{welcome.pk}/", f"{welcome.pk}/move/", f"{welcome.pk}/remove/"):
        assert browser.post(f"/eigen/meetings/{meeting.pk}/run-sheet/{verb}").status_code == 403
    assert names(meeting) == ["Welkom", "Werken", "Afspraken"]
