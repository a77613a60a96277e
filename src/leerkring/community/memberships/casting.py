"""Whom one can be in the demo: one invented person for each role and for most levels of each programme."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.community.accounts.actions import demo_link
from leerkring.community.memberships import queries
from leerkring.community.memberships.enums import Level, Role
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person

TRY_ROLE: dict[Role, str | Promise] = {
    Role.TEAM: _("See what is stuck, set the next version, invite people."),
    Role.KEEPER: _("Sharpen a question, and compare two versions."),
    Role.FACILITATOR: _("Write down the harvest of a meeting, one line each."),
    Role.CONTACT: _("Write the one page of results of your group."),
    Role.SPONSOR: _("See what waits for your answer, without names."),
    Role.PARTNER: _("See only the group that you help."),
}
TRY_LEVEL: dict[Level, str | Promise] = {
    Level.CORE: _("Follow a question from the agenda to what changed."),
    Level.ACTIVE: _("Raise a question, and join a group."),
    Level.FOLLOWER: _("Read along, and step in without explaining."),
}


@dataclass(frozen=True)
class Player:
    person: Person
    what: str
    to_try: str | Promise
    link: str


@dataclass(frozen=True)
class Programme:
    name: str
    players: list[Player]


def cast() -> list[Programme]:
    """Programmes of sample data with their players, then those who keep the settings."""
    programmes = [Programme(community.name, _players(community)) for community in queries.sample_programmes()]
    keepers = [
        _player(person, _("platform admin"), _("Add a part to an organisation, or try to remove one that is in use."))
        for person in queries.platform_admins()
        if person.is_sample
    ]
    keepers += [
        _player(admin.person, _("organisation admin"), _("See the people of your own organisation, and nothing else."))
        for admin in queries.sample_admins()
    ]
    return [*programmes, Programme(str(_("Those who keep the lists")), keepers)] if keepers else programmes


def _players(community: Community) -> list[Player]:
    players: dict[int, Player] = {}
    grants = list(queries.sample_grants(community))
    for role in queries.ROLE_ORDER:
        holder = next((g.person for g in grants if g.role == role and g.person_id not in players), None)
        if holder is not None:
            players[holder.pk] = _player(holder, role.label, TRY_ROLE[role])
    for level, to_try in TRY_LEVEL.items():
        member = queries.sample_members(community, level).exclude(person__in=list(players)).first()
        if member is not None:
            players[member.person_id] = _player(member.person, level.label, to_try)
    return list(players.values())


def _player(person: Person, what: object, to_try: str | Promise) -> Player:
    assert person.account is not None  # noqa: S101 - people who are here have one
    return Player(person, str(what), to_try, demo_link(person.account))
