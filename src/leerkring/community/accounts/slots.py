from django.utils.translation import gettext_lazy as _

from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem

slots.nav(NavItem(_("Sign out"), "accounts:sign_out", order=90, everywhere=True, place="person", posts=True))
