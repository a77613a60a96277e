"""Which date fits best: most yes, then most if need be, then the widest spread of organisations, then the first one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leerkring.community.meetings.enums import PollReply
from leerkring.community.meetings.polls.models import PollOption, PollVoice

BEST_COUNT = 3


@dataclass
class Tally:
    """What people said of one date. `out` are those who must be there and cannot, `unsure` those who did not say."""

    option: PollOption
    yes: int = 0
    if_need_be: int = 0
    no: int = 0
    voices_count: int = 0
    organisations: set[str] = field(default_factory=set)
    out: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    rank: int = 0
    is_best: bool = False

    @property
    def can(self) -> int:
        return self.yes + self.if_need_be

    @property
    def silent(self) -> int:
        return self.voices_count - self.can - self.no

    @property
    def order(self) -> tuple[int, int, int, int, float]:
        when = self.option.starts_at.timestamp()
        return (len(self.out), -self.yes, -self.if_need_be, -len(self.organisations), when)

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """Kind, begin and width of each stretch of the bar, of a hundred."""
        found, at, all_of_them = [], 0.0, max(self.voices_count, 1)
        for kind, count in (("yes", self.yes), ("maybe", self.if_need_be), ("no", self.no)):
            width = 100 * count / all_of_them
            if count:
                found.append((kind, round(at, 2), round(width, 2)))
            at += width
        return found


def tallies_of(
    options: Iterable[PollOption], voices: Iterable[PollVoice], answers: Mapping[tuple[int, int], str]
) -> list[Tally]:
    """One per date, in the order of the calendar; `answers` by voice and date. A date without a yes is never best."""
    counted = [voice for voice in voices if voice.answered_at is not None or voice.is_needed]
    tallies = [_tally(option, counted, answers) for option in options]
    for rank, tally in enumerate(sorted(tallies, key=lambda tally: tally.order), start=1):
        tally.rank = rank
    best = min((tally for tally in tallies if tally.can), key=lambda tally: tally.rank, default=None)
    if best is not None:
        best.is_best = True
    return tallies


def best_of(tallies: Iterable[Tally]) -> list[Tally]:
    """The few that one chooses from, the best one first."""
    return sorted((tally for tally in tallies if tally.can), key=lambda tally: tally.rank)[:BEST_COUNT]


def _tally(option: PollOption, voices: list[PollVoice], answers: Mapping[tuple[int, int], str]) -> Tally:
    tally = Tally(option, voices_count=len(voices))
    for voice in voices:
        said = answers.get((voice.pk, option.pk), "")
        match said:
            case PollReply.YES:
                tally.yes += 1
            case PollReply.IF_NEED_BE:
                tally.if_need_be += 1
            case PollReply.NO:
                tally.no += 1
        if said in (PollReply.YES, PollReply.IF_NEED_BE) and voice.works_at:
            tally.organisations.add(voice.works_at)
        if voice.is_needed and said == PollReply.NO:
            tally.out.append(voice.called)
        if voice.is_needed and not said:
            tally.unsure.append(voice.called)
    return tally
