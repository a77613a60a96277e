"""An intervisie group with a round that is planned, a method of the programme and a learning point of its member."""

from __future__ import annotations

from datetime import timedelta

from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import Label, Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import CaseBringer
from leerkring.platform import clock
from tests.cast import grant


def a_round_of_intervisie(
    community: Community, lead: Person, member: Person | None, contact: Person | None
) -> dict[str, object]:
    assert member
    assert contact
    method = actions.copy_method(community=community, sheet=SHEETS[BuiltIn.FIVE_STEPS], by=lead)
    group = actions.form_group(community=community, name="Kring", people=[member, contact], by=lead)
    grant(contact, group.circle, Role.CONTACT)
    for place, person in enumerate((member, contact), start=1):
        CaseBringer.objects.create(group=group, person=person, turns_count=1, place=place)
    memberships.forget_standings()
    point = actions.release_point(group=group, sentence="Vraag het eerder.", label=Label.PUBLIC, by=member)
    round_ = actions.plan_round_on(
        group=group, starts_at=clock.now() + timedelta(days=3), sheet=SHEETS[BuiltIn.INCIDENT], by=lead
    )
    return {
        "method_key": str(method.pk),
        "intervisie_id": group.pk,
        "intervisie_round_id": round_.pk,
        "point_id": point.pk,
    }
