from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions, queries
from leerkring.direction.strategy.enums import ActivityState
from leerkring.direction.strategy.models import Goal
from leerkring.direction.strategy.picture import GoalPicture, amount, shares_of
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def a_goal(cast: Cast, **more: object) -> Goal:
    fields: dict[str, object] = {"title": "Half zoveel", "target_year": 2030, **more}
    return actions.set_goal(community=cast.own.community, by=cast.own.lead, **fields)  # type: ignore[arg-type]


def put(cast: Cast, title: str, **more: object) -> None:
    actions.put_activity(community=cast.own.community, title=title, by=cast.own.lead, **more)  # type: ignore[arg-type]


def test_goals_and_activities_obey_their_labels(cast: Cast, client_of: Browser) -> None:
    hidden = a_goal(cast, title="Stil doel", label=Label.GROUP)
    put(cast, "Stil werk", label=Label.GROUP, goals=[hidden])
    shown = a_goal(cast, title="Open doel")
    put(cast, "Open werk", goals=[shown, hidden], owner=cast.own.member)
    for person in (None, cast.outsider, cast.own.member):
        browser = client_of(person)
        goals, activities = (browser.get(f"/eigen/{page}/").content.decode() for page in ("goals", "activities"))
        assert ("Open doel" in goals, "Stil doel" in goals) == (True, False)
        assert ("Open werk" in activities, "Stil werk" in activities) == (True, False)
        assert "1 activiteit" in activities
        assert ("Member Eigen" in activities) == (person == cast.own.member)
        work = queries.activities_visible_to(person, cast.own.community).get(title="Open werk")
        page = browser.get(f"/eigen/activities/{work.pk}/").content.decode()
        assert ("Open doel" in page, "Stil doel" in page) == (True, False)
        assert ("Member Eigen" in page) == (person == cast.own.member)
        assert browser.get(f"/eigen/goals/{hidden.pk}/").status_code == 404
    assert "Stil doel" in client_of(cast.own.lead).get("/eigen/goals/").content.decode()


def test_the_filter_narrows_and_forged_choices_show_everything(cast: Cast, client_of: Browser) -> None:
    goal, theirs = (
        a_goal(cast),
        actions.set_goal(community=cast.other.community, title="Hun doel", target_year=2030, by=cast.other.lead),
    )
    put(cast, "Kunstgras", goals=[goal], chain="gebouwde omgeving", number="3")
    put(cast, "Gft apart", chain="voedsel", state=ActivityState.RUNNING)
    browser = client_of(cast.own.member)

    def shown(query: str) -> tuple[bool, bool]:
        answer = browser.get(f"/eigen/activities/?{query}")
        assert answer.status_code == 200
        page = answer.content.decode()
        return ("Kunstgras" in page, "Gft apart" in page)

    assert shown(f"goal={goal.pk}") == shown("words=kunst") == shown("words=3") == (True, False)
    assert shown("chain=voedsel") == shown("state=running") == (False, True)
    assert shown("state=running&words=kunst") == (False, False)
    for forged in (f"goal={theirs.pk}", "goal=x", "chain=' OR 1=1", "state=feest", "page=-4", "words=%00"):
        assert shown(forged) == (True, True)


def test_the_way_to_the_target_is_measured_from_the_first_value(cast: Cast) -> None:
    falling = a_goal(cast, target_value=Decimal(50))
    for year, value in ((2020, 100), (2022, 75)):
        actions.measure_goal(goal=falling, measured_on=date(year, 1, 1), value=Decimal(value), by=cast.own.lead)
    rising = a_goal(cast, target_value=Decimal(100))
    for year, value in ((2020, 10), (2022, 5)):
        actions.measure_goal(goal=rising, measured_on=date(year, 1, 1), value=Decimal(value), by=cast.own.lead)
    unmeasured, aimless = a_goal(cast, target_value=Decimal(1)), a_goal(cast)
    actions.measure_goal(goal=aimless, measured_on=date(2020, 1, 1), value=Decimal(1), by=cast.own.lead)
    assert [GoalPicture(goal).share for goal in (falling, rising, unmeasured, aimless)] == [50, 0, None, None]
    assert [queries.is_reached(goal) for goal in (falling, rising, unmeasured, aimless)] == [False, False, None, None]
    picture = GoalPicture(falling)
    assert picture.target is not None
    assert (picture.first.x, picture.first.y, picture.target.x) == (20, 44, 620)
    assert not GoalPicture(unmeasured).can_be_drawn


def test_odd_values_can_be_drawn(cast: Cast, client_of: Browser) -> None:
    for value, target in ((0, 0), (-5, 5), (10**11, None), (7, 7)):
        goal = a_goal(cast, target_value=None if target is None else Decimal(target), target_year=2001)
        actions.measure_goal(goal=goal, measured_on=date(2020, 1, 1), value=Decimal(value), by=cast.own.lead)
        assert client_of(None).get(f"/eigen/goals/{goal.pk}/").status_code == 200
    assert client_of(None).get("/eigen/goals/").status_code == 200


def test_amounts_are_written_as_people_here_write_them() -> None:
    assert [amount(Decimal(text)) for text in ("41.00", "2350.50", "12500", "0.25", "1E+3")] == [
        "41",
        "2350,5",
        "12.500",
        "0,25",
        "1000",
    ]
    assert amount(None) == ""


def test_the_bar_of_states_fills_its_width() -> None:
    shares = shares_of(
        {ActivityState.DONE: 1, ActivityState.RUNNING: 2, ActivityState.PLANNED: 0, ActivityState.STOPPED: 1}
    )
    assert [(share.state.value, share.count, share.x, share.width) for share in shares] == [
        ("done", 1, 0, 25),
        ("running", 2, 25, 50),
        ("stopped", 1, 75, 25),
    ]
    assert shares_of(dict.fromkeys(ActivityState, 0)) == []


@pytest.mark.parametrize("page", ["goals/", "activities/", "goals/{goal}/", "activities/?goal={goal}"])
def test_the_lists_ask_as_much_of_the_database_for_3_as_for_300(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int], page: str
) -> None:
    goal = a_goal(cast)
    browser = client_of(cast.own.member)
    address = "/eigen/" + page.format(goal=goal.pk)

    def grow(count: int) -> None:
        goals = [a_goal(cast) for _number in range(count)] + [goal]
        for one in goals:
            actions.measure_goal(goal=one, measured_on=date(2020, 1, 1), value=Decimal(1), by=cast.own.lead)
            put(cast, "Werk", goals=[one, goal], owner=cast.own.member, unit=cast.own.units[0])

    grow(2)
    few = count_queries(browser, address)
    grow(100)
    many = count_queries(browser, address)
    assert few == many <= 15
