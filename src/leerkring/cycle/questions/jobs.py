"""What happens to questions after something happened to people."""

from leerkring.community.memberships.facts import MemberLeft
from leerkring.cycle.questions import actions, queries
from leerkring.platform import facts


@facts.subscribe(MemberLeft)
def free_questions_later(fact: MemberLeft) -> None:
    membership = queries.ended_membership(fact.membership_id)
    if membership is not None:
        actions.free_questions(person=membership.person, community=membership.community, by=membership.person)
