from __future__ import annotations

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.outward.exchange.models import ImportBatch, WaitingFile


def may_import(person: Person | None, community: Community) -> bool:
    """The programme team."""
    return community.root_id is None and standing_of(person).is_team(community)


def may_decide(person: Person | None, waiting: WaitingFile) -> bool:
    """Whoever uploaded it, while in the team: a list on its way in is nobody else's yet."""
    return person is not None and person.pk == waiting.by.pk and may_import(person, waiting.community)


def may_undo(person: Person | None, batch: ImportBatch) -> bool:
    return not batch.is_undone and may_import(person, batch.community)
