"""What participants think of initiatives, taken together: from a few judgements on, so that nobody's stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from leerkring.cycle.questions.enums import Size
from leerkring.cycle.uptake.models import InitiativeJudgement

FEWEST = 3
ORDER = [Size.SMALL, Size.MEDIUM, Size.LARGE]


@dataclass(frozen=True)
class Judged:
    """How many judged, and where they place it together; empty below a few."""

    count: int
    effort: Size | None = None
    impact: Size | None = None
    spread: tuple[tuple[Size, Size, int], ...] = ()
    """Effort, impact and how many say so."""

    @property
    def is_shown(self) -> bool:
        return self.effort is not None


def judged_together(judgements: Iterable[InitiativeJudgement]) -> defaultdict[int, Judged]:
    """By the id of the initiative."""
    said: defaultdict[int, list[tuple[Size, Size]]] = defaultdict(list)
    for judgement in judgements:
        said[judgement.initiative_id].append((Size(judgement.effort), Size(judgement.impact)))
    found: defaultdict[int, Judged] = defaultdict(lambda: Judged(0))
    for initiative_id, pairs in said.items():
        found[initiative_id] = _together(pairs)
    return found


def _together(pairs: list[tuple[Size, Size]]) -> Judged:
    if len(pairs) < FEWEST:
        return Judged(len(pairs))
    spread = tuple((effort, impact, pairs.count((effort, impact))) for effort, impact in sorted(set(pairs), key=_place))
    return Judged(len(pairs), _middle(effort for effort, _i in pairs), _middle(impact for _e, impact in pairs), spread)


def _place(pair: tuple[Size, Size]) -> tuple[int, int]:
    return ORDER.index(pair[0]), ORDER.index(pair[1])


def _middle(sizes: Iterable[Size]) -> Size:
    """The one in the middle: half of those who judged say it is at most so large, half at least."""
    ordered = sorted(ORDER.index(size) for size in sizes)
    return ORDER[ordered[len(ordered) // 2]]
