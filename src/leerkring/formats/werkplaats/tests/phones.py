"""Phones for the tests: a browser that holds the cookie of a seat."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from leerkring.community.accounts.devices import COOKIE
from leerkring.community.meetings.models import Seat
from leerkring.formats.werkplaats.models import Round
from leerkring.formats.werkplaats.tests.conftest import Hall

JSON = "application/json"


class Phone:
    def __init__(self, hall: Hall, seat: Seat | None = None) -> None:
        self.client = Client()
        self.code = hall.meeting.door.code
        if seat is None:
            return
        self.client.cookies[COOKIE] = hall.devices[seat.pk]
        if seat.person is not None and seat.person.account is not None:
            self.client.force_login(seat.person.account)

    def url(self, name: str) -> str:
        return f"/w/{self.code}/{name}/"

    def look(self, name: str = "now") -> HttpResponse:
        return self.client.get(self.url(name))  # type: ignore[return-value]

    def mine(self) -> Any:
        return self.client.get(self.url("mine"), headers={"accept": JSON}).json()

    def plain(self, name: str, **fields: Any) -> HttpResponse:
        """A form without script."""
        return self.client.post(self.url(name), fields)  # type: ignore[return-value]

    def send(self, name: str, **fields: Any) -> Any:
        """As the script sends it."""
        return self.client.post(self.url(name), fields, headers={"accept": JSON})

    def says(self, round_: Round, text: str = "Hoe dan?", **more: Any) -> Any:
        return self.send("post", **{"round": round_.pk, "text": text, "kind": "question", "key": uuid4(), **more})
