from argparse import Namespace

from django.utils import translation

from leerkring.community.memberships.enums import Label
from leerkring.config.console.output import Stop, result, say, text
from leerkring.config.console.reading_lists import ignored, look, programme_named, remarks, rows
from leerkring.outward.exchange import actions
from leerkring.outward.exchange.activities_import import ActivitiesPlan
from leerkring.outward.exchange.enums import ImportKind


def run(options: Namespace) -> int:
    with translation.override("en"):
        community = programme_named(options.programme)
        seen = look(options, ImportKind.ACTIVITIES, community)
        plan = seen.activities
        if plan is None:
            raise Stop(f"Sheet {seen.sheet} has no column with activities. Name it Activity and try again.")
        if not options.json:
            text("\n".join(_lines(plan)))
        for name in seen.other_sheets:
            say(f"Sheet {name} was not read. Import it with --sheet {name!r}.")
        if not options.dry_run:
            batch = actions.import_activities(
                community=community,
                plan=plan,
                by=None,
                file_name=options.file.name,
                sheet_name=seen.sheet,
                label=Label(options.label),
            )
            say(f"{batch.made_count} activities came into {community.name}, for: {Label(options.label).label}.")
        else:
            say("Nothing was changed: this was a dry run.")
        if options.json:
            result(plan.as_json())
    return 0


def _lines(plan: ActivitiesPlan) -> list[str]:
    lines = [f"{len(plan.activities)} new activities in the list."]
    if plan.already_there:
        lines.append(f"There already, left as they are: {rows(plan.already_there)}.")
    lines += [f"Row {row} is row {first} again." for row, first in plan.doubles]
    lines += remarks("did not come in", plan.rejected)
    lines += remarks("came in, but", plan.remarks)
    return [*lines, *ignored(plan.columns)]
