"""What has to be true of a programme and its rows before an action keeps them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Unit
from leerkring.direction.programmes.addresses import SLUG, reserved_words
from leerkring.direction.programmes.models import Edition
from leerkring.direction.programmes.queries import Span
from leerkring.platform.rules import Refused, check_fields
from leerkring.platform.ui.days import date_words


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise Refused(_("Use lower-case letters, digits and hyphens for the address, such as west-brabant."))
    if slug in reserved_words():
        raise Refused(_("The address %(slug)s is a page of Leerkring itself. Choose another one.") % {"slug": slug})
    if Community.objects.filter(slug=slug).exists():
        raise Refused(_("The address %(slug)s is taken. Choose another one.") % {"slug": slug})


def check_edition(edition: Edition) -> None:
    check_fields(edition)
    if edition.ends_on < edition.starts_on:
        raise Refused(_("The end comes before the start. Change one of the two."))


def check_frame(edition: Edition, meetings: Span | None) -> None:
    """The days that somebody chooses hold all meetings of the edition."""
    if meetings is None:
        return
    if edition.starts_on > meetings.first:
        raise Refused(
            _("The first meeting is on %(day)s. Begin on that day or before, or move the meeting first.")
            % {"day": date_words(meetings.first, "long")}
        )
    if edition.ends_on < meetings.last:
        raise Refused(
            _("The last meeting is on %(day)s. End on that day or later, or move the meeting first.")
            % {"day": date_words(meetings.last, "long")}
        )


def check_unit(organisation: Organisation, unit: Unit | None) -> None:
    if unit is not None and unit.organisation_id != organisation.pk:
        raise Refused(
            _("%(unit)s is not a part of %(organisation)s.") % {"unit": unit.name, "organisation": organisation.name}
        )
