from argparse import Namespace

from leerkring.community.memberships.enums import Label
from leerkring.config import readiness
from leerkring.config.backup import one_moment
from leerkring.config.console.output import Stop, result, say, text
from leerkring.outward.dossier import queries
from leerkring.outward.dossier.gathering import gather
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.dossier.writing import check_empty, write_folder


def run(options: Namespace) -> int:
    """The dossier of a programme as a folder: whoever runs the console keeps the installation."""
    readiness.check_database()
    if readiness.waiting_migrations():
        raise Stop("The database is older than this Leerkring. Start it once with leerkring serve, then try again.")
    community = queries.programme_with_slug(options.programme)
    if community is None:
        known = ", ".join(queries.slugs())
        raise Stop(f"There is no programme {options.programme!r}. There is: {known or 'none yet'}.")
    check_empty(options.folder)
    scope = Scope(community, narrowest=Label(options.label))
    say(f"Reading {community.name}.")
    with one_moment():
        gathered = gather(scope)
    say(f"Writing {options.folder}.")
    manifest = write_folder(gathered, options.folder)
    for path in gathered.missing:
        say(f"A file is in the tables but not on the disk any more: {path}.")
    labels = [label.value for label in scope.labels]
    counts = {name: len(rows) for name, rows in gathered.tables.items()}
    if options.json:
        result(
            {
                "programme": community.slug,
                "folder": str(options.folder),
                "labels": labels,
                "as_of": gathered.as_of,
                "files": len(manifest.rows) + 2,
                "bytes": sum(row["bytes"] for row in manifest.rows),
                "missing": gathered.missing,
                "rows": counts,
            }
        )
        return 0
    text(f"{options.folder} holds {len(manifest.rows) + 2} files, {sum(counts.values())} rows.")
    text(
        f"In it is what bears the label {', '.join(labels)}. Not in it: intervisie, commitments, addresses (README.md)."
    )
    return 0
