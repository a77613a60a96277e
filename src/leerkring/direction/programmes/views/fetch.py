"""What several views of this app begin with: the row of the address as far as it exists for who asks."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.direction.programmes import access, queries
from leerkring.direction.programmes.models import Edition, Programme
from leerkring.platform.rules import EditedMeanwhile, Refused


def edition_or_404(request: HttpRequest, slug: str, edition_id: int) -> tuple[Community, Edition]:
    community = community_or_404(request, slug)
    return community, get_object_or_404(queries.editions_visible_to(person_of(request), community), pk=edition_id)


def led_programme(request: HttpRequest, slug: str) -> tuple[Community, Programme]:
    """The programme, for its team; 403 for who can only read."""
    community = community_or_404(request, slug)
    programme = queries.programme_of(community)
    if not access.may_change_programme(person_of(request), programme):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    return programme.community, programme


def led_edition(request: HttpRequest, slug: str, edition_id: int) -> tuple[Community, Edition]:
    """An edition, for the team; 403 for who can only read."""
    community, edition = edition_or_404(request, slug, edition_id)
    if not access.may_change_programme(person_of(request), edition.programme):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    return community, edition


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the action did it; a refusal is written on the form."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def posted_again(request: HttpRequest, edited: EditedMeanwhile) -> QueryDict:
    """What was sent, with the revision of now: saving once more is then a choice that was made knowingly."""
    data = request.POST.copy()
    data["revision"] = str(edited.revision)
    return data
