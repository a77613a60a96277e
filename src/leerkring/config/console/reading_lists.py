"""What both imports on the console share: reading the file, and saying what was found in it."""

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from leerkring.community.memberships.models import Community
from leerkring.config import readiness
from leerkring.config.console.output import Stop, say
from leerkring.outward.exchange import queries, sheets
from leerkring.outward.exchange.columns import Columns
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.looking import Choices, Look, look_at
from leerkring.outward.exchange.people_list import Remark

ROWS_IN_WORDS = 30


def programme_named(slug: str) -> Community:
    """The programme of this slug. Raises Stop when the database is not ready or there is none."""
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start it once with leerkring serve, then try again.")
    community = queries.programme_community(slug)
    if community is None:
        raise Stop(
            f"There is no programme {slug}. Look at its address: it is the first word after the name of the site."
        )
    return community


def look(options: Namespace, kind: ImportKind, community: Community) -> Look:
    """Read the file as the options say. Raises Stop and Unreadable."""
    seen = look_at(
        content=read_bytes(options.file),
        file_name=options.file.name,
        kind=kind,
        community=community,
        choices=Choices(sheet=options.sheet),
        by=None,
    )
    say(f"Sheet {seen.sheet} of {options.file.name}, headings in row {seen.columns.heading_row or 'none'}.")
    for column in seen.columns.asked:
        taken = f"taken for: {column.purpose.label}" if column.purpose else "left out, another column came first"
        say(f"Column {column.name}: {taken}. Rename the heading if that is wrong.")
    return seen


def read_bytes(path: Path) -> bytes:
    """The file, unless it is too large: then nothing of it is read. Raises Stop and Unreadable."""
    try:
        sheets.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Stop(f"The file {path} cannot be read: {error.strerror}.") from None


def rows(numbers: Iterable[int]) -> str:
    found = list(numbers)
    words = ", ".join(str(number) for number in found[:ROWS_IN_WORDS])
    more = f" and {len(found) - ROWS_IN_WORDS} more" if len(found) > ROWS_IN_WORDS else ""
    return f"{'row' if len(found) == 1 else 'rows'} {words}{more}"


def remarks(how: str, found: Iterable[Remark]) -> list[str]:
    return [
        f"Row {remark.row} {how}: {remark.cell + ' ' if remark.cell else ''}{remark.text!r}. {remark.trouble.label}"
        if remark.text
        else f"Row {remark.row} {how}: {remark.cell + ': ' if remark.cell else ''}{remark.trouble.label}"
        for remark in found
    ]


def ignored(columns: Columns) -> list[str]:
    return [f"Columns left out, never read: {', '.join(columns.ignored)}."] if columns.ignored else []
