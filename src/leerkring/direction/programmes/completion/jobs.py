"""What follows from what others do: a correction of attendance, meetings that count, somebody who leaves."""

from leerkring.community.meetings.facts import AttendanceNoted
from leerkring.community.people.facts import PersonLeft
from leerkring.direction.programmes.completion import actions, queries
from leerkring.direction.programmes.facts import EditionChanged
from leerkring.platform import facts


@facts.subscribe(AttendanceNoted)
def recount_after_correction_later(fact: AttendanceNoted) -> None:
    for edition in queries.editions_with(fact.meeting_id):
        actions.recount(edition=edition, by_id=fact.by_id)


@facts.subscribe(EditionChanged)
def recount_edition_later(fact: EditionChanged) -> None:
    edition = queries.completed_edition(fact.edition_id)
    if edition is not None:
        actions.recount(edition=edition, by_id=fact.by_id)


@facts.beside(PersonLeft)
def forget_holder(fact: PersonLeft) -> None:
    """In the transaction of leaving: no name stays when the process dies in between."""
    actions.forget_holders()
