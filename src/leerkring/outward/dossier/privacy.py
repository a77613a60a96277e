"""What goes when a person leaves: every dossier that is still here, as it may name that person."""

from leerkring.community.people.facts import PersonLeft
from leerkring.outward.dossier import actions, queries
from leerkring.platform import facts


@facts.subscribe(PersonLeft)
def forget_dossiers(fact: PersonLeft) -> None:
    actions.remove_dossiers(dossiers=queries.all_dossiers())
