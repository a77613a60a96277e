"""What every action on a division begins and ends with: the locked row, and the note that it changed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.groups.facts import FormingChanged
from leerkring.cycle.groups.forming.access import may_prepare_forming
from leerkring.cycle.groups.forming.models import Forming
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused


def lock_to_prepare(forming: Forming, by: Person) -> None:
    """Hold the division for one change. Raises PermissionDenied; Refused while it is being formed, or once used."""
    lock_unused(forming, by)
    if forming.is_busy(clock.now()):
        raise Refused(_("The groups are being formed right now. Wait a moment, then change this."))


def lock_unused(forming: Forming, by: Person) -> None:
    """The same, also while it is being formed."""
    if not may_prepare_forming(by, forming):
        raise PermissionDenied
    forming.lock()
    if forming.is_used:
        raise Refused(_("These groups are made by now. Change a group on its own page."))


def require_no_groups(forming: Forming) -> None:
    """Raises Refused once a format made groups of it."""
    if forming.possible_groups.filter(group__isnull=False).exists():
        raise Refused(_("These groups are made by now. Change a group on its own page."))


def note_change(forming: Forming, by: Person) -> None:
    forming.revision += 1
    forming.save(update_fields=["revision"])
    facts.record(
        FormingChanged(community_id=forming.community_id, by_id=by.pk, forming_id=forming.pk, revision=forming.revision)
    )
