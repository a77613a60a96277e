from argparse import Namespace

from django.utils import translation

from leerkring.config.console.output import Stop, result, say, text
from leerkring.config.console.reading_lists import ignored, look, programme_named, remarks, rows
from leerkring.outward.exchange import actions
from leerkring.outward.exchange.enums import ImportKind, Thing
from leerkring.outward.exchange.people_import import ImportPlan


def run(options: Namespace) -> int:
    with translation.override("en"):
        community = programme_named(options.programme)
        seen = look(options, ImportKind.PEOPLE, community)
        plan = seen.people
        if plan is None:
            raise Stop(f"Sheet {seen.sheet} has no column with e-mail addresses. Name it E-mail and try again.")
        if not options.json:
            text("\n".join(_lines(plan)))
        for name in seen.other_sheets:
            say(f"Sheet {name} was not read. Import it with --sheet {name!r}.")
        if not options.dry_run:
            say(f"Bringing in {len(plan.people)} people, all of them or none.")
            batch = actions.import_people(
                community=community, plan=plan, by=None, file_name=options.file.name, sheet_name=seen.sheet
            )
            report = batch.report
            say(
                f"{report['joined']} people came into {community.name}, {report['new']} of them new here. "
                f"Take it back on the page /{community.slug}/import/."
            )
        else:
            say("Nothing was changed: this was a dry run.")
        if options.json:
            result(plan.as_json())
    return 0


def _lines(plan: ImportPlan) -> list[str]:
    """The report for people."""
    already = len(plan.already_in)
    lines = [
        f"{len(plan.people)} {'person' if len(plan.people) == 1 else 'people'} in the list"
        + (f", {already} of them in already." if already else ".")
    ]
    for double in plan.doubles:
        differs = "; ".join(
            f"{purpose.label}: {here or 'nothing'} / {there}" for purpose, here, there in double.differs
        )
        lines.append(f"Row {double.row} is row {double.first_row} again ({double.address}). {differs}".rstrip())
    lines += remarks("did not come in", plan.rejected)
    lines += remarks("came in, but", plan.remarks)
    if plan.no_unit:
        lines.append(f"Without a part of the organisation: {rows(plan.no_unit)}.")
    for near in plan.undecided:
        thing = Thing(near.thing).label
        likely = f"probably {near.likely.name}" if near.likely else "not known"
        lines.append(f"Not decided, {thing} {near.text!r}: {likely} ({rows(near.rows)}). These come in without it.")
    for member in plan.differing:
        said = "; ".join(
            f"{purpose.label}: {here} here, {there} in the list" for purpose, here, there in member.differs
        )
        lines.append(f"Row {member.row}, {member.name}: {said}. What is here stays.")
    if plan.left_before:
        left = [person.line.row for person in plan.left_before]
        lines.append(f"Left the programme before and not brought back: {rows(left)}.")
    if plan.two_addresses:
        lines.append(f"With more than one address, the first is the main one: {rows(plan.two_addresses)}.")
    if plan.empty_formulas:
        lines.append(f"Formulas without a value, read as empty: {', '.join(plan.empty_formulas)}.")
    return [*lines, *ignored(plan.columns)]
