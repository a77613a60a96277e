"""Knocking at every door: who stands before it, what they may hold, and how it is asked; nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.template import loader
from django.test import RequestFactory
from django.urls import reverse

from leerkring.community.accounts.models import Account
from leerkring.community.memberships import reading
from leerkring.community.people.backends import AccountWithPerson
from leerkring.community.people.models import Person
from leerkring.community.people.queries import person_of_account
from leerkring.config.permissions import OTHER, Address, Cell, Party
from tests.cast import Cast, make_programme, taken_back
from tests.permissions import bare
from tests.permissions.objects import Scene, set_scene

PAGES = {200, 422}


@dataclass
class Doors:
    """Both programmes with their objects, and the account of each party of the own one."""

    own: Scene
    other: Scene
    accounts: dict[Party, Account | AnonymousUser]
    handler: BaseHandler
    built: set[tuple[str, str, str]] = field(default_factory=set)

    @classmethod
    def open(cls, cast: Cast) -> Doors:
        third = make_programme("derde", "Gemeente Derde", is_public=False)
        own, other = set_scene(cast, cast.own, third), set_scene(cast, cast.other, third)
        handler = BaseHandler()
        handler.load_middleware()
        return cls(own, other, {party: _account(person) for party, person in own.parties.items()}, handler)

    def knock(self, address: Address, cell: Cell) -> int:
        scene = self.other if cell.object == OTHER else self.own
        url = reverse(address.name, kwargs=scene.kwargs(cell.label, address.parts))
        with nullcontext() if self._is_to_be_built(cell) else pages_left_out():
            return self.ask(Party(cell.role), cell.method, url)

    def _is_to_be_built(self, cell: Cell) -> bool:
        """A page is built whole once for each party and once for each label: its status is known before that."""
        pairs = {(cell.path, cell.method, cell.role), (cell.path, cell.method, f"label {cell.label}")}
        if cell.answer not in PAGES or pairs <= self.built:
            return False
        self.built |= pairs
        return True

    def ask(self, party: Party, method: str, url: str) -> int:
        """The status. Whatever the request did to the database, to the account or to standings is taken back."""
        request = RequestFactory().generic(method, url)
        request.urlconf = bare.__name__
        request._cached_user = deepcopy(self.accounts[party])  # type: ignore[attr-defined]
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        epoch = reading._epoch[0]
        with taken_back():
            response = self.handler.get_response(request)
            for close in response._resource_closers:  # type: ignore[attr-defined]  # not the database with them
                close()
        reading._epoch[0] = epoch
        return response.status_code


@contextmanager
def pages_left_out() -> Iterator[None]:
    """Views run whole, with all that they ask the database themselves; what they show is empty."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "render_to_string", lambda *names, **options: "")
        yield


def _account(person: Person | None) -> Account | AnonymousUser:
    """As the session would find it, with the standing read once: no request changes it for the next one."""
    if person is None or person.account is None:
        return AnonymousUser()
    account = AccountWithPerson().get_user(person.account.pk)
    assert account is not None
    reading.standing_of(person_of_account(account))
    return account
