from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import Door, Level
from leerkring.community.memberships.models import LevelChange, Membership
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people.models import Person
from leerkring.platform import clock
from leerkring.platform.rules import Refused
from tests.cast import Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]
PAGE = "/eigen/membership/"


def membership_of(own: ProgrammeCast, person: Person) -> Membership:
    membership = queries.membership_of(person, own.community)
    assert membership is not None
    return membership


@pytest.fixture
def stated(cast: Cast) -> Membership:
    return actions.join(community=cast.own.community, person=cast.outsider, level=Level.CORE, by=cast.own.lead)


def test_the_person_chooses(cast: Cast) -> None:
    membership = membership_of(cast.own, cast.own.member)
    actions.choose_level(membership=membership, level=Level.CORE, by=cast.own.member)
    assert membership_of(cast.own, cast.own.member).level == Level.CORE
    assert [change.level for change in LevelChange.objects.filter(membership=membership)] == [Level.CORE]
    assert facts_named("LevelChosen", cast.own.community) == [
        {"by": cast.own.member.pk, "membership_id": membership.pk, "before": "active", "level": "core"}
    ]


@pytest.mark.parametrize("who", ["lead", "keeper", "follower"])
def test_nobody_chooses_for_somebody_else(cast: Cast, who: str) -> None:
    by = getattr(cast.own, who)
    membership = membership_of(cast.own, cast.own.member)
    for action in (actions.choose_level, actions.state_level):
        with pytest.raises(PermissionDenied):
            action(membership=membership, level=Level.CORE, by=by)
    with pytest.raises(PermissionDenied):
        actions.confirm_level(membership=membership, by=by)
    assert membership_of(cast.own, cast.own.member).level == Level.ACTIVE


def test_the_team_states_until_the_person_speaks(cast: Cast, stated: Membership) -> None:
    actions.state_level(membership=stated, level=Level.OCCASIONAL, by=cast.own.lead)
    assert (stated.level, stated.level_stated_by_team) == (Level.OCCASIONAL, True)
    assert facts_named("LevelStated") == [
        {"by": cast.own.lead.pk, "membership_id": stated.pk, "before": "core", "level": "occasional"}
    ]
    actions.confirm_level(membership=stated, by=cast.outsider)
    assert Membership.objects.get(pk=stated.pk).level_stated_by_team is False
    assert facts_named("LevelConfirmed") == [
        {"by": cast.outsider.pk, "membership_id": stated.pk, "level": "occasional"}
    ]
    with pytest.raises(PermissionDenied):
        actions.state_level(membership=stated, level=Level.CORE, by=cast.own.lead)


def test_choosing_the_stated_level_confirms_it(cast: Cast, stated: Membership) -> None:
    actions.choose_level(membership=stated, level=Level.CORE, by=cast.outsider)
    assert Membership.objects.get(pk=stated.pk).level_stated_by_team is False


def test_a_second_click_changes_nothing(cast: Cast, stated: Membership) -> None:
    for _time in range(2):
        actions.confirm_level(membership=stated, by=cast.outsider)
        actions.choose_level(membership=stated, level=Level.CORE, by=cast.outsider)
    assert len(facts_named("LevelConfirmed")) == 1
    assert facts_named("LevelChosen") == []


def test_a_follower_steps_in_and_out_without_explaining(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.follower)
    assert browser.post(f"{PAGE}level/", {"level": "active"})["Location"] == PAGE
    assert queries.standing_of(cast.own.follower).is_member(cast.own.community)
    page = browser.post(f"{PAGE}level/", {"level": "follower"}, follow=True).content.decode()
    assert "Je bent nu volger. Je hoeft niets uit te leggen." in page
    assert f'action="{PAGE}level/?level=active"' in page
    assert not queries.standing_of(cast.own.follower).is_member(cast.own.community)
    browser.post(f"{PAGE}level/?level=active")
    assert membership_of(cast.own, cast.own.follower).level == Level.ACTIVE


def test_behind_a_closed_door_a_follower_needs_a_link_to_take_part(cast: Cast, client_of: Browser) -> None:
    actions.edit_community(
        community=cast.own.community, follow_door=Door.ANYONE, member_door=Door.INVITED, by=cast.own.lead
    )
    membership = actions.follow(community=cast.own.community, person=cast.outsider, by=cast.outsider)
    with pytest.raises(Refused):
        actions.choose_level(membership=membership, level=Level.ACTIVE, by=cast.outsider)
    response = client_of(cast.outsider).post(f"{PAGE}level/", {"level": "active"})
    assert response.status_code == 422
    assert response.context["level_form"].errors["level"] == [
        "Hier doe je mee op uitnodiging. Vraag het programmateam om een link."
    ]
    assert membership_of(cast.own, cast.outsider).level == Level.FOLLOWER


def test_who_took_part_before_may_return(cast: Cast) -> None:
    actions.edit_community(community=cast.own.community, member_door=Door.INVITED, by=cast.own.lead)
    membership = membership_of(cast.own, cast.own.member)
    LevelChange.objects.create(membership=membership, level=Level.ACTIVE, at=clock.now())
    actions.choose_level(membership=membership, level=Level.FOLLOWER, by=cast.own.member)
    actions.choose_level(membership=membership, level=Level.CORE, by=cast.own.member)
    assert membership_of(cast.own, cast.own.member).level == Level.CORE


@pytest.mark.parametrize("level", ["", "king", "CORE", "😀"])
def test_what_is_no_level_comes_back(cast: Cast, client_of: Browser, level: str) -> None:
    assert client_of(cast.own.member).post(f"{PAGE}level/", {"level": level}).status_code == 422
    assert client_of(cast.own.member).post(f"{PAGE}level/").status_code == 422


def test_who_is_no_member_has_nothing_to_choose(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.outsider)
    assert browser.get(PAGE).status_code == 403
    for verb in ("level", "confirm", "place", "leave"):
        assert browser.post(f"{PAGE}{verb}/", {"level": "core"}).status_code == 403
        assert client_of(cast.own.member).post(f"/ander/membership/{verb}/").status_code == 404


def test_the_page_asks_whether_the_team_was_right(cast: Cast, client_of: Browser, stated: Membership) -> None:
    browser = client_of(cast.outsider)
    assert "Het team schreef op: kern" in browser.get(PAGE).content.decode()
    assert "opgegeven door het team" in browser.get("/profile/").content.decode()
    assert browser.post(f"{PAGE}confirm/")["Location"] == PAGE
    assert "Het team schreef op" not in browser.get(PAGE).content.decode()


def test_one_says_where_one_works(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.member)
    response = browser.post(f"{PAGE}place/", {"unit": cast.own.units[2].pk})
    assert response["Location"] == PAGE
    assert next(str(place) for place in queries.places_of(membership_of(cast.own, cast.own.member))) == "Vastgoed"
    assert browser.post(f"{PAGE}place/", {"unit": cast.other.units[0].pk}).status_code == 422
