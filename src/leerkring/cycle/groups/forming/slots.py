"""On the page of a group: to each member why they are in it, and to nobody else (rule 7)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from leerkring.community.memberships.queries import standing_of
from leerkring.community.memberships.requests import person_of
from leerkring.cycle.groups.forming import own
from leerkring.cycle.groups.models import LearningGroup
from leerkring.platform.ui import slots


@slots.fill("group_page", order=5)
def own_reason(request: HttpRequest, group: LearningGroup, **more: Any) -> str | None:
    person = person_of(request)
    if person is None or group.circle_id not in standing_of(person).communities:
        return None
    if not getattr(group, "was_divided", True):
        return None
    reason = own.reason_of(person, group)
    return render_to_string("groups/forming/why.html", {"reason": reason}, request) if reason else None
