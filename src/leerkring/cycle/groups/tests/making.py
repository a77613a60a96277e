"""Groups, questions and people for the tests of groups."""

from typing import Any

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from tests.cast import ProgrammeCast, join, make_person


def make_theme(own: ProgrammeCast, name: str = "Inkoop", position: int = 1) -> Theme:
    return Theme.objects.create(community=own.community, name=name, position=position)


def make_question(
    own: ProgrammeCast, wording: str = "Hoe krijgen we inkoop aan tafel?", *, code: str | None = None, **values: Any
) -> LearningQuestion:
    values.setdefault("state", QuestionState.ON_AGENDA if code else QuestionState.RAISED)
    return LearningQuestion.objects.create(
        community=own.community, wording=wording, code=code, raised_at=clock.now(), raised_by=own.member, **values
    )


def make_member(own: ProgrammeCast, name: str) -> Person:
    person = make_person(name, (own.community.slug or "").title())
    join(person, own.community, organisation=own.organisation, unit=own.units[0])
    return person


def make_group(
    own: ProgrammeCast,
    name: str = "Buurt als bouwmarkt",
    *,
    people: list[Person] | None = None,
    contact: Person | None = None,
    state: GroupState = GroupState.FORMED,
    label: Label = Label.PROGRAMME,
    **values: Any,
) -> LearningGroup:
    """A group formed by the facilitator, by default with the member as its contact."""
    contact = contact or own.member
    group = actions.form_group(
        community=own.community,
        name=name,
        people=[*(people or []), contact],
        contact=contact,
        label=label,
        by=own.lead,
        **values,
    )
    LearningGroup.objects.filter(pk=group.pk).update(state=state)
    group.refresh_from_db()
    memberships.forget_standings()
    return group


def facts_named(name: str) -> list[FactRow]:
    return list(FactRow.objects.filter(name=name).order_by("pk"))


def only_fact(name: str) -> FactRow:
    """The one fact of this name; fails when there are none or more."""
    (row,) = facts_named(name)
    return row


ODD = ["👩🏽‍🌾 Boerin 🌾", "שלום עולם", "m" * 200, "<script>alert(1)</script>", "'; DROP TABLE groups; --"]
"""Names that people and others may type."""
