"""The whole command line in one place, readable without a database or a data directory."""

from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

import leerkring

DATA_HELP = "data directory of the installation (default: LEERKRING_DATA, else var/data)"


def make_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="leerkring", description=leerkring.__doc__)
    parser.add_argument("--version", action="version", version=f"leerkring {leerkring.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _serving(commands)
    _imports(commands)
    _forming(commands)
    _reports(commands)
    _keeping(commands)
    return parser


def _command(commands: "_SubParsersAction[ArgumentParser]", name: str, module: str, help_text: str) -> ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(command=module)
    parser.add_argument("--data", metavar="DIR", help=DATA_HELP)
    return parser


def _serving(commands: "_SubParsersAction[ArgumentParser]") -> None:
    serve = _command(commands, "serve", "serve", "Serve the site: one process, one port.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)")

    web = _command(
        commands, "web", "web", "Serve pages alone, in several processes; live screens are for leerkring live."
    )
    web.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    web.add_argument("--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)")
    web.add_argument("--processes", type=int, default=2, help="processes to serve with (default: %(default)s)")

    live = _command(commands, "live", "live", "Serve live screens alone: what a proxy leads /live/ to.")
    live.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    live.add_argument("--port", type=port_number, default=8001, help="port to listen on (default: %(default)s)")

    worker = _command(
        commands, "worker", "worker", "Do jobs alone, such as mail; beside leerkring web, which does none."
    )
    worker.add_argument("--once", action="store_true", help="do what is due now and stop")

    demo = _command(commands, "demo", "demo", "Serve both sample cases, with a sign-in link for each of the cast.")
    demo.add_argument("--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)")
    demo.add_argument("--load-only", action="store_true", help="load the sample cases and stop")

    check = _command(commands, "check", "check", "Say whether this installation can run.")
    check.add_argument("--json", action="store_true", help="give the result as JSON")
    check.add_argument("--mail", metavar="ADDRESS", help="send a trial letter there, and say what happened")


def _imports(commands: "_SubParsersAction[ArgumentParser]") -> None:
    group = commands.add_parser("import", help="Import people or activities from a spreadsheet.")
    kinds = group.add_subparsers(title="what to import", metavar="WHAT", required=True)

    people = _command(kinds, "people", "import_people", "Import people into a programme from .xlsx or .csv.")
    people.add_argument("file", metavar="FILE", type=Path)
    people.add_argument("--programme", metavar="SLUG", required=True, help="programme that the people join")
    people.add_argument("--sheet", metavar="NAME", default="", help="sheet to read (default: the first with a list)")
    people.add_argument("--dry-run", action="store_true", help="report what would happen and change nothing")
    people.add_argument("--json", action="store_true", help="give the report as JSON")

    activities = _command(kinds, "activities", "import_activities", "Import activities under the goals of a programme.")
    activities.add_argument("file", metavar="FILE", type=Path)
    activities.add_argument("--programme", metavar="SLUG", required=True, help="programme whose goals they serve")
    activities.add_argument(
        "--sheet", metavar="NAME", default="", help="sheet to read (default: the first with a list)"
    )
    activities.add_argument(
        "--label",
        choices=["programme", "organisations", "public"],
        default="programme",
        help="who may see them (default: %(default)s)",
    )
    activities.add_argument("--dry-run", action="store_true", help="report what would happen and change nothing")
    activities.add_argument("--json", action="store_true", help="give the report as JSON")


def _forming(commands: "_SubParsersAction[ArgumentParser]") -> None:
    form = _command(
        commands, "form-groups", "form_groups", "Divide people over groups, with a proven bound and reasons."
    )
    form.add_argument("people", metavar="PEOPLE", type=Path, help="people as .csv or .xlsx")
    form.add_argument("groups", metavar="GROUPS", type=Path, help="groups as .csv or .xlsx")
    form.add_argument("--objective", metavar="FILE", type=Path, help="weights as .json (default: the usual weights)")
    form.add_argument("--seed", type=whole_number, default=1, help="same input, seed and seconds: same groups")
    form.add_argument("--seconds", type=some_seconds, default=5.0, help="time to search (default: %(default)s)")
    form.add_argument("--out", metavar="FILE", type=Path, required=True, help="where the groups are written, as .json")
    form.add_argument("--json", action="store_true", help="give the same on standard output")


def _reports(commands: "_SubParsersAction[ArgumentParser]") -> None:
    figures = _command(commands, "figures", "figures", "Give the figures of a programme.")
    figures.add_argument("--programme", metavar="SLUG", required=True)
    figures.add_argument("--json", action="store_true", help="give the figures as JSON")

    permissions = _command(commands, "permissions", "permissions", "List every address by every role.")
    permissions.add_argument("--format", choices=["json", "md"], default="md", help="default: %(default)s")


def _keeping(commands: "_SubParsersAction[ArgumentParser]") -> None:
    jobs = _command(
        commands, "jobs", "jobs", "List the jobs that wait, run or are dead, or have dead ones tried again."
    )
    jobs.add_argument("--state", choices=["waiting", "running", "done", "dead"], default="", help="of this state alone")
    jobs.add_argument("--most", type=whole_number, default=50, metavar="N", help="newest (default: %(default)s)")
    jobs.add_argument("--retry", metavar="ID", help="try this dead job again, or all of them: all")
    jobs.add_argument("--json", action="store_true", help="give the list as JSON")

    mail = _command(commands, "mail", "mail", "List the letters that failed or may have come twice; send one again.")
    mail.add_argument(
        "what",
        nargs="?",
        choices=["bounce"],
        help="bounce: read a letter that came back, from standard input as a mail server gives it to a program",
    )
    mail.add_argument("--folder", metavar="DIR", type=Path, help="with bounce: read what is new in this Maildir")
    mail.add_argument("--most", type=whole_number, default=50, metavar="N", help="newest (default: %(default)s)")
    mail.add_argument("--retry", metavar="ID", help="hand this letter over once more, or all that failed: all")
    mail.add_argument("--json", action="store_true", help="give the list as JSON")

    backup = _command(commands, "backup", "backup", "Write the whole installation to one file, while it is served.")
    backup.add_argument("file", metavar="FILE", type=Path)

    exports = commands.add_parser("export", help="Export the dossier of a programme.")
    things = exports.add_subparsers(title="what to export", metavar="WHAT", required=True)
    dossier = _command(
        things,
        "dossier",
        "export_dossier",
        "Write everything of a programme to a folder that is read without Leerkring.",
    )
    dossier.add_argument("programme", metavar="PROGRAMME", help="slug of the programme")
    dossier.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet, or is empty")
    dossier.add_argument(
        "--label",
        choices=["group", "programme", "organisations", "public"],
        default="group",
        help="leave out what is for a narrower circle than this (default: %(default)s, everything)",
    )
    dossier.add_argument("--json", action="store_true", help="give the result as JSON")

    restore = _command(commands, "restore", "restore", "Restore a backup into an empty data directory or database.")
    restore.add_argument("file", metavar="FILE", type=Path)


def port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError
    return int(text)


port_number.__name__ = "port number"


def whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError
    return int(text)


whole_number.__name__ = "whole number"


def some_seconds(text: str) -> float:
    if not 0.1 <= float(text) <= 3600:
        raise ValueError
    return float(text)


some_seconds.__name__ = "number of seconds from 0.1 to 3600"
