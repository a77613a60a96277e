"""Groups as lists show them: what they are on, who is in them, and how quiet they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups import queries
from leerkring.cycle.groups.access import may_see_people
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock

FEW = 5


@dataclass(frozen=True)
class GroupRow:
    """One group in a list, for one reader."""

    group: LearningGroup
    questions: Sequence[LearningQuestion]
    contact: Person | None
    """Only the name."""
    people: str
    guide: Person | Organisation | None
    is_quiet: bool
    quiet_since: date | None
    is_mine: bool

    @property
    def first_question(self) -> LearningQuestion | None:
        return self.questions[0] if self.questions else None

    @property
    def more_count(self) -> int:
        return max(len(self.questions) - 1, 0)


@dataclass(frozen=True)
class ThemeRows:
    """The groups of one theme; None for groups without a theme."""

    theme: Theme | None
    rows: list[GroupRow]


def people_words(count: int, *, exact: bool) -> str:
    """How many people; for who does not belong here, small numbers stay vague (rule 7)."""
    if not exact and count < FEW:
        return _("fewer than five people")
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def rows_of(person: Person | None, groups: Iterable[LearningGroup]) -> list[GroupRow]:
    """Give it groups with `queries.groups_with_facts`: it asks the database nothing more."""
    return [_row(person, group) for group in groups]


def _row(person: Person | None, group: Any) -> GroupRow:
    sees_people = may_see_people(person, group)
    met_on = localdate(group.met_at) if group.met_at else None
    signs = [localdate(moment) for moment in (group.met_at, group.moved_at) if moment]
    is_quiet = group.is_quiet(last_on=max(signs, default=None), meets_again=group.meets_again, today=clock.today())
    return GroupRow(
        group=group,
        questions=getattr(group, "seen_questions", ()),
        contact=Person(**group.contact_name) if group.contact_name and sees_people else None,
        people=people_words(group.people_count, exact=sees_people),
        guide=(group.guide if sees_people else None) or group.guide_organisation,
        is_quiet=is_quiet,
        quiet_since=met_on if is_quiet and group.met_at == group.seen_met_at else None,
        is_mine=group.circle_id in standing_of(person).communities,
    )


def by_theme(rows: Iterable[GroupRow]) -> list[ThemeRows]:
    """In the order of the themes, groups without a theme last."""
    found: dict[int | None, ThemeRows] = {}
    for row in rows:
        found.setdefault(row.group.theme_id, ThemeRows(row.group.theme, [])).rows.append(row)
    last = float("inf")
    return sorted(found.values(), key=lambda part: part.theme.position if part.theme else last)


@dataclass(frozen=True)
class Overview:
    """All groups of a programme that a person can see, in parts."""

    themes: list[ThemeRows]
    proposed: list[GroupRow]
    ended: list[GroupRow]

    @property
    def living(self) -> list[GroupRow]:
        return [row for part in self.themes for row in part.rows]

    @property
    def quiet_count(self) -> int:
        return sum(row.is_quiet for row in self.living)


def overview_of(person: Person | None, groups: Iterable[LearningGroup]) -> Overview:
    rows = rows_of(person, groups)
    living = [row for row in rows if row.group.is_living and row.group.state != GroupState.PROPOSED]
    return Overview(
        themes=by_theme(living),
        proposed=[row for row in rows if row.group.state == GroupState.PROPOSED],
        ended=[row for row in rows if not row.group.is_living],
    )


def strip_of(person: Person | None, question: LearningQuestion) -> list[GroupRow]:
    """The groups on a question, those at work first."""
    groups = queries.groups_with_facts(person, queries.groups_on(question, person))
    return sorted(rows_of(person, groups), key=lambda row: (not row.group.is_living, row.group.name))
