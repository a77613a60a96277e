"""What programmes do by themselves: as time goes by, after somebody left or came back, after a meeting moved."""

from datetime import date, timedelta

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.facts import MeetingChanged, MeetingMoved
from leerkring.community.memberships.facts import MemberCameBack, MemberLeft
from leerkring.community.people.facts import PersonLeft
from leerkring.direction.programmes import actions, queries
from leerkring.platform import clock, facts, jobs

SLIP = timedelta(minutes=10)
"""Who left by a slip of the hand, and comes back within this, has lost nothing."""


@jobs.every(minutes=15, name="programmes.lapse_offers")
def lapse_offers_later() -> None:
    actions.lapse_offers()


@facts.beside(MemberLeft)
def member_left(fact: MemberLeft) -> None:
    jobs.enqueue(
        "programmes.give_back_places",
        run_at=clock.now() + SLIP,
        person_id=fact.person_id,
        community_id=fact.community_id,
        by_id=fact.by_id,
    )


@facts.beside(PersonLeft)
def person_left(fact: PersonLeft) -> None:
    jobs.enqueue("programmes.give_back_places", person_id=fact.person_id, community_id=None, by_id=fact.by_id)


@facts.beside(MemberCameBack)
def member_came_back(fact: MemberCameBack) -> None:
    jobs.enqueue("programmes.expect_again", person_id=fact.person_id, community_id=fact.community_id, by_id=fact.by_id)


@jobs.job("programmes.give_back_places")
def give_back_places_later(*, person_id: int, community_id: int | None, by_id: int | None) -> None:
    person, by = queries.person_numbered(person_id), queries.person_numbered(by_id)
    community = queries.community_numbered(community_id) if community_id is not None else None
    if person is not None and (community is not None or community_id is None):
        actions.give_back_places(person=person, community=community, by=by or person)


@jobs.job("programmes.expect_again")
def expect_again_later(*, person_id: int, community_id: int, by_id: int | None) -> None:
    person, by, community = (
        queries.person_numbered(person_id),
        queries.person_numbered(by_id),
        queries.community_numbered(community_id),
    )
    if person is not None and community is not None:
        actions.expect_again(person=person, community=community, by=by or person)


@facts.subscribe(MeetingChanged)
def follow_meeting_later(fact: MeetingChanged) -> None:
    before = queries.Span(date.fromisoformat(fact.day_before), date.fromisoformat(fact.last_day_before))
    actions.follow_meeting(meeting_id=fact.meeting_id, before=before, by_id=fact.by_id)


@facts.subscribe(MeetingMoved)
def follow_cancellation_later(fact: MeetingMoved) -> None:
    meeting = queries.meeting_numbered(fact.meeting_id)
    if meeting is None or MeetingState.CANCELLED not in (fact.before, fact.state):
        return
    counted = fact.state == MeetingState.CANCELLED
    before = queries.Span(meeting.day, meeting.last_day) if counted else None
    actions.follow_meeting(meeting_id=meeting.pk, before=before, by_id=fact.by_id)
