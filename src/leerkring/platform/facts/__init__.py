"""Facts: what happened, written in the action's own transaction and told after commit."""

from leerkring.platform.facts.record import Fact, record, subscribe

__all__ = ["Fact", "record", "subscribe"]
