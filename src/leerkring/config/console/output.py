"""What commands say: results on standard output, everything else on standard error."""

import json
import sys
from typing import Any


class Stop(Exception):
    """Ends a command with exit code 1; the message is a sentence that says what to do."""


def say(sentence: str) -> None:
    """Tell the person at the keyboard how it goes."""
    print(sentence, file=sys.stderr, flush=True)


def result(value: Any) -> None:
    """Give the result as one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def text(lines: str) -> None:
    """Give the result as text for people."""
    print(lines, flush=True)
