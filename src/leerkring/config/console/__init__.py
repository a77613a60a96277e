"""The console command. `parser.py` describes the command line; each command is a module here with `run(options)`."""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

import django
from django.db import DatabaseError
from django.utils import translation

from leerkring.config.console.output import Stop, say
from leerkring.config.console.parser import make_parser
from leerkring.config.environment import SettingsRefused
from leerkring.platform.rules import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when done, 1 with a sentence on standard error when not."""
    options = make_parser().parse_args(arguments)
    try:
        _set_up(options)
        command = importlib.import_module(f"leerkring.config.console.{options.command}")
        return command.run(options) or 0
    except (Stop, SettingsRefused, Refused) as stop:
        say(str(stop))
    except DatabaseError as error:
        say(f"The database does not answer as it should: {_first_line(error)}.")
        say("Check LEERKRING_DATABASE_URL and the data directory.")
    except BrokenPipeError:
        # Whoever read our output has stopped; say nothing more to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        say("Stopped.")
    except Exception as error:
        if os.environ.get("LEERKRING_DEBUG"):
            raise
        say(f"Something went wrong in Leerkring itself: {type(error).__name__}: {_first_line(error)}.")
        say("Please report it; with LEERKRING_DEBUG=true this command tells where it happened.")
    return 1


def _set_up(options: Namespace) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "leerkring.config.settings"
    if options.command == "demo":
        os.environ.setdefault("LEERKRING_DATA", "var/demo")
        os.environ["LEERKRING_DEMO"] = "true"
        os.environ["LEERKRING_BASE_URL"] = f"http://127.0.0.1:{options.port}"
    if options.data:
        os.environ["LEERKRING_DATA"] = options.data
    django.setup()
    translation.activate("en")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".")
