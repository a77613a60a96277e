"""A prepared question answers as the queryset that it was made of, whatever is asked."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.prepared import prepared

pytestmark = pytest.mark.django_db


def named(name: str, community: int) -> QuerySet[FactRow]:
    return FactRow.objects.filter(name=name, community_id=community).order_by("id")


def test_it_answers_as_the_queryset_does() -> None:
    now = clock.now()
    for at, (name, community) in enumerate([("Einde", 1), ("Begin", 1), ("Begin", 2), ("Begin", 1)]):
        FactRow.objects.create(name=name, community_id=community, at=now + timedelta(hours=at), ids={"of": at})
    rows = prepared(str, int)(named)
    for asked in (("Begin", 1), ("Begin", 2), ("Einde", 1), ("Anders", 1), ("prepared-0", 7)):
        assert rows(*asked) == list(named(*asked))
    first = rows.first("Begin", 2)
    assert first is not None
    assert (first.at, first.ids, rows.first("Einde", 2)) == (now + timedelta(hours=2), {"of": 2}, None)

    later = prepared(type(now))(lambda since: FactRow.objects.filter(at__gt=since).values_list("name", "at"))
    assert [name for name, _at in later(now + timedelta(hours=1))] == ["Begin", "Begin"]
    assert later(now + timedelta(hours=3)) == []


def test_a_value_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="parameter"):
        prepared(str, int)(lambda name, _count: FactRow.objects.filter(name=name))("Begin", 1)
