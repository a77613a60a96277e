"""Divisions and what goes into them, read in a fixed number of queries however many people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from leerkring.community.meetings.enums import Presence
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import CommunityKind, Level
from leerkring.community.memberships.models import Community, Membership
from leerkring.community.people.models import Person
from leerkring.cycle.groups.enums import FormingState
from leerkring.cycle.groups.forming.models import Candidate, CandidatePair, Forming, PossibleGroup
from leerkring.cycle.groups.models import LearningGroup, RoleTaken
from leerkring.cycle.groups.queries import people_to_form_with

CURRENT = Q(until_on__isnull=True)


def formings_of(community: Community) -> QuerySet[Forming]:
    return Forming.objects.filter(community=community.root_pk).select_related("meeting", "made_by")


def formings_with_counts(community: Community) -> QuerySet[Any]:
    """With how many people and possible groups are in each."""
    people = Candidate.objects.filter(forming=OuterRef("pk")).order_by().values("forming").annotate(n=Count("pk"))
    groups = PossibleGroup.objects.filter(forming=OuterRef("pk")).order_by().values("forming").annotate(n=Count("pk"))
    return formings_of(community).annotate(
        people_count=Coalesce(Subquery(people.values("n")), 0, output_field=IntegerField()),
        group_count=Coalesce(Subquery(groups.values("n")), 0, output_field=IntegerField()),
    )


def forming_with_home(forming_id: int) -> Forming | None:
    return Forming.objects.select_related("community", "meeting").filter(pk=forming_id).first()


def forming_for(meeting: Meeting, ref: str) -> Forming | None:
    """The division that a format asked for at this meeting."""
    return Forming.objects.select_related("community", "meeting").filter(meeting=meeting, ref=ref).first()


def forming_in(community: Community, ref: str) -> Forming | None:
    """The division without a meeting that a format asked for and made no groups of yet, the newest."""
    waiting = formings_of(community).filter(meeting=None, ref=ref).exclude(state=FormingState.USED)
    return waiting.select_related("community").first()


def candidates_of(forming: Forming) -> QuerySet[Candidate]:
    """Those who are still of the programme, and guests; absent ones too."""
    known = people_to_form_with(forming.community)
    belonging = Q(person__isnull=True) | Q(person__in=known.values("pk"))
    found = Candidate.objects.filter(belonging, forming=forming).select_related("person__policy_field")
    return found.order_by(F("person__name_key").asc(nulls_last=True), "guest_name", "pk")


def candidate_in(forming: Forming, candidate_id: int) -> Candidate | None:
    return candidates_of(forming).filter(pk=candidate_id).first()


def possible_groups_of(forming: Forming) -> QuerySet[PossibleGroup]:
    return PossibleGroup.objects.filter(forming=forming).select_related("theme", "question")


def possible_group_in(forming: Forming, possible_id: int) -> PossibleGroup | None:
    return possible_groups_of(forming).filter(pk=possible_id).first()


def pairs_of(forming: Forming) -> QuerySet[CandidatePair]:
    return CandidatePair.objects.filter(forming=forming)


def pair_or_404(forming: Forming, pair_id: int) -> CandidatePair:
    """Raises Http404."""
    pair: CandidatePair = get_object_or_404(pairs_of(forming), pk=pair_id)
    pair.forming = forming
    return pair


def people_by(
    community: Community, *, levels: Iterable[str], meeting: Meeting | None, only_present: bool
) -> QuerySet[Person]:
    """People of the programme with one of these levels; of a meeting those who were there, or who are expected."""
    people = people_to_form_with(community).filter(
        memberships__community=community.root_pk, memberships__until_on__isnull=True,
        memberships__level__in=list(levels),
    )  # fmt: skip
    if meeting is not None:
        there = [Presence.PRESENT, Presence.PARTLY] if only_present else [*Presence]
        there = [presence for presence in there if presence != Presence.ABSENT]
        people = people.filter(attendances__meeting=meeting, attendances__presence__in=there)
    return people.distinct().order_by("name_key", "pk")


@dataclass(frozen=True)
class Traits:
    """What the product knows of a person, by id, with the words for those ids."""

    values: dict[int, dict[str, str]]
    """Person, attribute, value."""
    words: dict[tuple[str, str], str]
    """The name of a value of an attribute."""

    def of(self, person_id: int | None) -> dict[str, str]:
        return self.values.get(person_id, {}) if person_id is not None else {}

    def word(self, attribute: str, value: str) -> str:
        return self.words.get((attribute, value), "")


@dataclass
class Ground:
    """A division with all that goes into it, read once."""

    forming: Forming
    candidates: list[Candidate]
    possible: list[PossibleGroup]
    pairs: list[CandidatePair]
    traits: Traits
    met: dict[int, frozenset[int]] = field(default_factory=dict)
    """Person to the earlier groups of the programme that they were in."""

    @property
    def present(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if not candidate.is_absent]

    def candidate(self, key: str) -> Candidate | None:
        return next((candidate for candidate in self.candidates if str(candidate.pk) == key), None)

    def group(self, key: str) -> PossibleGroup | None:
        return next((group for group in self.possible if str(group.pk) == key), None)

    def places(self) -> dict[str, str]:
        """Where everybody who is there sits now, in groups that exist."""
        groups = {group.pk for group in self.possible}
        return {
            str(candidate.pk): str(place)
            for candidate in self.present
            if (place := self.forming.place_of(candidate.pk)) in groups
        }


def ground_of(forming: Forming) -> Ground:
    """Everything of a division, in six queries however many people."""
    candidates = list(candidates_of(forming))
    people = [candidate.person_id for candidate in candidates if candidate.person_id is not None]
    return Ground(
        forming=forming,
        candidates=candidates,
        possible=list(possible_groups_of(forming)),
        pairs=list(pairs_of(forming)),
        traits=traits_of(forming.community, candidates),
        met=earlier_groups(forming, people) if forming.weights.get("met") else {},
    )


def traits_of(community: Community, candidates: Iterable[Candidate]) -> Traits:
    people = {each.person_id: each.person for each in candidates if each.person_id is not None and each.person}
    values: dict[int, dict[str, str]] = {}
    words: dict[tuple[str, str], str] = {("level", level.value): str(level.label) for level in Level}
    for person_id, person in people.items():
        values[person_id] = {}
        if person.policy_field is not None:
            _put(values, words, person_id, "policy_field", person.policy_field_id, person.policy_field.name)
    for row in _memberships(community, people):
        person_id, level, unit_id, unit, organisation_id, organisation = row
        _put(values, words, person_id, "level", level, words.get(("level", level), level))
        _put(values, words, person_id, "unit", unit_id, unit)
        _put(values, words, person_id, "organisation", organisation_id, organisation)
    for person_id, role_id, name in _roles_taken(community, people):
        _put(values, words, person_id, "role", role_id, name)
    return Traits(values, words)


def _put(
    values: dict[int, dict[str, str]], words: dict[tuple[str, str], str], person_id: int, name: str, value: object,
    word: str | None,
) -> None:  # fmt: skip
    if value is not None:
        values[person_id][name] = str(value)
        words[name, str(value)] = word or str(value)


def _memberships(
    community: Community, people: Iterable[int]
) -> QuerySet[Membership, tuple[int, str, int, str, int, str]]:
    now = FilteredRelation("placements", condition=Q(placements__until_on__isnull=True))
    rows = Membership.objects.filter(CURRENT, community=community.root_pk, person__in=list(people))
    return rows.annotate(now=now).values_list(
        "person_id", "level", "now__unit_id", "now__unit__name", "now__organisation_id", "now__organisation__name"
    )


def _roles_taken(community: Community, people: Iterable[int]) -> QuerySet[RoleTaken, tuple[int, int, str]]:
    """The transition roles that people took up in this programme, the last one last."""
    taken = RoleTaken.objects.filter(case__group__community=community.root_pk, person__in=list(people))
    return taken.order_by("since_on", "pk").values_list("person_id", "role_id", "role__name")


def earlier_groups(forming: Forming, people: Iterable[int]) -> dict[int, frozenset[int]]:
    """In which groups of the programme these people were or are, of whatever kind, without those of this division."""
    own = PossibleGroup.objects.filter(forming=forming, group__isnull=False).values("group__circle")
    circles = Q(community__root=forming.community_id, community__kind=CommunityKind.GROUP)
    rows = Membership.objects.filter(circles, person__in=list(people)).exclude(community__in=own)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, circle_id in rows.exclude(level=Level.EXTERNAL).values_list("person_id", "community_id"):
        found[person_id].add(circle_id)
    return {person_id: frozenset(circles) for person_id, circles in found.items()}


def own_place(person: Person, group: LearningGroup) -> Candidate | None:
    """The row by which this person came into this group by a division; nobody else's."""
    possible = PossibleGroup.objects.filter(group=group).select_related("forming__community").first()
    if possible is None:
        return None
    candidate = Candidate.objects.filter(forming=possible.forming_id, person=person).first()
    if candidate is None or possible.forming.place_of(candidate.pk) != possible.pk:
        return None
    candidate.forming = possible.forming
    return candidate
