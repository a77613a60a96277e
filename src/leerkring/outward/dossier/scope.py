"""What a dossier may hold: of which programme, for whom, and down to which label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Person

Item = TypeVar("Item", bound=Labelled)


@dataclass(frozen=True)
class Scope:
    """`person` is None for whoever keeps the installation, from the console: then labels alone decide."""

    community: Community
    person: Person | None = None
    narrowest: Label = Label.GROUP

    @property
    def labels(self) -> list[Label]:
        """From narrow to wide."""
        everything = list(Label)
        return everything[everything.index(Label(self.narrowest)) :]

    @property
    def is_whole(self) -> bool:
        """Everything that the programme team sees: with drafts, the method and the log of facts."""
        is_team = self.person is None or memberships.standing_of(self.person).is_team(self.community)
        return is_team and self.narrowest == Label.GROUP

    @property
    def names_people(self) -> bool:
        """What is for everybody names nobody who did not agree to that (rule 12)."""
        return self.narrowest != Label.PUBLIC

    def readable(self, items: QuerySet[Item]) -> QuerySet[Item]:
        rows = self.inside(items) if self.person is None else self._open(items)
        return rows.filter(label__in=self.labels).order_by("id")

    def inside(self, items: QuerySet[Item]) -> QuerySet[Item]:
        return memberships.in_programme(self.community, items)

    def communities(self) -> list[int]:
        root = self.community.pk
        return list(Community.objects.filter(Q(pk=root) | Q(root=root)).order_by("id").values_list("pk", flat=True))

    def _open(self, items: QuerySet[Item]) -> QuerySet[Item]:
        return memberships.readable_in(self.person, self.community, items)
