"""A group of five at an intervisie, that agreed on how it treats each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import queries as memberships
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import IntervisieGroup, Round
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast, join, make_organisation, make_person

NAMES = ("Anna", "Bram", "Carla", "Daan", "Emma")


@dataclass
class Sitting:
    """A round that is planned; `members` are of five organisations."""

    cast: Cast
    group: IntervisieGroup
    meeting: Meeting
    round: Round
    members: list[Person]

    @property
    def lead(self) -> Person:
        return self.cast.own.lead

    @property
    def chair(self) -> Person:
        return self.members[0]

    @property
    def slug(self) -> str:
        return str(self.cast.own.community.slug)

    def url(self, verb: str = "") -> str:
        return f"/{self.slug}/intervisie/rounds/{self.round.pk}/{verb}"

    def group_url(self, verb: str = "") -> str:
        return f"/{self.slug}/intervisie/groups/{self.group.pk}/{verb}"

    def again(self) -> Round:
        found = queries.round_numbered(self.round.pk)
        assert found is not None
        return found

    def begin(self) -> Round:
        return actions.begin_round(round=self.round, by=self.chair)

    def accept(self) -> None:
        for person in self.members:
            actions.accept_agreements(group=self.group, revision=self.group.agreements_revision, by=person)


def make_member(cast: Cast, name: str, organisation: str = "") -> Person:
    home = make_organisation(organisation or f"Gemeente {name}")
    person = make_person(name)
    join(person, cast.own.community, organisation=home)
    return person


def make_sitting(cast: Cast, *, accepted: bool = True, method: BuiltIn = BuiltIn.INCIDENT) -> Sitting:
    members = [make_member(cast, name) for name in NAMES]
    group = actions.form_group(community=cast.own.community, name="Kring Zuid", people=members, by=cast.own.lead)
    meeting = cast.own.meeting(MeetingKind.INTERVISIE, days=0, keeps_text=False, title="Intervisie 1")
    round_ = actions.plan_round(group=group, meeting=meeting, sheet=SHEETS[method], by=cast.own.lead)
    memberships.forget_standings()
    sitting = Sitting(cast, group, meeting, round_, members)
    if accepted:
        sitting.accept()
    return sitting


@pytest.fixture
def sitting(cast: Cast) -> Sitting:
    return make_sitting(cast)


@pytest.fixture
def facts_named() -> Callable[[str], list[dict[str, object]]]:
    """The contents of all facts of this name, with who did it."""

    def read(name: str) -> list[dict[str, object]]:
        return [{"by_id": row.by_id, **row.ids} for row in FactRow.objects.filter(name=name).order_by("id")]

    return read
