"""How much may be written to a team. By device and by programme, never by network address: an office is one address."""

from datetime import timedelta

from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.outward.publishing import queries
from leerkring.platform.rules import Refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PER_DEVICE = ((HOUR, 3), (DAY, 10))
PER_PROGRAMME = ((HOUR, 30), (DAY, 120))


class TooMuch(Refused):
    """Wait a little; what was typed stays."""


def check(community: Community, device: str) -> None:
    """Raises TooMuch."""
    if any(queries.sent_by_device(device, within).count() >= most for within, most in PER_DEVICE):
        raise TooMuch(
            _("You wrote several times already, and the team has it. Try again in an hour; your text stays here.")
        )
    if any(queries.sent_to(community, within).count() >= most for within, most in PER_PROGRAMME):
        raise TooMuch(_("Very many messages come in right now. Try again in an hour; your text stays here."))
