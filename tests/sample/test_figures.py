"""The figures of the two cases, as they are public."""

import pytest

from leerkring.community.memberships.models import Community
from leerkring.overview.figures.queries import figures_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def test_west_brabant() -> None:
    found = figures_of(Community.objects.get(slug="west-brabant"), whole=True).as_json()
    assert (found["participants"], found["organisations"], found["members_at_start"]) == (25, 16, 25)
    assert (found["meetings"]["workshop"], found["meetings"]["intervisie"]) == (4, 2)
    assert min(found["completed"].values()) >= 5


def test_amsterdam() -> None:
    found = figures_of(Community.objects.get(slug="amsterdam"), whole=True).as_json()
    assert (found["members_at_start"], found["members_now"], found["units"]) == (75, 175, 9)
    assert (found["themes"], found["groups"], found["versions"]) == (3, 8, 2)
    assert found["meetings"]["werkplaats"] == 2
    assert found["activities"] >= 70
    assert found["norms"] == found["uptakes"]["5"] >= 1
    assert found["stopped"] >= 1
    assert all(found["uptakes"].values())
