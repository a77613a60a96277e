"""What follows for meetings when somebody leaves."""

from datetime import timedelta

from leerkring.community.meetings import actions
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.facts import MemberLeft
from leerkring.platform import clock, facts, jobs

SLIP = timedelta(minutes=10)
"""Who left by a slip of the hand, and comes back within this, stays on every list."""


@facts.beside(MemberLeft)
def member_left(fact: MemberLeft) -> None:
    jobs.enqueue("meetings.release_who_left", run_at=clock.now() + SLIP, membership_id=fact.membership_id)


@jobs.job("meetings.release_who_left")
def release_who_left_later(*, membership_id: int) -> None:
    membership = memberships.membership_numbered(membership_id)
    if membership is not None and membership.until_on is not None:
        actions.release_who_left(person=membership.person, community=membership.community, by=membership.person)
