"""What communities do that ends access, and whose streams the live server closes for it."""

from collections.abc import Callable

import pytest

from leerkring.community.accounts import actions as accounts
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.models import Membership
from leerkring.config import access_ends
from leerkring.platform import facts
from leerkring.platform.live import topics
from leerkring.platform.live.hub import Hub
from leerkring.platform.live.rights import Rights
from leerkring.platform.live.screens import Screens
from leerkring.platform.live.tickets import holder
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str | int]]:
    """Holders and communities, as a live server finds them that starts now."""
    fresh = topics.Registry()
    monkeypatch.setattr(topics, "registry", fresh)
    access_ends.register()
    rights = Rights(Hub(1), Screens(fresh), fresh)
    return lambda: set(rights._ended_before())


def test_who_leaves_a_programme_looks_no_longer(cast: Cast, ended: Callable[[], set[str | int]]) -> None:
    member = cast.own.member
    assert ended() == set()
    memberships.leave_community(
        membership=Membership.objects.get(person=member, community=cast.own.community, until_on__isnull=True), by=member
    )
    assert ended() == {holder(member.pk)}


def test_who_signs_out_everywhere_looks_no_longer(cast: Cast, ended: Callable[[], set[str | int]]) -> None:
    member = cast.own.member
    assert member.account is not None
    accounts.sign_out_everywhere(account=member.account)
    assert ended() == {holder(member.pk)}


def test_where_a_community_changes_everybody_asks_again(cast: Cast, ended: Callable[[], set[str | int]]) -> None:
    memberships.edit_community(community=cast.own.community, by=cast.own.lead, is_public=False)
    assert ended() == {cast.own.community.pk}


def test_other_facts_end_nothing(cast: Cast, ended: Callable[[], set[str | int]]) -> None:
    facts.record(facts.Fact(community_id=cast.own.community.pk, by_id=cast.own.member.pk))
    assert ended() == set()
