"""Facts: what happened, written in the action's own transaction and told after commit."""

from leerkring.platform.facts.record import Fact, beside, record, subscribe

__all__ = ["Fact", "beside", "record", "subscribe"]
