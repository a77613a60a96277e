"""What the sample programmes publish: read by everybody, and nobody named who did not agree."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import queries
from leerkring.platform import clock
from tests.cast import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def test_both_cases_are_told_to_everybody(client_of: Callable[[Person | None], Client]) -> None:
    with clock.at(START):
        found = {slug: queries.public_publications(Community.objects.get(slug=slug)) for slug in
                 ("west-brabant", "amsterdam")}  # fmt: skip
        assert {slug: len(rows) for slug, rows in found.items()} == {"west-brabant": 3, "amsterdam": 3}
        newest = found["amsterdam"][0]
        page = client_of(None).get(f"/amsterdam/publications/{newest.pk}/").content.decode()
        assert newest.names == ["Noor de Wit", "Tarik Bouzidi"]
        assert "Elif" not in page, "asked, but did not answer yet; and her reaction waits"
        assert queries.waiting_reactions(newest.community).count() == 1
