from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leerkring.community.memberships.models import Community
from leerkring.platform.facts.models import FactRow


def facts_named(name: str, community: Community | None = None) -> list[dict[str, Any]]:
    """Who did it and to what; in this community, if one is given."""
    rows = FactRow.objects.filter(name=name).order_by("id")
    if community is not None:
        rows = rows.filter(community_id=community.pk)
    return [{"by": row.by_id, **row.ids} for row in rows]


def count_queries(browser: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page).status_code == 200
    return len(captured)
