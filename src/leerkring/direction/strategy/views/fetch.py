"""What several views of this app begin with."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.direction.strategy import access, queries
from leerkring.direction.strategy.models import Activity, Goal
from leerkring.platform.rules import EditedMeanwhile


def goal_or_404(request: HttpRequest, slug: str, goal_id: int) -> tuple[Community, Goal]:
    community = community_or_404(request, slug)
    return community, get_object_or_404(queries.goals_visible_to(person_of(request), community), pk=goal_id)


def activity_or_404(request: HttpRequest, slug: str, activity_id: int) -> tuple[Community, Activity]:
    community = community_or_404(request, slug)
    activities = queries.activities_visible_to(person_of(request), community)
    return community, get_object_or_404(activities, pk=activity_id)


def require_team(request: HttpRequest, community: Community) -> None:
    """403 for who can only read."""
    if not access.may_set_goals(person_of(request), community):
        raise PermissionDenied(_("Goals and activities are written by the programme team."))


def posted_again(request: HttpRequest, edited: EditedMeanwhile) -> QueryDict:
    """What was sent, with the revision of now: saving once more is then a choice that was made knowingly."""
    data = request.POST.copy()
    data["revision"] = str(edited.revision)
    return data
