"""Knocking at every door: who stands before it, what they may hold, and how it is asked so that nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from django.core.handlers.base import BaseHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from leerkring.community.memberships import reading
from leerkring.community.memberships.standing import Standing
from leerkring.community.people.models import Person
from leerkring.config.permissions import OTHER, Address, Cell, Party
from tests.cast import Cast, make_programme, taken_back
from tests.permissions import bare
from tests.permissions.objects import Scene, set_scene


@dataclass
class Doors:
    """Both programmes with their objects, and how each party of the own one shows who they are."""

    own: Scene
    other: Scene
    cookies: dict[Party, SimpleCookie]
    handler: BaseHandler

    def url(self, address: Address, cell: Cell) -> str:
        scene = self.other if cell.object == OTHER else self.own
        kwargs = scene.kwargs(cell.label)
        return reverse(address.name, kwargs={part: kwargs[part] for part in address.parts})

    def knock(self, address: Address, cell: Cell) -> int:
        return self.ask(Party(cell.role), cell.method, self.url(address, cell))

    def ask(self, party: Party, method: str, url: str) -> int:
        """The status; whatever the request did to the database is taken back, and its cookies are not kept."""
        factory = RequestFactory()
        factory.cookies = self.cookies[party]
        request = factory.generic(method, url)
        request.urlconf = bare.__name__
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        with taken_back():
            response = self.handler.get_response(request)
            for close in response._resource_closers:  # type: ignore[attr-defined]  # not the database with them
                close()
        return response.status_code


def open_doors(cast: Cast) -> Doors:
    third = make_programme("derde", "Gemeente Derde", is_public=False)
    own, other = set_scene(cast, cast.own, third), set_scene(cast, cast.other, third)
    handler = BaseHandler()
    handler.load_middleware()
    return Doors(own, other, {party: _sign_in(person) for party, person in own.parties.items()}, handler)


def _sign_in(person: Person | None) -> SimpleCookie:
    browser = Client()
    if person is not None and person.account is not None:
        browser.force_login(person.account)
    return browser.cookies


@contextmanager
def standings_remembered(people: list[Person]) -> Iterator[None]:
    """Read the standing of each of the cast once, not at every door: no request changes it for the next one."""
    known = {person.pk for person in people}
    standings: dict[tuple[int, int], Standing] = {}
    read = reading._read_standing

    def remember(person: Person) -> Standing:
        if person.pk not in known:
            return read(person)
        key = person.pk, reading._epoch[0]
        if key not in standings:
            standings[key] = read(person)
        return standings[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_read_standing", remember)
        yield
