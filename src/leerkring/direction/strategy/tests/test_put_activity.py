from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.people.models import Person
from leerkring.direction.strategy import actions
from leerkring.direction.strategy.enums import ACTIVITY_TRANSITIONS, ActivityState
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
FORM = {"title": "Advies op maat", "number": "7", "label": "public"}


def a_goal(cast: Cast) -> Goal:
    return actions.set_goal(community=cast.own.community, title="Half zoveel", target_year=2030, by=cast.own.lead)


def an_activity(cast: Cast, **more: object) -> Activity:
    fields: dict[str, object] = {"title": "Advies op maat", **more}
    return actions.put_activity(community=cast.own.community, by=cast.own.lead, **fields)  # type: ignore[arg-type]


def test_an_activity_stands_under_its_goals(cast: Cast) -> None:
    goal = a_goal(cast)
    activity = an_activity(cast, goals=[goal], number="1", owner=cast.own.member, unit=cast.own.units[1])
    assert list(activity.goals.all()) == [goal]
    assert [row.ids for row in FactRow.objects.filter(name="ActivityPut")] == [{"activity_id": activity.pk}]


def test_a_number_is_given_once_and_no_number_often(cast: Cast) -> None:
    an_activity(cast, number="1")
    with pytest.raises(Refused):
        an_activity(cast, number="1", title="Dubbel")
    other = an_activity(cast, number="2")
    with pytest.raises(Refused):
        actions.change_activity(activity=other, number="1", by=cast.own.lead)
    an_activity(cast), an_activity(cast)
    assert Activity.objects.count() == 4


def test_goal_and_owner_are_of_the_programme(cast: Cast, client_of: Browser) -> None:
    theirs = actions.set_goal(community=cast.other.community, title="Hun doel", target_year=2030, by=cast.other.lead)
    for forged in ({"goals": [theirs]}, {"owner": cast.outsider}):
        with pytest.raises(Refused):
            an_activity(cast, **forged)
    browser = client_of(cast.own.lead)
    for form in ({"goals": [theirs.pk]}, {"owner": cast.outsider.pk}, {"unit": cast.other.units[0].pk}):
        assert browser.post("/eigen/activities/new/", {**FORM, **form}).status_code == 422
    assert not Activity.objects.exists()


def test_two_people_who_change_one_activity_see_both_texts(cast: Cast, client_of: Browser) -> None:
    activity = an_activity(cast, number="7")
    actions.change_activity(activity=activity, title="Van Lead", revision=1, by=cast.own.lead)
    with pytest.raises(EditedMeanwhile):
        actions.change_activity(activity=activity, title="Van mij", revision=1, by=cast.own.lead)
    answer = client_of(cast.own.lead).post(
        f"/eigen/activities/{activity.pk}/change/", {**FORM, "title": "Van mij", "revision": "1"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "Van Lead" in page, "Van mij" in page) == (422, True, True)


@pytest.mark.parametrize("before", ActivityState)
@pytest.mark.parametrize("after", ActivityState)
def test_an_activity_moves_along_the_table(cast: Cast, before: ActivityState, after: ActivityState) -> None:
    activity = an_activity(cast, state=before)
    if before == after or after in ACTIVITY_TRANSITIONS[before]:
        actions.move_activity(activity=activity, state=after, by=cast.own.lead)
        assert Activity.objects.get().state == after
        assert FactRow.objects.filter(name="ActivityMoved").count() == (before != after)
    else:
        with pytest.raises(Refused):
            actions.move_activity(activity=activity, state=after, by=cast.own.lead)
        assert Activity.objects.get().state == before


def test_the_owner_says_how_far_it_is_and_can_take_it_back(cast: Cast, client_of: Browser) -> None:
    activity = an_activity(cast, owner=cast.own.member)
    browser = client_of(cast.own.member)
    address = f"/eigen/activities/{activity.pk}/move/"
    assert browser.post(address, {"state": "running"}).status_code == 302
    page = browser.get(f"/eigen/activities/{activity.pk}/").content.decode()
    assert f'action="{address}?state=planned"' in page
    assert browser.post(address + "?state=planned").status_code == 302
    assert Activity.objects.get().state == ActivityState.PLANNED
    for state in ("", "feest"):
        assert browser.post(address, {"state": state}).status_code == 422
    assert client_of(cast.own.follower).post(address, {"state": "done"}).status_code == 403


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_only_the_team_writes_activities(cast: Cast, client_of: Browser, who: str) -> None:
    activity, person = an_activity(cast), getattr(cast.own, who)
    with pytest.raises(PermissionDenied):
        actions.put_activity(community=cast.own.community, title="Mijn", by=person)
    with pytest.raises(PermissionDenied):
        actions.change_activity(activity=activity, title="Mijn", by=person)
    with pytest.raises(PermissionDenied):
        actions.move_activity(activity=activity, state=ActivityState.DONE, by=person)
    browser = client_of(person)
    for verb in ("new/", f"{activity.pk}/change/"):
        assert browser.get(f"/eigen/activities/{verb}").status_code == 403
        assert browser.post(f"/eigen/activities/{verb}", FORM).status_code == 403


def test_an_activity_of_another_programme_is_not_found_here(cast: Cast, client_of: Browser) -> None:
    theirs = actions.put_activity(community=cast.other.community, title="Hun werk", by=cast.other.lead)
    browser = client_of(cast.own.lead)
    assert browser.get(f"/eigen/activities/{theirs.pk}/").status_code == 404
    assert browser.post(f"/eigen/activities/{theirs.pk}/move/", {"state": "done"}).status_code == 404
