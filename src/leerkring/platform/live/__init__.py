"""Live screens. Apps register with `live.topic(...)` and `live.ends_access(...)`; README.md tells how."""

from leerkring.platform.live.hub import Change
from leerkring.platform.live.tickets import holder
from leerkring.platform.live.topics import Grant, Snapshot, ends_access, topic

__all__ = ["Change", "Grant", "Snapshot", "ends_access", "holder", "topic"]
