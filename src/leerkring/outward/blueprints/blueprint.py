"""How a programme is run, without anybody in it: meetings with their days and run sheets, rules, own methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from leerkring.community.meetings.enums import IntervisieStep, MeetingKind
from leerkring.community.meetings.rhythm.days import Rhythm, rhythm_in_words
from leerkring.community.meetings.workforms.actions import Texts
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.formats.intervisie.enums import Experience, Speaker
from leerkring.platform.ui import pictures

SATURDAY = 5


@dataclass(frozen=True)
class Part:
    """A part of a run sheet: minutes and a name, or in an intervisie a step of a method (rule 6)."""

    minutes: int
    title: str = ""
    step: str = ""
    note: str = ""
    facilitator_note: str = ""
    workform: str = ""
    """The working form that it follows: a word of the library, or the key of one in this blueprint."""

    @property
    def words(self) -> str:
        return str(IntervisieStep(self.step).label) if self.step else self.title


@dataclass(frozen=True)
class Moment:
    """A meeting without a date: so many days after the first one, at this clock time."""

    kind: MeetingKind
    title: str
    day: int
    begins: time
    minutes: int
    purpose: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def band(self) -> list[pictures.Part]:
        """For the picture."""
        return [pictures.Part(part.words, part.minutes) for part in self.parts]

    @property
    def parts_minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True)
class MethodStep:
    name: str
    minutes: int
    speaker: Speaker
    say: str = ""
    not_now: str = ""


@dataclass(frozen=True)
class Method:
    """An intervisie method of a programme's own."""

    name: str
    fits: str
    experience: Experience
    size_min: int
    size_max: int
    steps: tuple[MethodStep, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Workform:
    """A working form of a programme's own. `key` names it inside its blueprint."""

    key: str
    texts: Texts
    is_for_team: bool = False

    @property
    def name(self) -> str:
        return self.texts.name


@dataclass(frozen=True)
class Blueprint:
    name: str
    about: str
    language: str
    kind: ProgrammeKind
    moments: tuple[Moment, ...]
    fully_from: int
    places: int | None = None
    methods: tuple[Method, ...] = ()
    workforms: tuple[Workform, ...] = ()
    mails: Rhythm | None = None
    """The letters that go out around each meeting, with their days; None where nothing is said about them."""
    invitation_nl: str = ""
    invitation_en: str = ""

    @property
    def days(self) -> int:
        return max((moment.day for moment in self.moments), default=0)

    @property
    def makes_edition(self) -> bool:
        """A learning community plans its meetings only; a learning programme has an edition around them."""
        return self.kind == ProgrammeKind.LEERPROGRAMMA

    @property
    def mails_in_words(self) -> list[str]:
        return rhythm_in_words(self.mails or {})

    def dates_from(self, first: date) -> Iterator[date]:
        """A proposal for each meeting: as many days later, and never in a weekend."""
        for moment in self.moments:
            yield working_day(first + timedelta(days=moment.day))

    def form_of(self, part: Part) -> str:
        """The name of the working form that a part follows; empty where it follows none."""
        if part.workform in CARDS:
            return str(CARDS[part.workform].name)
        return next((form.texts.name for form in self.workforms if form.key == part.workform), "")

    @property
    def texts(self) -> Iterator[str]:
        """Every word that people typed, for whoever hands it on to read once more."""
        yield from (self.name, self.about, self.invitation_nl, self.invitation_en)
        for moment in self.moments:
            yield from (moment.title, moment.purpose)
            for part in moment.parts:
                yield from (part.title, part.note, part.facilitator_note)
        for method in self.methods:
            yield from (method.name, method.fits)
            for step in method.steps:
                yield from (step.name, step.say, step.not_now)
        for form in self.workforms:
            it = form.texts
            yield from (it.name, it.purpose, it.steps, it.materials, it.fits, it.fits_not, it.watch)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
