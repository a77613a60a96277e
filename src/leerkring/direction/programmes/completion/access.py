from __future__ import annotations

from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.direction.programmes.completion.models import Certificate
from leerkring.direction.programmes.models import Edition


def may_decide_completion(person: Person | None, edition: Edition) -> bool:
    """Exceptions and certificates are the programme team's."""
    return standing_of(person).is_team(edition.community)


def may_revoke(person: Person | None, certificate: Certificate) -> bool:
    programme = certificate.programme
    return programme is not None and standing_of(person).is_team(programme.community)
