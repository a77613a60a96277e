from dataclasses import dataclass

from leerkring.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MessageSent(Fact):
    """Somebody wrote to the team; visitors have no `by_id`."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageHandled(Fact):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessagePutBack(Fact):
    message_id: int
