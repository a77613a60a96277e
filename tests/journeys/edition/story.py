"""Who takes part in the edition, and what one chapter hands to the next."""

from __future__ import annotations

import email
import email.policy
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys.moved_clock import Clock
from tests.journeys.somebody import Cast, Somebody
from tests.running import Server

HOME = "/west-brabant/"
EDITION = "Najaar in de regio"
GUEST, ADDRESS = "Sara Nieuwkomer", "sara.nieuwkomer@voorbeeld.example"
WORKSHOP, INTERVISIE = "Workshop 1: waar gaat de verandering over?", "Intervisie"
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}


class Story:
    """The lead at a desk, a participant on a phone, and a newcomer without an account on another one."""

    def __init__(self, cast: Cast, server: Server, file: Path) -> None:
        self.cast = cast
        self.server = server
        self.clock = Clock(file)
        self.lead = cast.comes_in("Marieke van Loon", viewport={"width": 1440, "height": 900})
        self.kees = cast.comes_in("Kees Verhoeven", **PHONE)
        self.sara = cast.visitor(color_scheme="dark", **PHONE)
        self.edition = ""
        self.poll = ""
        self.meetings: list[str] = []
        self.moments: list[datetime] = []
        self.certificate = ""

    def moves_to(self, moment: datetime) -> None:
        """The clock of the server alone; browsers and sign-in links live today."""
        self.clock.move_to(moment)

    def after(self, number: int, **more: float) -> datetime:
        """So long after a meeting began."""
        return self.moments[number] + timedelta(**more)

    def letter(self, to: str, part: str) -> str:
        """The first link with this in its path, in the newest letter to somebody that has one; waits for it."""
        end = time.monotonic() + 40
        while time.monotonic() < end:
            for path in sorted((self.server.data / "mail").glob("*.eml"), reverse=True):
                if link := link_in(path, to, part):
                    return link
            time.sleep(0.1)
        raise AssertionError(f"No letter to {to} with {part}")


def link_in(path: Path, to: str, part: str) -> str:
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if to not in str(letter["To"]):
        return ""
    body = letter.get_body(("plain",))
    found = re.search(rf"https?://[^/\s]+{re.escape(part)}[^\s]*", body.get_content() if body else "")
    return re.sub(r"^https?://[^/]+", "", found[0].rstrip(".,")) if found else ""


def moment(day: str, hour: int = 13) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{hour:02}:00"))


def width(page: Page, pixels: int) -> None:
    page.set_viewport_size({"width": pixels, "height": 900})


def fills(somebody: Somebody, values: dict[str, str]) -> None:
    """Fields that bear the same label, by their names."""
    for name, text in values.items():
        somebody.page.locator(f"[name={name}]").fill(text)
