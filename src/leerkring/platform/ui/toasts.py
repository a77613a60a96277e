"""Short messages after an act, with the way back: undo instead of "are you sure"."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

UNDO = "undo:"
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Toast:
    text: str
    kind: str = ""
    undo: str = ""
    undo_label: str = ""


def say(request: HttpRequest, text: str | Promise, undo: str = "", undo_label: str | Promise = "") -> None:
    """Tell what was done; `undo` is the address that the "Put back" button posts to."""
    tags = f"{UNDO}{undo}{SEPARATOR}{undo_label or _('Put back')}" if undo else ""
    messages.success(request, str(text), extra_tags=tags)


def warn(request: HttpRequest, text: str | Promise) -> None:
    """Tell what deserves a look."""
    messages.warning(request, str(text))


def refuse(request: HttpRequest, text: str | Promise) -> None:
    """Tell that a rule said no and what to do next (`Refused.message`)."""
    messages.error(request, str(text))


def toasts_of(request: HttpRequest) -> Iterator[Toast]:
    """The messages that wait for this visitor; they are gone after this page."""
    kinds = {messages.WARNING: "warn", messages.ERROR: "stuck"}
    for message in messages.get_messages(request):
        kind = kinds.get(message.level, "")
        if message.extra_tags.startswith(UNDO):
            undo, _sep, label = message.extra_tags.removeprefix(UNDO).partition(SEPARATOR)
            yield Toast(str(message.message), kind, undo, label)
        else:
            yield Toast(str(message.message), kind)
