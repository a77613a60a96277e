"""Everything of the West-Brabant story that one chapter hands to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.direction.programmes.models import Programme


@dataclass
class Region:
    programme: Programme
    lead: Person
    municipalities: dict[str, Organisation]
    units: dict[str, Unit] = field(default_factory=dict)
    participants: list[Person] = field(default_factory=list)

    @property
    def community(self) -> Community:
        return self.programme.community
