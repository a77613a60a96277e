"""What several tests of programmes begin with."""

from datetime import timedelta

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.platform import clock
from tests.cast import ProgrammeCast


def held_meetings(own: ProgrammeCast, count: int = 3) -> list[Meeting]:
    return [
        own.meeting(MeetingKind.WORKSHOP, days=-30 + 7 * number, state=MeetingState.HELD, title=f"Workshop {number}")
        for number in range(1, count + 1)
    ]


def edition_of(
    own: ProgrammeCast,
    *,
    state: EditionState = EditionState.RUNNING,
    fully_from_count: int = 2,
    places_count: int | None = None,
    meetings: list[Meeting] | None = None,
) -> Edition:
    edition = actions.open_edition(
        programme=own.programme,
        name="Voorjaar",
        starts_on=clock.today() - timedelta(days=60),
        ends_on=clock.today() + timedelta(days=60),
        fully_from_count=fully_from_count,
        places_count=places_count,
        meetings=meetings or [],
        by=own.lead,
    )
    Edition.objects.filter(pk=edition.pk).update(state=state)
    return Edition.objects.select_related("programme__community").get(pk=edition.pk)


def enrolled(own: ProgrammeCast, edition: Edition, person: Person, state: EnrolmentState | None = None) -> Enrolment:
    return actions.enrol(
        edition=edition, person=person, organisation=own.organisation, unit=own.units[0], state=state, by=own.lead
    )
