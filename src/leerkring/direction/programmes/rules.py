"""What has to be true of a programme and its rows before an action keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Door
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Unit
from leerkring.direction.programmes.addresses import SLUG, reserved_words
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.platform import clock
from leerkring.platform.rules import EditedMeanwhile, Refused, check_fields

OF_COMMUNITY = frozenset({"name", "is_public", "follow_door", "member_door"})


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refused(_("Use small letters, digits and hyphens for the address, such as west-brabant."))
    if slug in reserved_words():
        raise Refused(_("The address %(slug)s is a page of Leerkring itself. Choose another one.") % {"slug": slug})
    if Community.objects.filter(slug=slug).exists():
        raise Refused(_("The address %(slug)s is taken. Choose another one.") % {"slug": slug})


def check_edition(edition: Edition) -> None:
    check_fields(edition)
    if edition.ends_on < edition.starts_on:
        raise Refused(_("The end comes before the start. Change one of the two."))


def check_unit(organisation: Organisation, unit: Unit | None) -> None:
    if unit is not None and unit.organisation_id != organisation.pk:
        raise Refused(
            _("%(unit)s is not a part of %(organisation)s.") % {"unit": unit.name, "organisation": organisation.name}
        )


def check_revision(theirs: Programme, revision: int | None, mine: Mapping[str, Any]) -> None:
    """Raises EditedMeanwhile, with both texts of the fields that differ, when somebody else was first."""
    if revision is None or revision == theirs.revision:
        return
    differing = [name for name, value in mine.items() if value_of(theirs, name) != value]
    raise EditedMeanwhile(
        theirs="\n".join(_line(theirs, name, value_of(theirs, name)) for name in differing),
        mine="\n".join(_line(theirs, name, mine[name]) for name in differing),
        by_name=theirs.changed_by.name if theirs.changed_by else "",
        at=theirs.changed_at or clock.now(),
        revision=theirs.revision,
    )


def value_of(programme: Programme, name: str) -> Any:
    return getattr(programme.community if name in OF_COMMUNITY else programme, name)


def _line(programme: Programme, name: str, value: Any) -> str:
    owner = Community if name in OF_COMMUNITY else Programme
    words = _("open to everybody") if name == "is_public" else str(owner._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    if name in ("follow_door", "member_door"):
        value = Door(value).label
    return f"{words[:1].upper()}{words[1:]}: {'' if value is None else value}"
