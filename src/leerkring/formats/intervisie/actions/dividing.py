"""Having the groups formed, and making them of what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.forming import actions as forming_actions
from leerkring.cycle.groups.forming import queries as forming_queries
from leerkring.cycle.groups.forming.models import Forming
from leerkring.formats.intervisie import access, queries
from leerkring.formats.intervisie.actions.groups import form_group
from leerkring.formats.intervisie.forming import REF, WEIGHTS, people_for, tables_for
from leerkring.formats.intervisie.ground import require
from leerkring.formats.intervisie.models import IntervisieGroup


def have_groups_formed(*, community: Community, size: int, by: Person) -> Forming:
    """Ask the former to divide all who have no group yet. Asked again while it is at it, nothing changes.

    Raises PermissionDenied, and Refused when everybody has a group.
    """
    require(access.may_form_groups(by, community))
    people = list(queries.people_without_group(community))
    return forming_actions.form_circles(
        community=community, ref=REF, title=_("Intervisie groups"), tables=tables_for(len(people), size),
        people=people_for(people), weights=WEIGHTS, by=by,
    )  # fmt: skip


def form_groups(
    *, community: Community, groups: Sequence[tuple[str, Iterable[Person]]], by: Person
) -> list[IntervisieGroup]:
    """All of them or none, by name and people; the division that waited is done. Raises PermissionDenied, Refused."""
    with transaction.atomic():
        made = [form_group(community=community, name=name, people=people, by=by) for name, people in groups]
        if waiting := forming_queries.forming_in(community, REF):
            forming_actions.close_forming(forming=waiting, by=by)
    return made
