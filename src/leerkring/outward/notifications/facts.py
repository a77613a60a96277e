from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonNotified(Fact):
    person_id: int
    notice_id: int


@dataclass(frozen=True, kw_only=True)
class MailChosen(Fact):
    """A person said which letters they want."""

    person_id: int
    muted_count: int
