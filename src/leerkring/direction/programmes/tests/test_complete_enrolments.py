import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingState, Presence
from leerkring.community.meetings.models import Meeting
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import Completion, EnrolmentState
from leerkring.direction.programmes.tests.stories import edition_of, enrolled, held_meetings
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_completion_is_counted_from_the_meetings_by_the_announced_rule(cast: Cast) -> None:
    own = cast.own
    workshops = held_meetings(own, 3)
    edition = edition_of(own, fully_from_count=2, meetings=workshops)
    fully, partly, stayed_away, just_enough = (
        enrolled(own, edition, person) for person in (own.member, own.keeper, own.follower, own.facilitator)
    )
    for meeting in workshops[:2]:
        meetings.note_attendance(meeting=meeting, person=own.member, presence=Presence.PRESENT, by=own.lead)
    meetings.note_attendance(meeting=workshops[0], person=own.keeper, presence=Presence.PARTLY, minutes=90, by=own.lead)
    meetings.note_attendance(meeting=workshops[1], person=own.keeper, presence=Presence.PARTLY, minutes=89, by=own.lead)
    meetings.note_attendance(meeting=workshops[1], person=own.follower, presence=Presence.EXCUSED, by=own.lead)
    for meeting in workshops[1:]:
        meetings.note_attendance(
            meeting=meeting, person=own.facilitator, presence=Presence.PARTLY, minutes=90, by=own.lead
        )

    result = actions.complete_enrolments(edition=edition, by=own.lead)

    assert result == {Completion.FULLY: 2, Completion.PARTLY: 1, None: 1}
    rows = []
    for enrolment in (fully, partly, stayed_away, just_enough):
        enrolment.refresh_from_db()
        rows.append((enrolment.state, enrolment.completion, enrolment.attended_count, enrolment.meetings_count))
    assert rows == [
        ("completed", "fully", 2, 3),
        ("completed", "partly", 1, 3),
        ("left", "", 0, 3),
        ("completed", "fully", 2, 3),
    ]
    assert [row.ids for row in FactRow.objects.filter(name="EnrolmentsCompleted")] == [
        {"edition_id": edition.pk, "fully_count": 2, "partly_count": 1, "left_count": 1}
    ]


def test_a_second_click_counts_nobody_again(cast: Cast) -> None:
    workshops = held_meetings(cast.own, 1)
    edition = edition_of(cast.own, fully_from_count=1, meetings=workshops)
    enrolment = enrolled(cast.own, edition, cast.own.member)
    meetings.note_attendance(meeting=workshops[0], person=cast.own.member, presence=Presence.PRESENT, by=cast.own.lead)
    actions.complete_enrolments(edition=edition, by=cast.own.lead)

    again = actions.complete_enrolments(edition=edition, by=cast.own.lead)

    enrolment.refresh_from_db()
    assert again == {Completion.FULLY: 0, Completion.PARTLY: 0, None: 0}
    assert (enrolment.state, enrolment.completion) == (EnrolmentState.COMPLETED, Completion.FULLY)
    assert FactRow.objects.filter(name="EnrolmentsCompleted").count() == 1


def test_a_meeting_still_to_be_held_holds_completion_up_and_a_cancelled_one_does_not_count(cast: Cast) -> None:
    workshops = held_meetings(cast.own, 2)
    Meeting.objects.filter(pk=workshops[1].pk).update(state=MeetingState.PLANNED)
    edition = edition_of(cast.own, fully_from_count=1, meetings=workshops)
    enrolment = enrolled(cast.own, edition, cast.own.member)

    with pytest.raises(Refused):
        actions.complete_enrolments(edition=edition, by=cast.own.lead)
    Meeting.objects.filter(pk=workshops[1].pk).update(state=MeetingState.CANCELLED)
    actions.complete_enrolments(edition=edition, by=cast.own.lead)

    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.meetings_count) == (EnrolmentState.LEFT, 1)


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower", "colleague"])
def test_only_the_team_completes(cast: Cast, who: str) -> None:
    edition = edition_of(cast.own, meetings=held_meetings(cast.own, 1))
    with pytest.raises(PermissionDenied):
        actions.complete_enrolments(edition=edition, by=getattr(cast.own, who))
