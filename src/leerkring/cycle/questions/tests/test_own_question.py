from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.queries import membership_of
from leerkring.community.people.models import Person
from leerkring.cycle.questions import actions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_a_member_a_unit_both_or_nobody(listed: LearningQuestion, cast: Cast, facts: Callable[[], list[str]]) -> None:
    own = cast.own
    assert listed.needs_owner
    actions.give_owner(question=listed, owner=own.member, owner_unit=own.units[1], by=own.facilitator)
    listed.refresh_from_db()
    assert (listed.owner, listed.owner_unit, listed.needs_owner) == (own.member, own.units[1], False)
    actions.give_owner(question=listed, by=own.keeper)
    listed.refresh_from_db()
    assert (listed.owner, listed.owner_unit, listed.needs_owner) == (None, None, True)
    assert facts()[2:] == ["OwnerGiven", "OwnerGiven"]


def test_only_those_who_take_part_can_own(listed: LearningQuestion, cast: Cast) -> None:
    own, other = cast.own, cast.other
    for person in (own.follower, own.colleague, cast.outsider):
        with pytest.raises(Refused):
            actions.give_owner(question=listed, owner=person, by=own.keeper)
    with pytest.raises(Refused):
        actions.give_owner(question=listed, owner_unit=other.units[0], by=own.keeper)
    for person in (own.member, own.follower, other.lead):
        with pytest.raises(PermissionDenied):
            actions.give_owner(question=listed, owner=own.member, by=person)


def test_a_member_takes_up_what_nobody_owns(listed: LearningQuestion, cast: Cast) -> None:
    own = cast.own
    with pytest.raises(PermissionDenied):
        actions.offer_to_own(question=listed, by=own.follower)
    actions.offer_to_own(question=listed, by=own.member)
    actions.offer_to_own(question=listed, by=own.member)
    with pytest.raises(Refused):
        actions.offer_to_own(question=listed, by=own.facilitator)
    listed.refresh_from_db()
    assert listed.owner == own.member


def test_button_and_form(listed: LearningQuestion, cast: Cast, client_of: Callable[..., Client]) -> None:
    own = cast.own
    offer, owner = f"/eigen/questions/{listed.pk}/offer/", f"/eigen/questions/{listed.pk}/owner/"
    assert "Pak deze vraag op" in client_of(own.member).get(f"/eigen/questions/{listed.pk}/").content.decode()
    assert client_of(own.follower).post(offer).status_code == 403
    assert client_of(own.member).post(offer).status_code == 302
    listed.refresh_from_db()
    assert listed.owner == own.member
    browser = client_of(own.facilitator)
    assert browser.post(owner, {"owner": own.follower.pk}).status_code == 422
    assert browser.post(owner, {"owner": "", "owner_unit": own.units[0].pk}).status_code == 302
    listed.refresh_from_db()
    assert listed.owner is None
    assert listed.owner_unit == own.units[0]


def _leaves(person: Person, cast: Cast) -> None:
    membership = membership_of(person, cast.own.community)
    assert membership is not None
    memberships.leave_community(membership=membership, by=person)


def test_who_leaves_the_programme_no_longer_has_to_act(
    listed: LearningQuestion, cast: Cast, committed: Callable[[], AbstractContextManager[object]]
) -> None:
    own = cast.own
    actions.give_owner(question=listed, owner=own.member, owner_unit=own.units[1], by=own.keeper)
    for leaver, owner in ((own.facilitator, own.member), (own.member, None)):
        with committed():
            _leaves(leaver, cast)
        listed.refresh_from_db()
        assert (listed.owner, listed.owner_unit) == (owner, own.units[1])
