"""What the views of this app begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.cycle.agenda import queries
from leerkring.cycle.agenda.models import AgendaVersion
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.questions.queries import questions_visible_to
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


def admitted(
    request: HttpRequest, slug: str, may: Callable[[Person | None, Community], bool]
) -> tuple[Community, Person]:
    """The programme and who asks; 403 when this is for others."""
    community = community_or_404(request, slug)
    return community, _checked(signed_in_person(request), community, may)


def question_admitted(
    request: HttpRequest, slug: str, question_id: int, may: Callable[[Person | None, Community], bool]
) -> tuple[Community, Person, LearningQuestion]:
    """The question as far as it exists for who asks (404), and then whether they may (403)."""
    community = community_or_404(request, slug)
    question = get_object_or_404(questions_visible_to(person_of(request), community), pk=question_id)
    return community, _checked(signed_in_person(request), community, may), question


def _checked(person: Person, community: Community, may: Callable[[Person | None, Community], bool]) -> Person:
    if not may(person, community):
        raise PermissionDenied(_("This is for the keeper of the learning agenda. Ask them."))
    return person


def version_among(versions: list[AgendaVersion], number: str | int | None) -> AgendaVersion:
    """The version with this number among those that exist for who asks. Raises Http404."""
    for version in versions:
        if str(version.number) == str(number):
            return version
    raise Http404(_("There is no such version, or it is not open to you."))


def versions_of(request: HttpRequest, community: Community) -> list[AgendaVersion]:
    return list(queries.versions_visible_to(person_of(request), community))


def told(request: HttpRequest, verb: Callable[[], Any], said: str, undo: str = "") -> bool:
    """Do a verb without fields and tell how it went."""
    try:
        verb()
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return False
    toasts.say(request, said, undo=undo)
    return True


def back(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that a button says to come back to."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) else otherwise
