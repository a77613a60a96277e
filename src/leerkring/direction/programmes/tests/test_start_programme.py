import pytest
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver

from leerkring.community.memberships.enums import Role
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import holders
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.addresses import reserved_words
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.models import Programme
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_organisation


def start(cast: Cast, by: Person, slug: str = "west-brabant") -> Programme:
    return actions.start_programme(
        kind=ProgrammeKind.LEERPROGRAMMA,
        name="Circulair West-Brabant",
        slug=slug,
        headline="Leren van elkaars projecten",
        purpose="Zestien gemeenten leren samen.",
        host=make_organisation("Regio West-Brabant"),
        organisations=[make_organisation("Breda")],
        by=by,
    )


def test_starting_a_programme_opens_its_community_with_a_first_of_the_team(cast: Cast) -> None:
    programme = start(cast, cast.own.lead)

    community = programme.community
    assert (community.slug, community.name, community.is_public) == ("west-brabant", "Circulair West-Brabant", False)
    assert list(holders(community, Role.TEAM)) == [cast.own.lead]
    assert {o.name for o in community.organisations.all()} == {"Regio West-Brabant", "Breda"}
    assert [row.ids for row in FactRow.objects.filter(name="ProgrammeStarted")] == [{"programme_id": programme.pk}]


@pytest.mark.parametrize("slug", ["", "Een Twee", "a/b", "../x", "healthz", "static", "programmes", "eigen", "-a"])
def test_an_address_that_is_no_word_or_taken_or_fixed_is_refused(cast: Cast, slug: str) -> None:
    with pytest.raises(Refused):
        start(cast, cast.own.lead, slug)
    assert not Community.objects.filter(name="Circulair West-Brabant").exists()


def test_every_fixed_first_word_is_reserved() -> None:
    words = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert {word.strip("/") for word in words if word.strip("/") and "/" not in word and "<" not in word} <= (
        reserved_words()
    )
    assert {"healthz", "static"} <= reserved_words()
    assert not any("<" in word for word in reserved_words())


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_whoever_leads_nothing_starts_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        start(cast, getattr(cast.own, who))
    assert not FactRow.objects.exists()
