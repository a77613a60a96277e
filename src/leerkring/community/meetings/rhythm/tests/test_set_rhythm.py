"""Which letters go out around each meeting: the team says it, a group follows its programme."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings.rhythm import actions, queries
from leerkring.community.meetings.rhythm.days import USUAL, letter_in_words
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.memberships.enums import CommunityKind
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_the_team_says_which_letters_go_out(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    group = Community.objects.create(kind=CommunityKind.GROUP, name="Groep", root=own.community)
    assert queries.rhythm_of(group) == USUAL
    with pytest.raises(PermissionDenied):
        actions.set_rhythm(community=own.community, letters={}, by=own.facilitator)
    for _twice in range(2):
        actions.set_rhythm(community=own.community, letters={LetterMoment.DAY: 1, LetterMoment.MONTH: 45}, by=own.lead)
    assert queries.rhythm_of(group) == {LetterMoment.DAY: 1, LetterMoment.MONTH: 45}
    assert queries.rhythm_of(cast.other.community) == USUAL
    assert [(row.ids["moments"], row.ids["days"]) for row in FactRow.objects.filter(name="RhythmSet")] == [
        (["month", "day"], [45, 1])
    ]
    for days in (23, 61):
        with pytest.raises(Refused):
            actions.set_rhythm(community=own.community, letters={LetterMoment.MONTH: days}, by=own.lead)
    page = f"/{own.community.slug}/meetings/rhythm/"
    browser = client_of(own.lead)
    shown = browser.get(page)
    assert shown.context["letters"] == ["45 dagen vooraf: houd de dag vrij", "de dag ervoor: waar en wanneer"]
    assert (shown.context["form"]["month"].value(), shown.context["form"]["month_days"].value()) == (True, 45)
    assert browser.post(page, {"fortnight": "on", "fortnight_days": "10"}).status_code == 302
    assert queries.rhythm_of(own.community) == {LetterMoment.FORTNIGHT: 10}
    wrong = browser.post(page, {"days": "on", "days_days": "7"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"days_days"})
    assert browser.post(page, {"month": "on", "month_days": ""}).status_code == 302
    assert queries.rhythm_of(own.community) == {LetterMoment.MONTH: 45}, "as it was before it was switched off"
    assert client_of(own.keeper).get(page).status_code == 403


@pytest.mark.parametrize(
    ("moment", "days", "said"),
    [
        (LetterMoment.MONTH, 30, "een maand vooraf: houd de dag vrij"),
        (LetterMoment.MONTH, 42, "6 weken vooraf: houd de dag vrij"),
        (LetterMoment.FORTNIGHT, 10, "10 dagen vooraf: het programma van de dag"),
        (LetterMoment.DAY, 1, "de dag ervoor: waar en wanneer"),
        (LetterMoment.AFTERWARDS, 1, "de dag erna: wat het opleverde"),
        (LetterMoment.AFTERWARDS, 3, "3 dagen erna: wat het opleverde"),
    ],
)
def test_days_are_said_as_people_say_them(moment: LetterMoment, days: int, said: str) -> None:
    assert letter_in_words(moment, days) == said
