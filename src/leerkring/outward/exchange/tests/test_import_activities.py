"""Importing activities: under their goals, with owner and state; nothing twice, and undone as a whole."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions as strategy
from leerkring.direction.strategy.enums import ActivityState
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.outward.exchange import actions
from leerkring.outward.exchange.activities_import import ActivitiesPlan
from leerkring.outward.exchange.enums import ImportKind, Trouble
from leerkring.outward.exchange.looking import Choices, look_at
from leerkring.outward.exchange.models import ImportBatch
from leerkring.outward.exchange.tests.lists import Rows, xlsx
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

HEADINGS = ["Nr", "Activiteit", "Doel", "Keten", "Trekker", "Status", "Start", "Gereed", "Budget"]
LIST: Rows = [
    ["Uitvoeringsagenda"],
    HEADINGS,
    ["1.1", "Reparatie met stadspas", "Half zoveel nieuw materiaal", "Consumptiegoederen", "Lead Eigen", "loopt", 2023],
    ["1.2", "Advies aan ondernemers", "2030", "", "member.eigen@voorbeeld.example", "Gereed", "mei 2023", "12-2024"],
    ["", "Kunstgrasvelden", "Onbekend doel", "Gebouwde omgeving", "Wie dan ook", "in de ijskast", "ooit", ""],
    ["", "Subtotaal"],
    ["1.1", "Nog eens", "", "", "", "", "", ""],
    ["9", "", "2030", "", "", "", "", ""],
    ["2", "x" * 301, "", "", "", "", "", ""],
    ["3", "Andersom", "", "", "", "", "2025", "2024"],
]


@pytest.fixture
def goals(cast: Cast) -> list[Goal]:
    own = cast.own
    return [
        strategy.set_goal(community=own.community, title="Half zoveel nieuw materiaal", target_year=2030, by=own.lead),
        strategy.set_goal(community=own.community, title="Gemeente circulair", target_year=2026, by=own.lead),
    ]


def plan_for(cast: Cast, rows: Rows = LIST, by: Person | None = None) -> ActivitiesPlan:
    look = look_at(
        content=xlsx(rows),
        file_name="agenda.xlsx",
        kind=ImportKind.ACTIVITIES,
        community=cast.own.community,
        choices=Choices(),
        by=by or cast.own.lead,
    )
    assert look.activities is not None
    return look.activities


def bring_in(cast: Cast, rows: Rows = LIST) -> ImportBatch:
    return actions.import_activities(
        community=cast.own.community, plan=plan_for(cast, rows), by=cast.own.lead, file_name="agenda.xlsx"
    )


def test_activities_come_in_as_the_list_says(cast: Cast, goals: list[Goal]) -> None:
    bring_in(cast)
    found = Activity.objects.order_by("position").values_list(
        "number", "title", "chain", "owner__given_name", "state", "starts_on", "ends_on", "label"
    )
    running, done, planned = ActivityState.RUNNING, ActivityState.DONE, ActivityState.PLANNED
    assert list(found) == [
        ("1.1", "Reparatie met stadspas", "Consumptiegoederen", "Lead", running, date(2023, 1, 1), None, "programme"),
        ("1.2", "Advies aan ondernemers", "", "Member", done, date(2023, 5, 1), date(2024, 12, 1), "programme"),
        ("", "Kunstgrasvelden", "Gebouwde omgeving", None, planned, None, None, "programme"),
        ("", "Subtotaal", "", None, planned, None, None, "programme"),
        ("3", "Andersom", "", None, planned, date(2025, 1, 1), None, "programme"),
    ]
    under = {activity.title: [goal.pk for goal in activity.goals.all()] for activity in Activity.objects.all()}
    assert (under["Reparatie met stadspas"], under["Advies aan ondernemers"]) == ([goals[0].pk], [goals[0].pk])


def test_what_does_not_fit_is_named_with_row_and_cell(cast: Cast, goals: list[Goal]) -> None:
    plan = plan_for(cast)
    assert [(remark.row, remark.cell, remark.trouble) for remark in plan.rejected] == [
        (8, "B8", Trouble.NO_TITLE),
        (9, "B9", Trouble.TITLE_TOO_LONG),
    ]
    assert [(remark.row, remark.cell, remark.trouble) for remark in plan.remarks] == [
        (5, "G5", Trouble.DAY_UNREADABLE),
        (5, "C5", Trouble.GOAL_UNKNOWN),
        (5, "E5", Trouble.OWNER_UNKNOWN),
        (5, "F5", Trouble.STATE_UNKNOWN),
        (10, "H10", Trouble.ENDS_BEFORE_START),
    ]
    assert plan.doubles == [(7, 3)]
    assert plan.columns.ignored == ["Budget"]


def test_the_same_list_again_puts_nothing_twice(cast: Cast, goals: list[Goal]) -> None:
    bring_in(cast)
    batch = bring_in(cast)
    assert batch.made_count == 0
    assert batch.report["already_there"] == [3, 4, 5, 6, 10]
    assert Activity.objects.count() == 5


def test_one_fact_tells_it(cast: Cast) -> None:
    batch = bring_in(cast)
    fact = FactRow.objects.get(name="ActivitiesImported")
    assert (fact.by_id, fact.ids) == (cast.own.lead.pk, {"batch_id": batch.pk, "activities_count": 5})


def test_the_team_chooses_who_may_see_them(cast: Cast) -> None:
    actions.import_activities(
        community=cast.own.community, plan=plan_for(cast), by=None, file_name="a.xlsx", label=Label.PUBLIC
    )
    assert set(Activity.objects.values_list("label", flat=True)) == {"public"}


def test_undone_all_goes_but_what_was_touched(cast: Cast) -> None:
    batch = bring_in(cast)
    moved, changed = Activity.objects.get(number="1.1"), Activity.objects.get(number="1.2")
    strategy.move_activity(activity=moved, state=ActivityState.DONE, by=cast.own.lead)
    strategy.change_activity(activity=changed, by=cast.own.lead, chain="Voedsel")
    undone = actions.undo_import(batch=batch, by=cast.own.lead)
    assert undone.kept == sorted([moved.pk, changed.pk])
    assert set(Activity.objects.values_list("number", flat=True)) == {"1.1", "1.2"}


def test_only_the_team_imports(cast: Cast) -> None:
    for person in (cast.own.keeper, cast.own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.import_activities(
                community=cast.own.community, plan=plan_for(cast), by=person, file_name="agenda.xlsx"
            )
    assert not Activity.objects.exists()
    assert bring_in(cast).made_count == 5
