from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups import access, queries
from leerkring.cycle.groups.facts import (
    TransitionRoleBroughtBack,
    TransitionRoleChanged,
    TransitionRolePut,
    TransitionRoleRetired,
    TransitionRolesStarted,
)
from leerkring.cycle.groups.models import TransitionRole
from leerkring.platform import facts
from leerkring.platform.rules import Refused, check_fields


def start_transition_roles(*, community: Community, by: Person) -> list[TransitionRole]:
    """Give a programme the three usual roles, in the language of who starts. A programme that has roles keeps them.

    Raises PermissionDenied below the team.
    """
    if not access.may_edit_roles(by, community):
        raise PermissionDenied
    usual = [
        (_("connector"), _("Brings people together who need each other and do not know it yet.")),
        (_("coalition builder"), _("Finds who wants the same, and makes it a plan that several carry.")),
        (_("area broker"), _("Knows one area and its people, and links plans to what is needed there.")),
    ]
    with transaction.atomic():
        root = Community.objects.select_for_update().get(pk=community.root_pk)
        roles = list(queries.transition_roles_of(root))
        if not roles:
            for position, (name, meaning) in enumerate(usual):
                roles.append(
                    TransitionRole.objects.create(community=root, name=name, meaning=meaning, position=position)
                )
            facts.record(TransitionRolesStarted(community_id=root.pk, by_id=by.pk, role_count=len(roles)))
    return roles


def put_transition_role(*, community: Community, name: str, by: Person, meaning: str = "") -> TransitionRole:
    """Add a role to the programme's set. Raises PermissionDenied; Refused for a name in use."""
    if not access.may_edit_roles(by, community):
        raise PermissionDenied
    with transaction.atomic():
        root = Community.objects.select_for_update().get(pk=community.root_pk)
        _refuse_name_in_use(root, name)
        last = queries.transition_roles_of(root).aggregate(last=Max("position"))["last"]
        role = TransitionRole(community=root, name=name, meaning=meaning, position=0 if last is None else last + 1)
        check_fields(role)
        role.save()
        facts.record(TransitionRolePut(community_id=root.pk, by_id=by.pk, role_id=role.pk))
    return role


def change_transition_role(*, role: TransitionRole, name: str, meaning: str, by: Person) -> TransitionRole:
    """Word a role anew. Raises PermissionDenied; Refused for a name in use."""
    if not access.may_edit_roles(by, role.community):
        raise PermissionDenied
    with transaction.atomic():
        _refuse_name_in_use(role.community, name, own=role)
        role.name = name
        role.meaning = meaning
        check_fields(role)
        role.save(update_fields=["name", "meaning"])
        facts.record(TransitionRoleChanged(community_id=role.community_id, by_id=by.pk, role_id=role.pk))
    return role


def retire_transition_role(*, role: TransitionRole, by: Person) -> None:
    """Offer a role no longer; who has it keeps it. Twice is once. Raises PermissionDenied."""
    if not access.may_edit_roles(by, role.community):
        raise PermissionDenied
    with transaction.atomic():
        if TransitionRole.objects.filter(pk=role.pk, is_retired=False).update(is_retired=True):
            facts.record(TransitionRoleRetired(community_id=role.community_id, by_id=by.pk, role_id=role.pk))


def bring_back_transition_role(*, role: TransitionRole, by: Person) -> None:
    """Offer a retired role again. Raises PermissionDenied."""
    if not access.may_edit_roles(by, role.community):
        raise PermissionDenied
    with transaction.atomic():
        if TransitionRole.objects.filter(pk=role.pk, is_retired=True).update(is_retired=False):
            facts.record(TransitionRoleBroughtBack(community_id=role.community_id, by_id=by.pk, role_id=role.pk))


def _refuse_name_in_use(community: Community, name: str, *, own: TransitionRole | None = None) -> None:
    others = queries.transition_roles_of(community).filter(name__iexact=name)
    if own is not None:
        others = others.exclude(pk=own.pk)
    if others.exists():
        raise Refused(_("There is a role called %(name)s already. Choose another name.") % {"name": name})
