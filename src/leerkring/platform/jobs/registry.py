"""Which jobs there are: functions under a name that stays, also when the function moves to another file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

ATTEMPTS = 12
"""With the waits between them some seventeen hours."""


class TryLater(Exception):
    """A job stopped by something that passes, such as a mail server that is away. It is tried again after a while."""

    def __init__(self, reason: str = "TryLater") -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Task:
    name: str
    function: Callable[..., Any]
    attempts: int
    given_up: Callable[..., Any] | None


tasks: dict[str, Task] = {}
recurring: dict[str, timedelta] = {}
idle_hooks: list[Callable[[], None]] = []


def job(
    name: str, *, attempts: int = ATTEMPTS, given_up: Callable[..., Any] | None = None
) -> Callable[[Function], Function]:
    """Register a function with keyword arguments of JSON kind. `given_up` gets them after the last attempt."""

    def add(function: Function) -> Function:
        known = tasks.get(name)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"Two jobs are named {name}")
        tasks[name] = Task(name, function, attempts, given_up)
        return function

    return add


def every(*, minutes: int, name: str, attempts: int = 3) -> Callable[[Function], Function]:
    """Register a function without arguments that is run again and again; what was missed is made up for once."""

    def add(function: Function) -> Function:
        recurring[name] = timedelta(minutes=minutes)
        return job(name, attempts=attempts)(function)

    return add


def when_idle(function: Callable[[], None]) -> Callable[[], None]:
    """Call this when a worker has nothing more to do: the place to close what jobs kept open."""
    idle_hooks.append(function)
    return function
