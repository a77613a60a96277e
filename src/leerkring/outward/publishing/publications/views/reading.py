from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.requests import community_or_404, person_of
from leerkring.outward.publishing.publications import access, queries
from leerkring.outward.publishing.publications.feeds import MOST, feed_of
from leerkring.outward.publishing.publications.models import Publication
from leerkring.outward.publishing.publications.views.fetch import (
    asked_language,
    publication_or_404,
    show_publication,
)
from leerkring.platform.admission import Admission, admits

PAGE_SIZE = 12


@admits(Admission.READERS, get=200)
@require_GET
def publications_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that who asks may read, the newest first; the team sees what it is making as well."""
    community = community_or_404(request, slug)
    person = person_of(request)
    is_team = access.may_publish(person, community)
    page = Paginator(queries.publications_to_list(person, community), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "community": community,
        "page": page,
        "in_the_making": list(queries.publications_in_the_making(community)) if is_team else [],
        "waiting_count": queries.waiting_reactions(community).count() if is_team else 0,
        "is_team": is_team,
    }
    return render(request, "publishing/publications/publications.html", context)


@admits(Admission.READERS, get=200)
@require_GET
def publication_page(request: HttpRequest, slug: str, publication_id: int) -> HttpResponse:
    community, publication = publication_or_404(request, slug, publication_id)
    return show_publication(request, community, publication)


@admits(Admission.READERS, get=200)  # type: ignore[arg-type]
@require_GET
def publication_picture(request: HttpRequest, slug: str, publication_id: int) -> HttpResponseBase:
    _community, publication = publication_or_404(request, slug, publication_id)
    response = FileResponse(_opened(publication.picture), content_type=publication.picture_type)
    return _harmless(response, publication)


@admits(Admission.READERS, get=200)  # type: ignore[arg-type]
@require_GET
def publication_file(request: HttpRequest, slug: str, publication_id: int) -> HttpResponseBase:
    """To keep and never to run: as an attachment, with the type that its content has."""
    _community, publication = publication_or_404(request, slug, publication_id)
    response = FileResponse(
        _opened(publication.file),
        as_attachment=True,
        filename=publication.file_name,
        content_type=publication.file_type,
    )
    return _harmless(response, publication)


@admits(Admission.READERS, get=200)
@require_GET
def publications_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is out for everybody, whoever asks; a reader that has it already gets nothing anew."""
    community = community_or_404(request, slug)
    language = asked_language(request)
    with translation.override(language):
        content = feed_of(community, queries.public_publications(community)[:MOST], language)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "max-age=300" if community.is_public else "private, max-age=300"
    found = get_conditional_response(request, etag=tag, response=response)
    return found if found is not None else response


def _opened(file: FieldFile) -> FieldFile:
    if not file:
        raise Http404(_("This file is not there any more."))
    try:
        file.open("rb")
    except FileNotFoundError:
        raise Http404(_("This file is not there any more.")) from None
    return file


def _harmless(response: FileResponse, publication: Publication) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    is_open = publication.label == Label.PUBLIC and publication.is_out
    response["Cache-Control"] = "private, max-age=300" if is_open and not settings.DEBUG else "private, no-store"
    return response
