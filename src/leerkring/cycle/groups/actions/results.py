from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.people.models import Person
from leerkring.cycle.groups import access
from leerkring.cycle.groups.facts import ResultWritten
from leerkring.cycle.groups.models import LearningGroup, ResultPage
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def write_result(
    *,
    group: LearningGroup,
    meeting: Meeting,
    did: str,
    found: str,
    asks: str,
    by: Person,
    wants_to: str = "",
    revision: int | None = None,
) -> ResultPage:
    """Write the group's one page of results for a meeting. `revision` 0 means that there was no page yet.

    Raises PermissionDenied; Refused for a meeting of another programme or one that keeps no text; EditedMeanwhile
    when somebody else wrote since `revision`.
    """
    if not access.may_write_result(by, group):
        raise PermissionDenied
    if meeting.community.root_pk != group.community_id:
        raise Refused(_("This meeting belongs to another programme. Choose one of this programme."))
    if not meeting.keeps_text:
        raise Refused(_("What is said in this meeting stays there. Choose another meeting to present at."))
    texts = {"did": did, "found": found, "asks": asks, "wants_to": wants_to}
    with transaction.atomic():
        group.lock()
        page = ResultPage.objects.filter(group=group, meeting=meeting).first()
        if page is None:
            page = ResultPage(group=group, meeting=meeting, revision=0)
        else:
            if all(getattr(page, name) == text for name, text in texts.items()):
                return page
            page.check_revision(revision, **texts)
        for name, text in texts.items():
            setattr(page, name, text)
        page.changed(by=by, at=clock.now())
        check_fields(page)
        page.save()
        facts.record(
            ResultWritten(
                community_id=group.community_id,
                by_id=by.pk,
                group_id=group.pk,
                meeting_id=meeting.pk,
                revision=page.revision,
            )
        )
    return page
