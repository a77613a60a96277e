"""What an action says when a rule of the domain does not allow it."""

from dataclasses import dataclass
from datetime import datetime


class Refused(Exception):  # noqa: N818 - reads as what happened
    """A rule says no. The message is a sentence in the reader's language that tells what to do next."""

    @property
    def message(self) -> str:
        return str(self.args[0])


@dataclass
class EditedMeanwhile(Refused):
    """Somebody else changed the same text since this person opened it. Carries both texts, so nothing is lost."""

    theirs: str
    mine: str
    by_name: str
    at: datetime
    revision: int

    def __post_init__(self) -> None:
        super().__init__(self.theirs)
