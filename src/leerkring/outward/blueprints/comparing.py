"""What of a method is here already: the same, or the same name with other words, shown line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.meetings.workforms.actions import Texts
from leerkring.outward.blueprints.blueprint import Method, Workform
from leerkring.outward.blueprints.enums import Choice

Fields = list[tuple[str | Promise, str]]
"""What one reads, field by field: a name and its text, with a line for each thing in a list."""
LONGEST_NAME = 200


@dataclass(frozen=True)
class Line:
    text: str
    is_only_here: bool


@dataclass(frozen=True)
class Difference:
    """One field that is not the same."""

    name: str | Promise
    ours: tuple[Line, ...]
    theirs: tuple[Line, ...]


@dataclass(frozen=True)
class Compared:
    """A working form or a method of a blueprint, beside what is here of that name or with those words."""

    key: str
    theirs: Any
    ours: Any = None
    """The row that is here, or the card or sheet that comes with the product; None for what is new."""
    differences: tuple[Difference, ...] = ()
    free_name: str = ""
    is_built_in: bool = False
    """Here by the product itself: nobody can change it or put it away."""

    @property
    def name(self) -> str:
        return self.theirs.name

    @property
    def is_new(self) -> bool:
        return self.ours is None

    @property
    def differs(self) -> bool:
        return bool(self.differences)

    @property
    def is_same(self) -> bool:
        return not (self.is_new or self.differs)

    @property
    def name_here(self) -> str:
        """Where the same is known by another name."""
        return "" if self.is_new or str(self.ours.name) == self.name else str(self.ours.name)


@dataclass(frozen=True)
class Chosen:
    choice: Choice = Choice.OURS
    name: str = ""
    """For theirs, where it comes beside ours."""


def compared(
    kind: str,
    theirs: Sequence[Any],
    here: Sequence[tuple[Any, Any]],
    fields: Callable[[Any], Fields],
    built_in: Sequence[tuple[Any, Any]] = (),
) -> list[Compared]:
    """Each of theirs, beside the row of `here` (with what it says) that says the same, or else has the same name.

    What comes with the product is looked at by name alone: a copy under a name of one's own is meant to be one's own.
    """
    said = [(row, fields(what)) for row, what in here]
    by_name = {row.name: (row, words) for row, words in reversed(said)}
    shipped = {what.name: (row, fields(what)) for row, what in built_in}
    names = {*by_name, *shipped}
    found = []
    for number, one in enumerate(theirs, start=1):
        key, words = f"{kind}-{number}", fields(one)
        rows = [by_name[one.name]] if one.name in by_name else []
        same = next((row for row, known in [*rows, *said] if known == words), None)
        if same is not None:
            found.append(Compared(key, one, same))
        elif rows:
            row, known = rows[0]
            found.append(Compared(key, one, row, tuple(_differences(known, words)), free_name(one.name, names)))
        elif one.name in shipped:
            row, known = shipped[one.name]
            found.append(Compared(key, one, row, tuple(_differences(known, words)), free_name(one.name, names), True))
        else:
            found.append(Compared(key, one))
    return found


def free_name(name: str, taken: Iterable[str]) -> str:
    """A name that nothing here has yet."""
    known, number = set(taken), 2
    while (proposed := f"{name[: LONGEST_NAME - 10]} ({number})") in known:
        number += 1
    return proposed


def fields_of_workform(form: Workform) -> Fields:
    it = Texts(**form.texts.values())
    return [
        (gettext_lazy("What it is for"), it.purpose),
        (gettext_lazy("Aim"), str(it.aim.label)),
        (gettext_lazy("Minutes"), _range(it.minutes_min, it.minutes_max, it.minutes)),
        (gettext_lazy("People"), _range(it.size_min, it.size_max)),
        (gettext_lazy("Steps"), it.steps),
        (gettext_lazy("To take along"), it.materials),
        (gettext_lazy("When to use it"), it.fits),
        (gettext_lazy("When not to"), it.fits_not),
        (gettext_lazy("What to watch"), it.watch),
        (gettext_lazy("For whom"), _("for the team") if form.is_for_team else _("for everyone in the programme")),
    ]


def fields_of_method(method: Method) -> Fields:
    steps = []
    for step in method.steps:
        said = _("%(step)s, %(minutes)d min, %(who)s") % {
            "step": step.name, "minutes": step.minutes, "who": step.speaker.label,
        }  # fmt: skip
        steps += [said, *step.say.splitlines(), *step.not_now.splitlines()]
    return [
        (gettext_lazy("When it fits"), method.fits),
        (gettext_lazy("Experience"), str(method.experience.label)),
        (gettext_lazy("People"), _range(method.size_min, method.size_max)),
        (gettext_lazy("Steps"), "\n".join(steps)),
    ]


def _range(least: int, most: int, usual: int | None = None) -> str:
    said = {"least": least, "most": most, "usual": usual}
    if usual is not None:
        return _("%(usual)d, between %(least)d and %(most)d") % said
    return _("%(least)d to %(most)d") % said


def _differences(ours: Fields, theirs: Fields) -> Iterable[Difference]:
    for (name, mine), (_name, other) in zip(ours, theirs, strict=True):
        if mine != other:
            yield Difference(name, _lines(mine, other), _lines(other, mine))


def _lines(text: str, other: str) -> tuple[Line, ...]:
    """Marked is what the other side has not; where the two share nothing, there is nothing to point at."""
    lines, known = text.splitlines(), set(other.splitlines())
    shares_some = not known.isdisjoint(lines)
    return tuple(Line(line, shares_some and line not in known) for line in lines)
