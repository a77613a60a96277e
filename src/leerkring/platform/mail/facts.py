from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LetterRefused(Fact):
    """The mail server will never take this letter, or sent it back later: mostly an address that does not exist."""

    letter_id: int


@dataclass(frozen=True, kw_only=True)
class LetterGivenUp(Fact):
    """The mail server could not be reached, or put it off, for most of a day; or one further on, for days."""

    letter_id: int


@dataclass(frozen=True, kw_only=True)
class LetterPutOff(Fact):
    """A mail server that had taken it says that it takes longer."""

    letter_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class LetterSentAgain(Fact):
    """The operator had a letter that was refused or given up handed over once more."""

    letter_id: int
