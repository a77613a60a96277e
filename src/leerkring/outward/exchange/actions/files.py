from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.exchange import access, queries, sheets
from leerkring.outward.exchange.enums import ImportKind
from leerkring.outward.exchange.facts import ListLooked, ListSentBack, ListWaits
from leerkring.outward.exchange.models import WaitingFile
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused

WAITING_AT_ONCE = 10


def keep_file(*, community: Community, kind: ImportKind, file_name: str, content: bytes, by: Person) -> WaitingFile:
    """Keep an uploaded list until its owner has decided; what has waited for a day goes.

    Raises PermissionDenied, Unreadable when it is no list.
    """
    if not access.may_import(by, community):
        raise PermissionDenied
    sheets.read(file_name, content)
    with transaction.atomic():
        queries.old_waiting_files().delete()
        if queries.waiting_files_of(by, community).count() >= WAITING_AT_ONCE:
            raise Refused(_("Several of your lists wait already. Import them, or throw them away."))
        waiting = WaitingFile.objects.create(
            community=community, kind=kind, file_name=file_name[-255:], content=content, at=clock.now(), by=by
        )
        facts.record(ListWaits(community_id=community.pk, by_id=by.pk, waiting_id=waiting.pk))
    return waiting


def keep_choices(*, waiting: WaitingFile, choices: dict[str, Any], by: Person) -> None:
    """Keep what was decided about a waiting list. Raises PermissionDenied."""
    if not access.may_decide(by, waiting):
        raise PermissionDenied
    with transaction.atomic():
        waiting.choices = choices
        waiting.save(update_fields=["choices"])
        facts.record(ListLooked(community_id=waiting.community_id, by_id=by.pk, waiting_id=waiting.pk))


def send_back(*, waiting: WaitingFile, by: Person) -> None:
    """Throw a waiting list away. Raises PermissionDenied."""
    if not access.may_decide(by, waiting):
        raise PermissionDenied
    with transaction.atomic():
        facts.record(ListSentBack(community_id=waiting.community_id, by_id=by.pk, waiting_id=waiting.pk))
        waiting.delete()
