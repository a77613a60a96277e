from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions
from leerkring.direction.strategy.models import Goal, GoalValue
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
FORM = {"title": "Half zoveel nieuw materiaal", "target_year": "2030", "target_value": "1250,5", "label": "public"}


def a_goal(cast: Cast, **more: object) -> Goal:
    fields: dict[str, object] = {"title": "Half zoveel", "target_year": 2030, **more}
    return actions.set_goal(community=cast.own.community, by=cast.own.lead, **fields)  # type: ignore[arg-type]


def test_goals_stand_in_the_order_in_which_they_were_set(cast: Cast) -> None:
    first, second = a_goal(cast), a_goal(cast, title="Helemaal", target_year=2050)
    assert [(goal.position, goal.label) for goal in (first, second)] == [(1, Label.PUBLIC), (2, Label.PUBLIC)]
    assert [row.ids for row in FactRow.objects.filter(name="GoalSet").order_by("id")] == [
        {"goal_id": first.pk},
        {"goal_id": second.pk},
    ]


def test_a_goal_is_set_and_changed_on_the_page_with_a_dutch_comma(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.lead)
    assert browser.post("/eigen/goals/new/", FORM).status_code == 302
    goal = Goal.objects.get()
    assert goal.target_value == Decimal("1250.5")
    form = {**FORM, "title": "Anders", "revision": "1"}
    assert browser.post(f"/eigen/goals/{goal.pk}/change/", form).status_code == 302
    assert browser.post(f"/eigen/goals/{goal.pk}/change/", {**form, "title": "Te laat"}).status_code == 422
    goal.refresh_from_db()
    assert (goal.title, goal.revision, goal.changed_by) == ("Anders", 2, cast.own.lead)


def test_the_second_of_two_people_sees_both_texts(cast: Cast) -> None:
    goal = a_goal(cast)
    actions.change_goal(goal=goal, title="Eerste", revision=1, by=cast.own.lead)
    with pytest.raises(EditedMeanwhile) as raised:
        actions.change_goal(goal=goal, title="Tweede", revision=1, by=cast.own.lead)
    assert ("Eerste" in raised.value.theirs, "Tweede" in raised.value.mine) == (True, True)


@pytest.mark.parametrize("wrong", [{"title": " "}, {"title": "x" * 201}, {"target_year": "1"}, {"label": "geheim"}])
def test_a_goal_with_a_mistake_comes_back(cast: Cast, client_of: Browser, wrong: dict[str, str]) -> None:
    assert client_of(cast.own.lead).post("/eigen/goals/new/", {**FORM, **wrong}).status_code == 422
    assert not Goal.objects.exists()


def test_a_value_is_kept_per_day_with_its_source(cast: Cast, client_of: Browser) -> None:
    goal = a_goal(cast)
    day = clock.today() - timedelta(days=10)
    actions.measure_goal(goal=goal, measured_on=day, value=Decimal("10"), source="Monitor", by=cast.own.lead)
    actions.measure_goal(goal=goal, measured_on=day, value=Decimal("12"), source="Monitor 2", by=cast.own.lead)
    assert [(row.value, row.source) for row in GoalValue.objects.all()] == [(Decimal("12"), "Monitor 2")]
    assert FactRow.objects.filter(name="GoalMeasured").count() == 2

    browser = client_of(cast.own.lead)
    address = f"/eigen/goals/{goal.pk}/measure/"
    assert browser.post(address, {"measured_on": "2024-01-31", "value": "8,25"}).status_code == 302
    assert browser.post(address, {"measured_on": "2999-01-31", "value": "8"}).status_code == 422
    assert browser.post(address, {"measured_on": "2024-01-31", "value": "veel"}).status_code == 422
    assert [row.value for row in GoalValue.objects.order_by("measured_on")] == [Decimal("8.25"), Decimal("12")]


def test_a_day_to_come_was_not_measured(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.measure_goal(goal=a_goal(cast), measured_on=date(2999, 1, 1), value=Decimal(1), by=cast.own.lead)


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_only_the_team_writes_goals(cast: Cast, client_of: Browser, who: str) -> None:
    goal, person = a_goal(cast), getattr(cast.own, who)
    with pytest.raises(PermissionDenied):
        actions.set_goal(community=cast.own.community, title="Mijn", target_year=2030, by=person)
    with pytest.raises(PermissionDenied):
        actions.change_goal(goal=goal, title="Mijn", by=person)
    with pytest.raises(PermissionDenied):
        actions.measure_goal(goal=goal, measured_on=clock.today(), value=Decimal(1), by=person)
    browser = client_of(person)
    for verb in ("new/", f"{goal.pk}/change/", f"{goal.pk}/measure/"):
        assert browser.post(f"/eigen/goals/{verb}", FORM).status_code == 403
    assert browser.get("/eigen/goals/new/").status_code == 403


def test_a_goal_of_another_programme_is_not_found_here(cast: Cast, client_of: Browser) -> None:
    theirs = actions.set_goal(community=cast.other.community, title="Hun doel", target_year=2030, by=cast.other.lead)
    browser = client_of(cast.own.lead)
    for verb in ("", "change/"):
        assert browser.get(f"/eigen/goals/{theirs.pk}/{verb}").status_code == 404
    assert browser.post(f"/eigen/goals/{theirs.pk}/measure/", {"value": "1"}).status_code == 404
