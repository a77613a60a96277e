"""What several views of this app begin with: the row of the address as far as it exists for who asks."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, queries
from leerkring.community.meetings.evaluation.queries import with_evaluation
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.platform.rules import EditedMeanwhile, Refused


def meeting_or_404(
    request: HttpRequest, slug: str, meeting_id: int, *, whole: bool = False
) -> tuple[Community, Meeting]:
    """`whole`: for its own page, with what stands on it at hand."""
    community = community_or_404(request, slug)
    meetings = queries.meetings_visible_to(person_of(request), community)
    return community, get_object_or_404(with_evaluation(meetings) if whole else meetings, pk=meeting_id)


def led_meeting(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting]:
    """A meeting that this person may change; 403 when it can only be read."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    if not access.may_change_meeting(person_of(request), meeting):
        raise PermissionDenied(_("This is for the facilitator. Ask them, or the programme team."))
    return community, meeting


def attended_meeting(request: HttpRequest, slug: str, meeting_id: int) -> tuple[Community, Meeting]:
    """A meeting whose attendance this person may see; 403 when it can only be read."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    if not access.may_note_attendance(person_of(request), meeting):
        raise PermissionDenied(_("Who was there is for the facilitator of this meeting and the programme team."))
    return community, meeting


def led_item(
    request: HttpRequest, slug: str, meeting_id: int, item_id: int, *, removed: bool = False
) -> tuple[Community, Meeting, RunSheetItem]:
    community, meeting = led_meeting(request, slug, meeting_id)
    items = queries.items_to_restore(meeting) if removed else queries.items_of(meeting)
    item = get_object_or_404(items, pk=item_id)
    item.meeting = meeting
    return community, meeting, item


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action did it; a refusal is written on the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def posted_again(request: HttpRequest, edited: EditedMeanwhile) -> QueryDict:
    """What was sent, with the revision of now: saving once more is then a choice that was made knowingly."""
    data = request.POST.copy()
    data["revision"] = str(edited.revision)
    return data
