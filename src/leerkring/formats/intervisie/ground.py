"""What actions ask of a row before they change it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leerkring.formats.intervisie.models import IntervisieGroup, Round
from leerkring.platform.rules import Refused


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def lock_group(group: IntervisieGroup) -> None:
    """Hold the group, as it is now. To be called inside a transaction."""
    group.refresh_from_db(
        fields=["agreements", "agreements_revision", "closed_at"],
        from_queryset=IntervisieGroup.objects.select_for_update(no_key=True),
    )


def lock_round(round_: Round) -> None:
    """Hold the round, as it is now. To be called inside a transaction. Raises Refused when it was removed."""
    fields = [field.name for field in Round._meta.concrete_fields if field.name not in ("id", "group", "meeting")]
    try:
        round_.refresh_from_db(fields=fields, from_queryset=Round.objects.select_for_update(no_key=True))
    except Round.DoesNotExist:
        raise Refused(_("This round is not there any more.")) from None


def one_line(text: str) -> str:
    return " ".join(text.split())
