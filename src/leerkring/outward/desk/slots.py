from django.utils.translation import gettext_lazy as _

from leerkring.outward.desk.access import may_open_desk
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _shown(person: object, community: object) -> bool:
    return person is not None and community is not None and may_open_desk(person, community)  # type: ignore[arg-type]


slots.nav(NavItem(_("Today"), "desk:today_page", order=10, shown=_shown))
