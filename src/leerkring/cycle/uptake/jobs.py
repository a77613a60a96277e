"""What uptake does by itself as time goes by, and after somebody left."""

from leerkring.community.memberships.facts import MemberLeft
from leerkring.community.people.facts import PersonLeft
from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.handing import actions as handing
from leerkring.platform import facts, jobs


@jobs.every(minutes=60, name="uptake.remind_of_commitments")
def remind_of_commitments_later() -> None:
    actions.remind_of_commitments()


@facts.beside(MemberLeft, PersonLeft)
def somebody_left(fact: MemberLeft | PersonLeft) -> None:
    jobs.enqueue("uptake.withdraw_unanswered", person_id=fact.person_id)


@jobs.job("uptake.withdraw_unanswered")
def withdraw_unanswered_later(*, person_id: int) -> None:
    handing.withdraw_unanswered(person_id=person_id)
