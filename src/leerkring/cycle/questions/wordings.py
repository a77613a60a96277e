"""How a question was said, one wording after the other, with the words that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from leerkring.community.meetings.models import Meeting
from leerkring.cycle.questions.models import Wording


@dataclass(frozen=True)
class Said:
    """One wording; `meeting` is None when the reader may not know of it."""

    wording: Wording
    pieces: list[tuple[str, bool]]
    meeting: Meeting | None


def said_in_turn(wordings: Iterable[Wording], may_read: Callable[[Meeting], bool]) -> list[Said]:
    """The last wording first, each with what differs from the one before it."""
    said: list[Said] = []
    before = ""
    for wording in wordings:
        pieces = marked_words(before, wording.text) if before else [(wording.text, False)]
        meeting = wording.meeting if wording.meeting and may_read(wording.meeting) else None
        said.append(Said(wording, pieces, meeting))
        before = wording.text
    return said[::-1]


def marked_words(old: str, new: str) -> list[tuple[str, bool]]:
    """The new wording in pieces, each with whether it was said otherwise before.

    Capitals and the marks after a word do not count; one lonely word that stayed joins its changed neighbours.
    """
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(a=[_bare(word) for word in before], b=[_bare(word) for word in after], autojunk=False)
    changed = [True] * len(after)
    for block in matcher.get_matching_blocks():
        for index in range(block.b, block.b + block.size):
            changed[index] = False
    for index in range(1, len(after) - 1):
        if changed[index - 1] and changed[index + 1]:
            changed[index] = True
    pairs = groupby(zip(after, changed, strict=True), key=lambda pair: pair[1])
    return [(" ".join(word for word, _changed in words), is_new) for is_new, words in pairs]


def _bare(word: str) -> str:
    return word.casefold().strip(".,?!:;()\"'")
