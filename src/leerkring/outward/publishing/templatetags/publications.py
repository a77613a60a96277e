from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from leerkring.community.memberships.models import Community
from leerkring.outward.publishing.publications.models import Publication, PublicationText

register = template.Library()


@register.simple_tag
def said_of(publication: Publication) -> PublicationText:
    """In the reader's language, else in the other one."""
    return publication.text_in(get_language())


@register.simple_tag
def other_language(said: PublicationText) -> SafeString:
    """The language of a text, where the page is in another one."""
    return format_html(' lang="{}"', said.language) if said.language != _of_page() else SafeString("")


@register.simple_tag
def picture_words(publication: Publication, said: PublicationText) -> PublicationText:
    """The text that says what the picture shows: this one, else the other."""
    return next((text for text in [said, *publication.texts.all()] if text.picture_words), said)


@register.simple_tag
def publication_item(publication: Publication, community: Community, level: str) -> str:
    """One of a list; its title is a heading of this level."""
    context: dict[str, Any] = {
        "item": publication,
        "said": publication.text_in(get_language()),
        "community": community,
        "level": level,
        "page_language": _of_page(),
    }
    return render_to_string("publishing/publications/item.html", context)


def _of_page() -> str:
    return (get_language() or "")[:2]
