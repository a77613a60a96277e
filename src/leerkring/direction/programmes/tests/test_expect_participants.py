"""Who has a place in an edition is expected at its meetings that are still to come, and no longer after leaving."""

from datetime import timedelta

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Attendance, Meeting
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import EnrolmentState
from leerkring.direction.programmes.models import Edition
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast


def presences(meeting: Meeting) -> dict[str, str]:
    return {row.person.given_name: row.presence for row in Attendance.objects.filter(meeting=meeting)}


def an_edition(cast: Cast, *of: Meeting) -> Edition:
    today = clock.today()
    return actions.open_edition(
        programme=cast.own.programme,
        name="Editie",
        starts_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=90),
        fully_from_count=1,
        meetings=of,
        by=cast.own.lead,
    )


def test_a_place_is_a_line_on_every_list_to_come(cast: Cast) -> None:
    own = cast.own
    held = own.meeting(days=-3, state=MeetingState.HELD)
    called_off, coming, later = own.meeting(state=MeetingState.CANCELLED), own.meeting(), own.meeting(days=30)
    edition = an_edition(cast, held, called_off, coming)
    enrolment = actions.enrol(edition=edition, person=own.member, organisation=own.organisation, by=own.lead)
    actions.enrol(
        edition=edition, person=own.keeper, organisation=own.organisation, state=EnrolmentState.WAITING, by=own.lead
    )
    assert [presences(meeting) for meeting in (held, called_off, coming)] == [{}, {}, {"Member": Presence.EXPECTED}]
    meetings.sign_off(meeting=coming, by=own.member)
    actions.add_meeting(edition=edition, meeting=later, by=own.lead)
    actions.set_meetings(edition=edition, meetings=[held, coming, later], by=own.lead)
    assert presences(coming) == {"Member": Presence.EXCUSED}
    assert presences(later) == {"Member": Presence.EXPECTED}
    assert FactRow.objects.filter(name="PeopleExpected").count() == 2
    actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.member)
    assert presences(later) == {"Member": Presence.EXCUSED}
    released = FactRow.objects.filter(name="PeopleReleased").order_by("id")
    assert [(row.ids["meeting_id"], row.ids["person_ids"]) for row in released] == [
        (meeting.pk, [own.member.pk]) for meeting in (coming, later)
    ]
