from typing import Any

from django.utils.translation import gettext_lazy as _

from leerkring.community.people.access import may_keep_settings
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _keeps_settings(person: Any, community: Any) -> bool:
    return may_keep_settings(person)


slots.nav(
    NavItem(_("My profile"), "people:profile_page", order=10, everywhere=True, place="person"),
    NavItem(_("Settings"), "people:platform_page", order=60, everywhere=True, place="person", shown=_keeps_settings),
)
