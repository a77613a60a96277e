from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.dossier.access import may_ask_dossier
from leerkring.platform.ui import slots
from leerkring.platform.ui.slots import NavItem


def _of_the_team(person: Person | None, community: Community | None) -> bool:
    return community is not None and may_ask_dossier(person, community)


slots.nav(NavItem(_("Dossier"), "dossier:dossiers_page", order=58, place="person", shown=_of_the_team))
