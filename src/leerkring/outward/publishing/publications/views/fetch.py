"""What the views of publications share: who asks, and for which one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.outward.publishing.publications import access, queries
from leerkring.outward.publishing.publications.enums import Language, ReactionState
from leerkring.outward.publishing.publications.forms import AgreeForm, AskForm, PublishForm, ReactionForm, RemoveForm
from leerkring.outward.publishing.publications.models import Publication, Reaction
from leerkring.outward.publishing.publications.writing import as_html
from leerkring.platform.ui.forms import PlainForm

WORDS_A_MINUTE = 220
MOST_REACTIONS = 200


def publication_or_404(request: HttpRequest, slug: str, publication_id: int) -> tuple[Community, Publication]:
    community = community_or_404(request, slug)
    rows = queries.publications_visible_to(person_of(request), community)
    return community, get_object_or_404(rows, pk=publication_id)


def led_publication(request: HttpRequest, slug: str, publication_id: int) -> tuple[Community, Publication]:
    community, publication = publication_or_404(request, slug, publication_id)
    require_team(request, community)
    return community, publication


def require_team(request: HttpRequest, community: Community) -> None:
    if not access.may_publish(person_of(request), community):
        raise PermissionDenied(_("The programme team publishes."))


def reaction_or_404(request: HttpRequest, slug: str, publication_id: int, reaction_id: int) -> Reaction:
    _community, publication = publication_or_404(request, slug, publication_id)
    return get_object_or_404(queries.reactions_visible_to(person_of(request), publication), pk=reaction_id)


def asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in Language.values else (get_language() or Language.DUTCH)[:2]


def show_publication(
    request: HttpRequest,
    community: Community,
    publication: Publication,
    status: int = 200,
    refused_id: int = 0,
    **forms: PlainForm,
) -> HttpResponse:
    """The page itself, with a form that came back in the place of an empty one."""
    person = person_of(request)
    is_team = access.may_publish(person, community)
    said = publication.text_in(asked_language(request))
    reactions = list(queries.reactions_visible_to(person, publication)[:MOST_REACTIONS])
    own = next((author for author in publication.authors.all() if person and author.person_id == person.pk), None)
    own_name = person.name if person else ""
    context: dict[str, Any] = {
        "community": community,
        "publication": publication,
        "said": said,
        "page_language": (get_language() or "")[:2],
        "others": [language for language in publication.languages if language != said.language],
        "missing": [language for language in Language if language not in publication.languages],
        "html": as_html(said.text),
        "minutes": max(1, round(len(said.text.split()) / WORDS_A_MINUTE)),
        "reactions": reactions,
        "shown_count": sum(reaction.state == ReactionState.SHOWN for reaction in reactions),
        "is_team": is_team,
        "may_react": access.may_react(person, publication),
        "waits_first": not is_team and person is not None and queries.are_screened(community),
        "asked": own,
        "publish_form": PublishForm(),
        "agree_form": AgreeForm(initial={"name": own.name or own_name}) if own else None,
        "ask_form": AskForm(people=queries.people_to_ask(publication)) if is_team else None,
        "authors": list(queries.authors_visible_to(person, publication)) if is_team else [],
        "reaction_form": ReactionForm(),
        "keep_key": f"reaction-{publication.pk}",
        "remove_form": RemoveForm(),
        "refused_id": refused_id,
        **forms,
    }
    context["form"] = next((form for form in forms.values() if form.is_bound), None)
    return render(request, "publishing/publications/publication.html", context, status=status)
