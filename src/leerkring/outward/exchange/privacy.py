"""What goes when a person leaves: the address of their calendar."""

from leerkring.community.people.facts import PersonLeft
from leerkring.outward.exchange import queries
from leerkring.platform import facts


@facts.subscribe(PersonLeft)
def forget_calendar(fact: PersonLeft) -> None:
    queries.calendar_of(fact.person_id).delete()
