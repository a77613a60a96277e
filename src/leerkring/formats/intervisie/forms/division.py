"""A division as typed: for each person the number of a group, 0 for none; and a name for each group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from leerkring.community.people.models import Organisation, Person
from leerkring.formats.intervisie import words
from leerkring.formats.intervisie.dividing import divide, groups_for, warnings_of
from leerkring.formats.intervisie.forming import Formed

MOST_GROUPS = 40


@dataclass(frozen=True)
class Draft:
    number: int
    name: str
    people: list[tuple[Person, Organisation | None]]
    concerns: list[str]
    reasons: list[str]


@dataclass(frozen=True)
class Division:
    drafts: list[Draft]
    left_out: list[tuple[Person, Organisation | None]]
    is_as_formed: bool = False
    """As it stands at the former: what that says about it holds."""

    @property
    def numbers(self) -> list[int]:
        """Groups to choose from: those there are, and one more."""
        return [*(draft.number for draft in self.drafts), len(self.drafts) + 1]

    @property
    def concern_count(self) -> int:
        return sum(len(draft.concerns) for draft in self.drafts)


def size_of(data: QueryDict) -> int:
    asked = data.get("size", "")
    return int(asked) if asked in ("3", "4", "5", "6", "7", "8") else 6


def division_of(
    data: QueryDict,
    people: list[Person],
    organisations: Mapping[int, Organisation],
    begins_at: int,
    formed: Formed | None = None,
) -> Division:
    """What was typed, or else what the former made, or else a plain proposal. Groups that became empty go."""
    homes = homes_of(people, organisations)
    given = {pk: formed.places.get(pk, 0) for pk in homes} if formed and formed.is_formed else {}
    if any(f"p{pk}" in data for pk in homes):
        typed = {pk: _number(data.get(f"p{pk}", "")) for pk in homes}
    elif given:
        typed = given
    else:
        typed = divide(homes, groups_for(len(homes), size_of(data))) if homes else {}
    is_as_formed = bool(given) and typed == given
    used = sorted({number for number in typed.values() if number})
    numbers = {number: index for index, number in enumerate(used, start=1)}
    found = {pk: numbers[number] for pk, number in typed.items() if number}
    concerns = warnings_of(found, homes)
    drafts = []
    for old, number in numbers.items():
        inside = [person for person in people if found.get(person.pk) == number]
        drafts.append(
            Draft(
                number,
                data.get(f"name{old}", "").strip() or _("Intervisie group %(n)d") % {"n": begins_at + number},
                [(person, organisations.get(person.pk)) for person in inside],
                [words.concern(each, inside, dict(organisations)) for each in concerns if each.group == number],
                formed.reasons.get(old, []) if formed and is_as_formed else [],
            )
        )
    left_out = [(person, organisations.get(person.pk)) for person in people if person.pk not in found]
    return Division(drafts, left_out, is_as_formed)


def homes_of(people: list[Person], organisations: Mapping[int, Organisation]) -> dict[int, int | None]:
    return {person.pk: organisations[person.pk].pk if person.pk in organisations else None for person in people}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text[:4]) <= MOST_GROUPS else 0
