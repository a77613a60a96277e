"""The days of an edition go along with its meetings; wider days that the team chose stay."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import actions as polls
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.models import Edition
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import AMSTERDAM, Cast

NOW = datetime(2026, 10, 1, 12, tzinfo=AMSTERDAM)


def days(edition: Edition) -> tuple[date, date]:
    edition.refresh_from_db()
    return edition.starts_on, edition.ends_on


def test_the_first_and_the_last_meeting_take_the_edition_along(
    cast: Cast, committed: Callable[[], AbstractContextManager[object]]
) -> None:
    own = cast.own

    def on(month: int, day: int) -> Meeting:
        return own.meeting(days=(date(2026, month, day) - NOW.date()).days)

    def move(meeting: Meeting, to: date) -> None:
        by = timedelta(days=(to - meeting.day).days)
        with committed():
            meetings.change_meeting(
                meeting=meeting, starts_at=meeting.starts_at + by, ends_at=meeting.ends_at + by, by=own.lead
            )

    with clock.at(NOW):
        first, second, last = on(11, 2), on(11, 16), on(12, 7)
        edition = actions.open_edition(
            programme=own.programme,
            name="Najaar",
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 12, 20),
            fully_from_count=2,
            meetings=[first, second, last],
            by=own.lead,
        )
        move(first, date(2026, 11, 9))
        assert days(edition) == (date(2026, 11, 9), date(2026, 12, 20)), "later: it began with that meeting"
        move(second, date(2026, 10, 26))
        assert days(edition) == (date(2026, 10, 26), date(2026, 12, 20)), "before the start"
        move(last, date(2026, 12, 22))
        move(last, date(2026, 12, 7))
        assert days(edition) == (date(2026, 10, 26), date(2026, 12, 7))
        with committed():
            meetings.change_meeting(meeting=second, place="Breda", by=own.lead)
            meetings.cancel_meeting(meeting=second, by=own.lead)
        assert days(edition) == (date(2026, 11, 9), date(2026, 12, 7)), "called off"
        with committed():
            meetings.restore_meeting(meeting=second, by=own.lead)
        assert days(edition) == (date(2026, 10, 26), date(2026, 12, 7))

        actions.remove_meeting(edition=edition, meeting=last, by=own.lead)
        assert days(edition) == (date(2026, 10, 26), date(2026, 11, 9))
        actions.add_meeting(edition=edition, meeting=last, by=own.lead)
        actions.set_meetings(edition=edition, meetings=[first, last], by=own.lead)
        assert days(edition) == (date(2026, 11, 9), date(2026, 12, 7))
        move(second, date(2026, 10, 5))
        assert days(edition) == (date(2026, 11, 9), date(2026, 12, 7)), "a meeting that does not count"
        assert FactRow.objects.filter(name="EditionChanged").count() == 9

        with committed():
            poll = polls.open_poll(
                community=own.community,
                kind=MeetingKind(first.kind),
                title="Wanneer?",
                meeting=first,
                slots=[
                    polls.Slot(first.starts_at - timedelta(days=back), first.ends_at - timedelta(days=back))
                    for back in (5, 6)
                ],
                closes_on=clock.today() + timedelta(days=7),
                by=own.lead,
            )
            polls.choose_date(option=poll.options.order_by("starts_at")[1], by=own.lead)
        assert days(edition) == (date(2026, 11, 4), date(2026, 12, 7)), "a poll settled the first date"


def test_the_days_that_the_team_chooses_hold_every_meeting(
    cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    own = cast.own
    meeting = own.meeting(days=10)
    edition = actions.open_edition(
        programme=own.programme,
        name="Najaar",
        starts_on=meeting.day + timedelta(days=3),
        ends_on=meeting.day + timedelta(days=9),
        fully_from_count=1,
        meetings=[meeting],
        by=own.lead,
    )
    assert days(edition) == (meeting.day, meeting.day + timedelta(days=9))
    for starts, ends in ((1, 9), (-9, -1)):
        with pytest.raises(Refused):
            actions.change_edition(
                edition=edition,
                name="Najaar",
                starts_on=meeting.day + timedelta(days=starts),
                ends_on=meeting.day + timedelta(days=ends),
                places_count=None,
                by=own.lead,
            )
    form = {"name": "Najaar", "starts_on": meeting.day + timedelta(days=1), "ends_on": meeting.day + timedelta(days=9)}
    page = client_of(own.lead).post(f"/eigen/editions/{edition.pk}/change/", form)
    assert page.status_code == 422
    assert "De eerste bijeenkomst is op" in page.content.decode()
    form["starts_on"] = meeting.day - timedelta(days=20)
    assert client_of(own.lead).post(f"/eigen/editions/{edition.pk}/change/", form).status_code == 302
    assert days(edition)[0] == meeting.day - timedelta(days=20)
