"""What goes when a person leaves: the name under a publication. What they said stays, without a name."""

from leerkring.community.people.facts import PersonLeft
from leerkring.outward.publishing.publications import queries
from leerkring.platform import facts


@facts.subscribe(PersonLeft)
def forget_author(fact: PersonLeft) -> None:
    queries.authors_of_person(fact.person_id).delete()
