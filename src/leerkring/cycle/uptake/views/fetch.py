"""What several views of this app begin with: the row of the address as far as it exists for who asks."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.cycle.uptake import access, queries
from leerkring.cycle.uptake.models import Change, Commitment, Initiative, Uptake
from leerkring.platform.rules import EditedMeanwhile, Refused

Done = TypeVar("Done")


def change_or_404(request: HttpRequest, slug: str, change_id: int) -> tuple[Community, Change]:
    community = community_or_404(request, slug)
    changes = queries.changes_with_facts(person_of(request), community)
    return community, get_object_or_404(changes, pk=change_id)


def carried_change(request: HttpRequest, slug: str, change_id: int) -> tuple[Community, Change]:
    """A change that this person may change; 403 when it can only be read."""
    community, change = change_or_404(request, slug, change_id)
    must_carry(request, change)
    return community, change


def must_carry(request: HttpRequest, change: Change) -> None:
    if not access.may_carry(person_of(request), change):
        raise PermissionDenied(_("This change is carried by somebody else. Ask its carrier or the programme team."))


def uptake_or_404(request: HttpRequest, slug: str, uptake_id: int) -> tuple[Community, Uptake]:
    community = community_or_404(request, slug)
    uptakes = queries.uptakes_with_facts(person_of(request), community)
    return community, get_object_or_404(uptakes, pk=uptake_id)


def moved_uptake(request: HttpRequest, slug: str, uptake_id: int) -> tuple[Community, Uptake]:
    """An uptake that this person may move; 403 when it can only be read."""
    community, uptake = uptake_or_404(request, slug, uptake_id)
    must_move(request, uptake)
    return community, uptake


def must_move(request: HttpRequest, uptake: Uptake) -> None:
    if not access.may_move(person_of(request), uptake):
        raise PermissionDenied(_("This is for the carrier and the recipient. Ask them or the programme team."))


def commitment_or_404(request: HttpRequest, slug: str, commitment_id: int) -> tuple[Community, Commitment]:
    community = community_or_404(request, slug)
    commitments = queries.commitments_visible_to(person_of(request), community)
    return community, get_object_or_404(commitments, pk=commitment_id)


def own_commitment(request: HttpRequest, slug: str, commitment_id: int) -> tuple[Community, Commitment]:
    """A commitment of this person; 403 when it can only be read."""
    community, commitment = commitment_or_404(request, slug, commitment_id)
    if not access.may_keep_commitment(person_of(request), commitment):
        raise PermissionDenied(_("Only the person who made this commitment can do that."))
    return community, commitment


def initiative_or_404(request: HttpRequest, slug: str, initiative_id: int) -> tuple[Community, Initiative]:
    community = community_or_404(request, slug)
    initiatives = queries.initiatives_visible_to(person_of(request), community)
    return community, get_object_or_404(initiatives, pk=initiative_id)


def attempt(form: BaseForm, act: Callable[[], Done]) -> Done | None:
    """What the action gave, or None with its refusal written on the form. Two people at once pass through."""
    try:
        return act()
    except EditedMeanwhile:
        raise
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
