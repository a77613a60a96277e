"""Places on a page that later steps of the cycle fill, without the page knowing them.

A page says `{% slot "question_page" question=question %}`; an app on a higher floor registers in its `slots.py`
a function `(request, **kwargs) -> str | None` with `@slots.fill("question_page", order=20)`. Navigation is a slot of
links: `slots.nav(NavItem(...))`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Fill = Callable[..., str | None]


class InCommunity(Protocol):
    """What navigation needs to know of a community."""

    slug: str | None


Shown = Callable[[Any, Any], bool]
"""(person or None, community or None) -> whether this person sees the item there."""


def _always(person: object, community: object) -> bool:
    return True


@dataclass(frozen=True, order=True)
class _Filling:
    order: int
    name: str
    fill: Fill = field(compare=False)


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation (place "main") or of the menu of the person (place "person").

    `url_name` is reversed with the slug of the community, unless `everywhere` is true. `also` names further URL
    namespaces whose pages belong to this entry (the agenda is also where questions are). `posts` makes it a button.
    """

    label: str | Promise
    url_name: str
    order: int = 50
    shown: Shown = _always
    everywhere: bool = False
    place: str = "main"
    also: tuple[str, ...] = ()
    posts: bool = False

    def url(self, community: InCommunity | None) -> str | None:
        """The address in this community, or None when there is none (no community at hand, app not installed)."""
        slug = community.slug if community else None
        if not self.everywhere and not slug:
            return None
        kwargs = {} if self.everywhere else {"slug": slug}
        try:
            return reverse(self.url_name, kwargs=kwargs)
        except NoReverseMatch:
            return None

    def covers(self, request: HttpRequest) -> bool:
        """Whether the page asked for belongs to this entry."""
        match = request.resolver_match
        if match is None:
            return False
        if match.view_name == self.url_name:
            return True
        own = self.url_name.rpartition(":")[0]
        return any(name in (own, *self.also) for name in match.namespaces if name) and not self.everywhere


@dataclass(frozen=True)
class NavLink:
    """A NavItem as one person sees it on one page."""

    label: str
    url: str
    current: str
    """The value of aria-current: "page", "true" (elsewhere in this part) or empty."""
    posts: bool = False


_fillings: dict[str, list[_Filling]] = defaultdict(list)
_items: dict[tuple[str, str], NavItem] = {}


def fill(slot: str, order: int = 50) -> Callable[[Fill], Fill]:
    """Register a function that fills the slot. Lower orders come first; equal ones go by module and name."""

    def register(function: Fill) -> Fill:
        filling = _Filling(order, f"{function.__module__}.{function.__qualname__}", function)
        others = [known for known in _fillings[slot] if known.name != filling.name]
        _fillings[slot] = sorted([*others, filling])
        return function

    return register


def render(slot: str, request: HttpRequest, **kwargs: object) -> SafeString:
    """All that the apps put in this slot for this request, in order. A filling that returns nothing leaves no trace."""
    parts = (filling.fill(request, **kwargs) for filling in _fillings.get(slot, ()))
    return mark_safe("\n".join(str(conditional_escape(part)) for part in parts if part))  # noqa: S308


def nav(*items: NavItem) -> None:
    """Register entries of the navigation."""
    for item in items:
        _items[(item.place, item.url_name)] = item


def nav_links(request: HttpRequest, community: InCommunity | None, place: str = "main") -> list[NavLink]:
    """The entries that this person sees here, in order, with the current one marked."""
    person = getattr(request, "person", None)
    items = sorted((i for i in _items.values() if i.place == place), key=lambda i: (i.order, i.url_name))
    seen = [(item, url) for item in items if (url := item.url(community)) and item.shown(person, community)]
    here = next((url for _item, url in seen if url == request.path), None)
    part = here or next((url for item, url in seen if item.covers(request)), None)
    return [
        NavLink(str(item.label), url, ("page" if here else "true") if url == part else "", item.posts)
        for item, url in seen
    ]
