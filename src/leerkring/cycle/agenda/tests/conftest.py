from collections.abc import Callable

import pytest

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions, queries
from leerkring.cycle.agenda.models import Agenda, AgendaVersion
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

Place = Callable[..., LearningQuestion]
SetVersion = Callable[..., AgendaVersion]


@pytest.fixture
def place(cast: Cast) -> Place:
    """Raise a question and put it on the draft."""

    def placed(text: str = "Hoe doen we dat?", label: Label = Label.PROGRAMME) -> LearningQuestion:
        own = cast.own
        question = questions.raise_question(community=own.community, wording=text, by=own.member, label=label)
        return actions.place_question(question=question, by=own.keeper)

    return placed


@pytest.fixture
def agenda(cast: Cast) -> Callable[[], Agenda]:
    def living() -> Agenda:
        found = queries.agenda_of(cast.own.community)
        assert found is not None
        return found

    return living


@pytest.fixture
def set_version(cast: Cast, agenda: Callable[[], Agenda]) -> SetVersion:
    """Set the next version by a decision, as the keeper, from what stands there now."""

    def set_now(by: Person | None = None, **more: object) -> AgendaVersion:
        values = {"decision": "Besluit van de kerngroep", "revision": agenda().revision} | more
        return actions.set_version(community=cast.own.community, by=by or cast.own.keeper, **values)  # type: ignore[arg-type]

    return set_now


@pytest.fixture
def facts() -> Callable[[], list[str]]:
    return lambda: list(FactRow.objects.order_by("id").values_list("name", flat=True))
