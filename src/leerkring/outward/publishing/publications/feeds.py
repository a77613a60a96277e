"""An Atom feed of what a programme has out for everybody: absolute addresses, escaped, and nothing else in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from leerkring.community.memberships.models import Community
from leerkring.outward.publishing.publications.models import Publication

MOST = 30


class _Feed(Atom1Feed):
    """With everybody who agreed to be named, and the language of each entry that is in another one."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        for name in item["names"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        super().add_item_elements(handler, item)


def feed_of(community: Community, publications: Iterable[Publication], language: str) -> bytes:
    page = settings.BASE_URL + reverse("publishing:publications_page", args=[community.slug])
    feed = _Feed(
        title=community.name,
        link=page,
        description="",
        subtitle=_("Articles and essays"),
        language=language,
        author_name=community.name,
        feed_url=settings.BASE_URL
        + reverse("publishing:publications_feed", args=[community.slug])
        + f"?language={language}",
        feed_guid=page,
    )
    for publication in publications:
        said = publication.text_in(language)
        address = reverse("publishing:publication_page", args=[community.slug, publication.pk])
        out_at = timezone.make_aware(datetime.combine(publication.first_day, time(9)))
        feed.add_item(
            title=said.title,
            link=settings.BASE_URL + address,
            description=said.lead,
            unique_id=settings.BASE_URL + address,
            pubdate=out_at,
            updateddate=max(out_at, publication.changed_at),
            names=publication.names,
            language=said.language if said.language != language else "",
        )
    return feed.writeString("utf-8").encode()
