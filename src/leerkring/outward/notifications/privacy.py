"""What goes when a person leaves: which letters they did not want, and that they got any."""

from leerkring.community.people.facts import PersonLeft
from leerkring.outward.notifications import queries
from leerkring.platform import facts


@facts.subscribe(PersonLeft)
def forget_mail(fact: PersonLeft) -> None:
    for rows in queries.all_of(fact.person_id):
        rows.delete()
