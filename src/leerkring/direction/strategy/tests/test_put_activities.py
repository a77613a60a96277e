"""A whole list of activities is put at once, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.direction.strategy import actions
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast


def goal_of(cast: Cast) -> Goal:
    return actions.set_goal(community=cast.own.community, title="Half", target_year=2030, by=cast.own.lead)


def test_they_come_in_order_under_their_goals(cast: Cast) -> None:
    goal = goal_of(cast)
    rows = [(Activity(number="1", title="Een"), [goal]), (Activity(number="2", title="Twee"), [])]
    first, second = actions.put_activities(community=cast.own.community, activities=rows, by=cast.own.lead)
    assert [activity.title for activity in Activity.objects.all()] == ["Een", "Twee"]
    assert (list(first.goals.all()), list(second.goals.all())) == ([goal], [])
    assert first.changed_by == cast.own.lead
    fact = FactRow.objects.get(name="ActivitiesPut")
    assert fact.ids == {"activity_ids": [first.pk, second.pk]}


@pytest.mark.parametrize("wrong", [Activity(title=""), Activity(title="x" * 301), Activity(title="Y", number="1")])
def test_none_comes_in_when_one_cannot(cast: Cast, wrong: Activity) -> None:
    rows: list[tuple[Activity, list[Goal]]] = [(Activity(number="1", title="Een"), []), (wrong, [])]
    with pytest.raises(Refused):
        actions.put_activities(community=cast.own.community, activities=rows, by=cast.own.lead)
    assert not Activity.objects.exists()


def test_a_goal_of_another_programme_is_refused(cast: Cast) -> None:
    rows = [(Activity(title="Een"), [goal_of(cast)])]
    with pytest.raises(Refused):
        actions.put_activities(community=cast.other.community, activities=rows, by=None)


def test_only_the_team_puts_and_takes_back(cast: Cast) -> None:
    own = cast.own
    for person in (own.keeper, own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.put_activities(community=own.community, activities=[(Activity(title="Een"), [])], by=person)
    (one,) = actions.put_activities(community=own.community, activities=[(Activity(title="Een"), [])], by=own.lead)
    with pytest.raises(PermissionDenied):
        actions.take_activities_back(community=own.community, activity_ids=[one.pk], by=own.member)
    actions.take_activities_back(community=own.community, activity_ids=[one.pk], by=own.lead)
    assert not Activity.objects.exists()
