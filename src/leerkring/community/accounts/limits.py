"""How often one may ask for a link or try a code.

Counted by device and by address, never by network address: a hall of 2,000 phones is one network address. A device
that signed in with the address before has turns of its own, so that a stranger cannot keep its owner out.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from leerkring.community.accounts import queries
from leerkring.platform.rules import Refused
from leerkring.platform.ui.days import time_words

ASKS_WINDOW = timedelta(minutes=15)
ASKS_PER_ADDRESS = 5
DEVICE_WINDOW = timedelta(hours=1)
ASKS_PER_DEVICE = 20
WRONG_CODES_PER_TICKET = 5
WRONG_CODES_PER_DAY = 50


class TooOften(Refused):
    """Wait a little. Says nothing about whether anybody has the address."""


def check_asking(address: str, device: str) -> None:
    """Raises TooOften."""
    of_device = queries.asks_of_device(device, DEVICE_WINDOW)
    _check(list(of_device.order_by("-asked_at").values_list("asked_at", flat=True)), ASKS_PER_DEVICE, DEVICE_WINDOW)
    asked = queries.asks_for_address(address, ASKS_WINDOW)
    if queries.is_known_device(address, device):
        asked = asked.filter(device=device)
    _check(list(asked.order_by("-asked_at").values_list("asked_at", flat=True)), ASKS_PER_ADDRESS, ASKS_WINDOW)


def check_code(address: str, device: str) -> None:
    """Raises TooOften."""
    if queries.is_known_device(address, device):
        return
    if queries.wrong_codes_today(address) >= WRONG_CODES_PER_DAY:
        raise TooOften(_("Too many wrong codes today. Open the link in the e-mail instead."))


def _check(newest_first: list[datetime], allowed: int, window: timedelta) -> None:
    if len(newest_first) < allowed:
        return
    again_at = newest_first[allowed - 1] + window
    raise TooOften(
        _("You asked several times already. Look in your mail, or ask again after %(time)s.")
        % {"time": time_words(again_at)}
    )
