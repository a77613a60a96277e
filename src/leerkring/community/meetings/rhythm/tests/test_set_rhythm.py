"""Which letters go out around each meeting: the team says it, a group follows its programme."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings.rhythm import actions, queries
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.memberships.enums import CommunityKind
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_the_team_says_which_letters_go_out(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    group = Community.objects.create(kind=CommunityKind.GROUP, name="Groep", root=own.community)
    assert queries.rhythm_of(group) == queries.ALL
    with pytest.raises(PermissionDenied):
        actions.set_rhythm(community=own.community, moments=[], by=own.facilitator)
    for _twice in range(2):
        actions.set_rhythm(community=own.community, moments=[LetterMoment.DAY, LetterMoment.MONTH], by=own.lead)
    assert queries.rhythm_of(group) == {LetterMoment.DAY, LetterMoment.MONTH}
    assert queries.rhythm_of(cast.other.community) == queries.ALL
    assert [row.ids["moments"] for row in FactRow.objects.filter(name="RhythmSet")] == [["month", "day"]]
    page = f"/{own.community.slug}/meetings/rhythm/"
    browser = client_of(own.lead)
    assert set(browser.get(page).context["form"]["moments"].value()) == {"month", "day"}
    assert browser.post(page, {"moments": ["fortnight"]}).status_code == 302
    assert queries.rhythm_of(own.community) == {LetterMoment.FORTNIGHT}
    assert browser.post(page, {"moments": ["now"]}).status_code == 422
    assert client_of(own.keeper).get(page).status_code == 403
