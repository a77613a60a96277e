from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from leerkring.community.meetings import access, filetypes, queries, rules
from leerkring.community.meetings.facts import MaterialAdded, MaterialRemoved, MaterialRestored
from leerkring.community.meetings.models import Material, Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields

KEPT_FOR = timedelta(days=7)


def add_material(
    *,
    meeting: Meeting,
    title: str,
    by: Person,
    url: str = "",
    file: UploadedFile | None = None,
    label: Label | None = None,
) -> Material:
    """Add a link or a file, told by its content. Raises PermissionDenied, and Refused, for an intervisie always."""
    rules.require(access.may_change_meeting(by, meeting))
    if not meeting.keeps_text:
        raise Refused(_("An intervisie keeps no text and no files. What is said here stays here."))
    if bool(url) == (file is not None):
        raise Refused(_("Give a link or a file: one of the two."))
    material = Material(
        meeting=meeting,
        community=meeting.community,
        title=title.strip(),
        url=url.strip(),
        label=label or meeting.label,
        added_by=by,
        added_at=clock.now(),
    )
    if file is not None:
        if (file.size or 0) > filetypes.MAX_BYTES:
            raise Refused(_("This file is larger than 20 MB. Make it smaller, or put it elsewhere and give the link."))
        extension, material.content_type = filetypes.kind_of(file, file.name or "")
        material.file_name = filetypes.shown_name(file.name or "", extension)
        material.size = file.size or 0
        file.name = f"{get_random_string(32)}.{extension}"
        material.file = file
    check_fields(material, leave_out={"file"})
    with transaction.atomic():
        material.save()
        _throw_away_old()
        facts.record(
            MaterialAdded(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, material_id=material.pk
            )
        )
    return material


def remove_material(*, material: Material, by: Person) -> None:
    """Take it away at once; `restore_material` puts it back for a week, after which the file is thrown away.

    Raises PermissionDenied.
    """
    meeting = material.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        if not Material.objects.filter(pk=material.pk, removed_at__isnull=True).update(removed_at=clock.now()):
            return
        facts.record(
            MaterialRemoved(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, material_id=material.pk
            )
        )
        _throw_away_old()


def restore_material(*, material: Material, by: Person) -> None:
    """Put it back. Raises PermissionDenied."""
    meeting = material.meeting
    rules.require(access.may_change_meeting(by, meeting))
    with transaction.atomic():
        if not Material.objects.filter(pk=material.pk, removed_at__isnull=False).update(removed_at=None):
            return
        facts.record(
            MaterialRestored(
                community_id=meeting.community_id, by_id=by.pk, meeting_id=meeting.pk, material_id=material.pk
            )
        )


def _throw_away_old() -> None:
    for old in queries.removed_materials_before(clock.now() - KEPT_FOR):
        file = old.file
        old.delete()
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name))
