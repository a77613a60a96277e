"""Whatever stands in a list: every row is a person, a double or rejected, and nothing breaks."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from leerkring.outward.exchange.activities_import import ExistingActivities, KnownGoal, plan_activities
from leerkring.outward.exchange.cleaning import clean_text
from leerkring.outward.exchange.columns import find_columns
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.people_import import plan_import
from leerkring.outward.exchange.people_list import read_people
from leerkring.outward.exchange.sheets import Row, Table
from leerkring.outward.exchange.tests.lists import amsterdam

HEADINGS = [
    "Voornaam",
    "Tussenvoegsel",
    "Achternaam",
    "E-mail",
    "Organisatie",
    "Afdeling",
    "Beleidsveld",
    "Rol",
    "Sinds",
]
ACTIVITY = ["Nr", "Activiteit", "Omschrijving", "Doel", "Keten", "Trekker", "Status", "Start", "Gereed"]

cells = st.one_of(
    st.just(""),
    st.text(max_size=20),
    st.sampled_from(
        ["a@b.example", "A@B.example ; c@d.example", "c@d.example", "PMB", "R&D", "kern", "Volger ", "maart 2023", "-"]
    ),
    st.floats(),
    st.booleans(),
    st.dates(min_value=date(1900, 1, 1)),
    st.datetimes(),
)
grids = st.lists(st.lists(cells, min_size=9, max_size=9), max_size=12)


def table_of(headings: list[str], grid: list[list[object]]) -> Table:
    rows = [Row(1, headings), *(Row(number, values) for number, values in enumerate(grid, start=2))]
    kept = [row for row in rows if any(clean_text(value) for value in row.values)]
    return Table("Lijst", kept, len(headings))


@given(grids)
def test_every_row_of_people_is_accounted_for(grid: list[list[object]]) -> None:
    table = table_of(HEADINGS, grid)
    columns = find_columns(table, ImportKind.PEOPLE)
    found = read_people(table, columns)
    plan = plan_import(found, columns, amsterdam(), {})
    told = [
        *(person.line.row for person in plan.people),
        *(double.row for double in plan.doubles),
        *(remark.row for remark in plan.rejected),
    ]
    used = [column.index for column in columns.columns if column.purpose is not None]
    meant = [row.number for row in table.rows[1:] if any(clean_text(row.cell(index)) for index in used)]
    assert sorted(told) == [number for number in meant if number > columns.heading_row]
    addresses = [address for person in plan.people for address in person.line.addresses]
    assert len(addresses) == len(set(addresses))
    assert all(person.line.name.given_name for person in plan.people)
    assert set(plan.as_json()) == {
        "persons",
        "doubles",
        "rejected",
        "no_unit",
        "near_units",
        "ignored_columns",
        "two_addresses",
        "text_dates",
    }


@given(grids)
def test_every_activity_is_accounted_for(grid: list[list[object]]) -> None:
    table = table_of(ACTIVITY, grid)
    columns = find_columns(table, ImportKind.ACTIVITIES)
    existing = ExistingActivities(goals=[KnownGoal(1, "Half", 2030)], owners=[(1, "PMB", ("a@b.example",))])
    plan = plan_activities(table, columns, existing)
    titles = [activity.title for activity in plan.activities]
    assert all(titles)
    numbers = [activity.number for activity in plan.activities if activity.number]
    assert len(numbers) == len(set(numbers))
    assert all(
        activity.ends_on >= activity.starts_on
        for activity in plan.activities
        if activity.starts_on and activity.ends_on
    )
