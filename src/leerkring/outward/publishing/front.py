"""What a public page shows, gathered: only what anybody may read, whoever looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.models import Community
from leerkring.cycle.agenda.models import AgendaEntry, AgendaVersion
from leerkring.cycle.questions.enums import OPEN_STATES
from leerkring.cycle.uptake.models import Change
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.direction.strategy.models import Goal, GoalValue
from leerkring.direction.strategy.queries import latest_value
from leerkring.outward.publishing import queries
from leerkring.overview.figures.counting import Hidden
from leerkring.overview.figures.definitions import DEFINITIONS
from leerkring.overview.figures.queries import Figures, figures_of
from leerkring.platform.facts.kept import kept

MEETINGS, QUESTIONS, CHANGES, FIGURES = 4, 6, 3, 4
OF_COMMUNITY = ("members_now", "groups_now", "questions", "norms", "insights", "units", "meetings", "activities")
OF_PROGRAMME = ("participants", "organisations", "meetings", "questions", "insights", "norms", "initiatives")


@dataclass(frozen=True)
class Figure:
    """One number with its name, and the sentence that says what it counts."""

    name: str | Promise
    sentence: str | Promise
    number: int = 0
    words: str | Promise = ""
    """In the place of a number that gives too much away."""

    @property
    def is_worth_showing(self) -> bool:
        return bool(self.number or self.words)


@dataclass(frozen=True)
class Front:
    """Everything on the public page of a programme."""

    programme: Programme
    community: Community
    editions: list[Edition]
    """Those that anybody may register for."""
    meetings: list[Meeting]
    version: AgendaVersion | None
    questions: list[AgendaEntry]
    questions_count: int
    changes: list[Change]
    goals: list[Goal]
    figures: list[Figure]
    all_figures: list[Figure]

    @property
    def next_meeting(self) -> Meeting | None:
        return self.meetings[0] if self.meetings else None

    @property
    def description(self) -> str:
        """For search engines and previews."""
        return Truncator(" ".join(self.programme.purpose.split())).chars(155)

    @property
    def lead(self) -> str:
        """The first paragraph of the purpose; the rest stands further down."""
        return _paragraphs(self.programme.purpose)[0] if _paragraphs(self.programme.purpose) else ""

    @property
    def more_purpose(self) -> list[str]:
        return _paragraphs(self.programme.purpose)[1:]

    @property
    def long_term_goals(self) -> list[str]:
        return _paragraphs(self.programme.long_term_goals)

    @property
    def publications(self) -> list[str]:
        return [
            line.lstrip("-*• ").strip() for line in self.programme.publications_to_come.splitlines() if line.strip()
        ]

    @property
    def goals_with_values(self) -> list[tuple[Goal, GoalValue | None]]:
        return [(goal, latest_value(goal)) for goal in self.goals]

    @property
    def is_community(self) -> bool:
        return self.programme.kind == ProgrammeKind.LEERGEMEENSCHAP


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]


def front_of(community: Community) -> Front:
    """The public page of this programme: the same for everybody until something happens. Do not change it."""
    name = f"publishing.front.{get_language()}"
    return kept(name, community.pk, community.newest_fact, lambda: _read_front(community))


def _read_front(community: Community) -> Front:
    programme = programmes.programme_of(community)
    version = queries.version_in_force(community)
    entries = list(queries.questions_of(version)) if version else []
    figures = list(_figures(figures_of(community)))
    wanted = OF_COMMUNITY if programme.kind == ProgrammeKind.LEERGEMEENSCHAP else OF_PROGRAMME
    by_key = dict(figures)
    shown = [by_key[key] for key in wanted if key in by_key and by_key[key].is_worth_showing]
    return Front(
        programme=programme,
        community=community,
        editions=list(programmes.editions_to_register_for(community)),
        meetings=list(queries.next_meetings(community)[:MEETINGS]),
        version=version,
        questions=entries[:QUESTIONS],
        questions_count=len(entries),
        changes=list(queries.changes_that_landed(community)[:CHANGES]),
        goals=list(queries.goals_of(community)),
        figures=shown[:FIGURES],
        all_figures=[figure for _key, figure in figures if figure.is_worth_showing],
    )


def _figures(figures: Figures) -> Iterator[tuple[str, Figure]]:
    """Every figure that is one number, in the order of its definitions."""
    numbers = {
        "meetings": sum(figures.meetings.values()),
        "questions": sum(figures.questions.get(state, 0) for state in OPEN_STATES),
    }
    for key, definition in DEFINITIONS.items():
        name, sentence = _own_words(key, figures) or (definition.name, definition.sentence)
        value = numbers.get(key, getattr(figures, key))
        if isinstance(value, Hidden):
            yield key, Figure(name, sentence, words=value.label)
        elif isinstance(value, int):
            yield key, Figure(name, sentence, number=value)


def _own_words(key: str, figures: Figures) -> tuple[str, str] | None:
    """Shorter names for who comes by, and where it began."""
    sentence = str(DEFINITIONS[key].sentence)
    match key:
        case "members_now":
            began = figures.members_at_start
            since = _("At the start there were %(count)d.") % {"count": began} if isinstance(began, int) else ""
            return _("People"), f"{sentence} {since}".strip()
        case "groups_now":
            return _("Learning groups"), sentence
        case "norms":
            return _("Changed in the work"), sentence
        case "questions":
            return _("Open learning questions"), _("Questions that people are working on: not answered, not let go.")
    return None
