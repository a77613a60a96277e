from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.formats.werkplaats import access
from leerkring.formats.werkplaats.actions.rounds import lock_round
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.facts import VersionSetInRoom
from leerkring.formats.werkplaats.ground import require_open
from leerkring.formats.werkplaats.models import Room, Round, Step
from leerkring.formats.werkplaats.steps import Changes, inverse_of, write_step
from leerkring.platform import facts
from leerkring.platform.rules import Refused


def set_version_of_room(*, round: Round, by: Person, revision: int, note: str = "") -> AgendaVersion:
    """Set the next version of the agenda in front of everyone, tied to this meeting.

    `revision` is that of the draft on the screen. Raises PermissionDenied below keeper, AlreadySet, and Refused when
    the draft is empty or changed since.
    """
    with transaction.atomic():
        room = lock_round(round, by)
        require_open(round, RoundKind.SET_VERSION)
        if not access.may_set_version(by, room):
            raise PermissionDenied
        meeting = room.meeting
        version = agenda.set_version(
            community=meeting.community.root or meeting.community, by=by, revision=revision, meeting=meeting, note=note
        )
        write_step(room, "set_version", by, Changes(), version_id=version.pk)
        facts.record(
            VersionSetInRoom(
                community_id=room.community_id, by_id=by.pk, room_id=room.pk, round_id=round.pk, version_id=version.pk
            )
        )
    return version


@inverse_of("set_version")
def _stay_set(room: Room, step: Step, by: Person) -> None:
    raise Refused(_("A version that is set never changes. Change the draft and set a new version."))
