from django.utils.translation import gettext_lazy as _

from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem

slots.nav(NavItem(_("Meetings"), "meetings:meetings_page", order=50))
