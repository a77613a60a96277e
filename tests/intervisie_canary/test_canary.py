"""Rule 6, over everything that the product keeps: a word that is typed wherever an intervisie has a field, and sent
along with every request, is found nowhere but in the agreements of the group and in a learning point that was released.

`SAID` is that word. `PLANNED` stands in the few fields that plan a meeting before anything is said: place, link, the
name of a group. A word is new in each run, because deleted rows of another test may still be on the disk.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import IntervisieStep, MeetingState
from leerkring.community.meetings.evaluation.library import USUAL_WITHOUT_TEXT
from leerkring.community.meetings.models import RunSheetItem
from leerkring.community.meetings.polls.models import DatePoll
from leerkring.community.memberships import queries as memberships
from leerkring.community.people.models import Person
from leerkring.config.settings import LOGGING
from leerkring.direction.programmes import actions as programmes
from leerkring.formats.intervisie import actions
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import LearningPoint, Method
from leerkring.formats.intervisie.tests.conftest import Sitting, make_sitting
from leerkring.formats.intervisie.topics import round_screen
from leerkring.outward.dossier.files import files_of
from leerkring.outward.dossier.gathering import gather
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.exchange.actions.calendars import open_calendar
from leerkring.platform import clock, jobs
from tests.cast import Cast, join
from tests.intervisie_canary.doors import doors, field_names
from tests.intervisie_canary.searching import cells_with, everywhere, holds

pytestmark = pytest.mark.django_db(transaction=True)

POINT = "intervisie_learningpoint.sentence"
AGREEMENTS = "intervisie_intervisiegroup.agreements"
ENDS_SOMETHING = {
    "intervisie:round_begin", "intervisie:round_end", "intervisie:round_remove", "intervisie:group_close",
    "intervisie:method_remove", "intervisie:point_withdraw", "meetings:meeting_cancel", "meetings:meeting_move",
}  # fmt: skip
"""Posted by name at their time: in passing they would close what is still to be tried."""

Browser = Callable[[Person | None], Client]


def fresh(word: str) -> str:
    return word + secrets.token_hex(6)


class Canary:
    """One who has every right in the programme and in the group, and says the word with everything they do."""

    def __init__(self, sitting: Sitting, browser: Client) -> None:
        self.sitting, self.browser = sitting, browser
        self.said, self.planned = fresh("zwaluw"), fresh("zandloper")
        self.names = field_names()
        assert self.names > {"purpose", "lines", "sentence", "facilitator_note", "own_1"}
        self.headers: dict[str, Any] = dict.fromkeys(
            ("HTTP_USER_AGENT", "HTTP_X_REQUEST_ID", "HTTP_X_FORWARDED_HOST"), f"{self.said}/1.0"
        ) | {"HTTP_REFERER": f"https://testserver/{self.said}/?q={self.said}", "HTTP_ACCEPT_LANGUAGE": self.said}
        self.known: dict[str, object] = {}
        self.answers: dict[tuple[str, int], int] = {}

    def get(self, url: str) -> None:
        answer = self.browser.get(url, {"q": self.said, self.said: self.said, "title": self.said}, **self.headers)
        assert answer.status_code < 500, url

    def post(self, name: str, /, *, at: str = "", **values: Any) -> int:
        """With the word in every field that has no other value."""
        url = at or next(door.url(self.known) for door in doors(self.known) if door.name == name)
        typed = dict.fromkeys(self.names, self.said) | {self.said: self.said} | values
        answer = self.browser.post(f"{url}?q={self.said}", typed, **self.headers)
        assert answer.status_code < 500, url
        self.answers[name, answer.status_code] = self.answers.get((name, answer.status_code), 0) + 1
        return answer.status_code

    def tries_all(self, *, looks: bool = False) -> int:
        """Every address once with the word in each field, then once with all that must be right being right."""
        tried = 0
        for door in doors(self.known):
            if door.name in ENDS_SOMETHING:
                continue
            url = door.url(self.known)
            if looks:
                self.get(url)
            self.post(door.name, at=url)
            for values in self.right_values().get(door.name, []):
                self.post(door.name, at=url, **values)
            tried += 1
        return tried

    def right_values(self) -> dict[str, list[dict[str, Any]]]:
        """So that a form is not sent back for a date or a choice before its texts are looked at."""
        sitting, meeting, own = self.sitting, self.sitting.meeting, self.sitting.cast.own
        meeting.refresh_from_db()
        sitting.group.refresh_from_db()
        day, link = f"{clock.today() + timedelta(days=20):%Y-%m-%d}", f"https://{self.said}.example/"
        hours = {"day": day, "starts": "13:00", "ends": "15:00", "last_day": ""}
        plans = {"label": "programme", "facilitator": sitting.lead.pk, "places_count": ""}
        where = {"place": self.planned, "online_url": f"https://{self.planned}.example/"}
        dates = {"closes_on": day, "day_1": day, "starts_1": "13:00", "ends_1": "14:00"}
        circle = {"circle": own.community.pk, "kind": "intervisie"}
        own_day = {"method": "incident", "meeting": "own", "day": day, "starts": "13:00", "place": self.planned}
        return {
            "meetings:meeting_change": [hours | plans | where | {"revision": meeting.revision}],
            "meetings:item_put": [{"minutes": "5", "step": "case"}],
            "meetings:item_change": [{"minutes": "6", "step": "case", "revision": "1"}],
            "meetings:items_put": [{"lines": f"10 {self.said}"}],
            "meetings:material_add": [
                {"url": link, "file": "", "label": "programme"},
                {"url": "", "file": SimpleUploadedFile(f"{self.said}.txt", self.said.encode()), "label": "programme"},
            ],
            "meetings:attendance_own": [{"minutes": "5"}],
            "meetings:evaluation_prepare": [{"ready": list(USUAL_WITHOUT_TEXT), "days": "7", "revision": ""}],
            "meetings:meeting_poll": [dates],
            "insights:harvest_add": [{"kind": "insight", "label": "programme"}],
            "intervisie:round_plan": [own_day],
            "intervisie:round_change": [{"method": "incident"}],
            "intervisie:agreements_page": [{"revision": sitting.group.agreements_revision}],
            "intervisie:point_release": [{"label": "programme"}],
            "intervisie:turn_note": [{"person": sitting.lead.pk}],
            "intervisie:step_next": [{"position": "0"}],
            "intervisie:attendance_note": [{"here": sitting.lead.pk}],
            "meetings:evaluations_prepare": [
                {"meetings": meeting.pk, "ready": list(USUAL_WITHOUT_TEXT), "kind_1": "scale", "kind_2": "scale"}
            ],
            "meetings:poll_open": [circle | dates | {"label": "programme", "place": self.planned}],
            "intervisie:method_change": [self.method_written()],
            "intervisie:division_page": [
                {f"p{person.pk}": "1" for person in (own.member, own.keeper)} | {"name1": self.planned, "make": "1"}
            ],
            "meetings:meeting_plan": [
                circle | hours | plans | where,
                circle | hours | plans | where | {"title": ""},
                circle | hours | plans | where | {"title": "", "purpose": ""},
            ],
        }

    def method_written(self) -> dict[str, Any]:
        """A method is written like a book, before any round; while one runs with it, it is closed."""
        texts = dict.fromkeys(("name", "fits", "steps-0-name", "steps-0-say", "steps-0-not_now"), self.planned)
        numbers = {"size_min": "4", "size_max": "7", "steps-0-place": "1", "steps-0-minutes": "5"}
        forms = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}
        method = Method.objects.get(pk=str(self.known["method_key"]))
        chosen = {"experience": "new", "steps-0-speaker": "everyone", "revision": method.revision}
        return texts | numbers | forms | chosen


@pytest.fixture
def canary(cast: Cast, client_of: Browser, caplog: pytest.LogCaptureFixture) -> Iterator[Canary]:
    """A round that is planned, at a meeting of an edition; with a part, a poll, an evaluation and a calendar."""
    caplog.set_level(logging.DEBUG)
    with clock.at(clock.now()):
        sitting = make_sitting(cast, accepted=False)
        own, lead = cast.own, cast.own.lead
        join(lead, sitting.group.circle)
        sitting.members.append(lead)
        item = meetings.put_run_sheet_item(meeting=sitting.meeting, minutes=5, step=IntervisieStep.CASE, by=lead)
        today = clock.today()
        edition = programmes.open_edition(
            programme=own.programme, name="Najaar", starts_on=today, ends_on=today + timedelta(days=90),
            fully_from_count=1, meetings=[sitting.meeting], by=lead,
        )  # fmt: skip
        method = actions.copy_method(community=own.community, sheet=SHEETS["five-steps"], by=lead)
        memberships.forget_standings()
        one = Canary(sitting, client_of(lead))
        one.known = {
            "slug": sitting.slug, "meeting_id": sitting.meeting.pk, "intervisie_id": sitting.group.pk,
            "intervisie_round_id": sitting.round.pk, "item_id": item.pk, "method_key": str(method.pk),
            "edition_id": edition.pk,
        }  # fmt: skip
        yield one


def exports(canary: Canary) -> dict[str, bytes]:
    """What leaves the house as a file."""
    lead, known = canary.sitting.lead, canary.known
    feed = open_calendar(person=lead, by=lead)
    urls = {
        "method": reverse("blueprints:blueprint_file", args=[known["slug"], f"edition-{known['edition_id']}"]),
        "calendar": f"/calendar/{feed.token}.ics",
        "entry": reverse("meetings:meeting_calendar", args=[known["slug"], known["meeting_id"]]),
    }
    found = {}
    for name, url in urls.items():
        answer = canary.browser.get(url)
        assert answer.status_code == 200, url
        found[name] = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    dossier = gather(Scope(canary.sitting.cast.own.community))
    found["dossier"] = b"".join(piece for _path, pieces in files_of(dossier) for piece in pieces)
    return found


def test_nothing_keeps_what_was_said(
    canary: Canary, caplog: pytest.LogCaptureFixture, tmp_path: Path, client_of: Browser
) -> None:
    sitting = canary.sitting
    canary.browser.post(sitting.url("method/"), {"method": "five-steps"})
    sitting.accept()
    assert canary.tries_all() > 60
    # Before a round the agreements are open: that was one of the doors. Ours again, so that what follows stands alone.
    assert cells_with(canary.said) == {AGREEMENTS}
    sitting.group.refresh_from_db()
    actions.write_agreements(group=sitting.group, lines="", by=sitting.lead, revision=sitting.group.agreements_revision)
    sitting.accept()
    canary.post("intervisie:round_begin")
    assert sitting.again().is_running
    assert canary.tries_all(looks=True) > 60
    for verb in ("round_pause", "round_resume", "minute_add", "time_catch_up", "step_back"):
        canary.post(f"intervisie:{verb}", position="1")
    the_screens_hear_nothing(canary)
    a_stranger_says_it_too(canary, client_of)
    canary.post("intervisie:turn_note", person=sitting.lead.pk)
    assert sitting.again().turns_count
    canary.post("intervisie:round_end")
    assert sitting.again().is_done
    canary.post("meetings:meeting_move", state=MeetingState.HELD)
    canary.known.pop("item_id")
    jobs.run_due()
    assert everywhere(canary.said, tmp_path) == {}
    assert not [name for name, content in exports(canary).items() if holds(content, canary.said)]
    # After the round: every address once more, and now the two places that are meant for it take it.
    canary.tries_all()
    jobs.run_due()
    assert LearningPoint.objects.get().sentence == canary.said
    found = everywhere(canary.said, tmp_path)
    assert found.pop("rows") == {POINT, AGREEMENTS}
    assert found.pop("backup") == {"rows/intervisie.learningpoint.jsonl", "rows/intervisie.intervisiegroup.jsonl"}
    if connection.vendor == "sqlite":
        assert {Path(name).name.partition("sqlite3")[1] for name in found.pop("files")} == {"sqlite3"}
    assert found == {}
    assert not [name for name, content in exports(canary).items() if holds(content, canary.said)]
    assert logged_with(canary.said, caplog) == []
    assert {name for name, status in canary.answers if status == 302} > {
        "intervisie:point_release", "intervisie:agreements_page", "intervisie:turn_note", "meetings:item_put",
        "intervisie:method_change", "intervisie:division_page", "meetings:poll_open", "meetings:meeting_plan",
    }  # fmt: skip
    assert cells_with(canary.planned) == {
        "meetings_meeting.place", "meetings_meeting.online_url", "meetings_datepoll.place",
        "memberships_community.name", "notifications_notice.seen", "intervisie_method.name", "intervisie_method.fits",
        "intervisie_methodstep.name", "intervisie_methodstep.say", "intervisie_methodstep.not_now",
    }  # fmt: skip


def logged_with(word: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What an installation that logs as much as it can would have written."""
    loggers: dict[str, Any] = LOGGING["loggers"]  # type: ignore[assignment]
    levels = {name: logging.getLevelNamesMapping()[kept["level"]] for name, kept in loggers.items()}

    def is_written(record: logging.LogRecord) -> bool:
        parts = record.name.split(".")
        names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return record.levelno >= next((levels[name] for name in names if name in levels), logging.DEBUG)

    said = [
        f"{record.name}: {record.getMessage()} {record.exc_text}" for record in caplog.records if is_written(record)
    ]
    return [line for line in said if holds(line, word)]


def the_screens_hear_nothing(canary: Canary) -> None:
    for language in ("nl", "en"):
        snapshot = round_screen(str(canary.sitting.round.pk), language)
        assert snapshot
        assert not holds(snapshot.data, canary.said)
    for topic, key in (("intervisie.round", canary.said), (canary.said, "1")):
        canary.browser.get("/live-ticket/", {"topic": topic, "key": key}, **canary.headers)
    assert round_screen(canary.said, "nl") is None
    for path in (f"intervisie/methods/{canary.said}/", f"{canary.said}/", f"meetings/{canary.said}/"):
        assert canary.browser.get(f"/{canary.sitting.slug}/{path}", **canary.headers).status_code == 404


def a_stranger_says_it_too(canary: Canary, client_of: Browser) -> None:
    """Without rights, without an account, and from another site: what is refused is not kept either."""
    strict = Client(enforce_csrf_checks=True)
    url = canary.sitting.url("pause/")
    for browser in (strict, client_of(None), client_of(canary.sitting.cast.outsider)):
        answer = browser.post(url, dict.fromkeys(canary.names, canary.said), secure=True, **canary.headers)
        assert answer.status_code in (302, 403, 404)
    elsewhere: dict[str, Any] = {
        "HTTP_REFERER": f"https://{canary.said}.example/",
        "HTTP_ORIGIN": f"https://{canary.said}.example",
    }
    for headers in (elsewhere, {"HTTP_REFERER": elsewhere["HTTP_REFERER"]}):
        assert strict.post(url, {"text": canary.said}, secure=True, **headers).status_code == 403


def test_the_search_finds_what_is_there(canary: Canary, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """The same word put on purpose wherever the first test looks; then a learning point until it is withdrawn."""
    sitting, said = canary.sitting, canary.said
    assert everywhere(said, tmp_path) == {}
    sitting.accept()
    sitting.begin()
    actions.note_turn(round=sitting.round, person=sitting.lead, by=sitting.chair)
    actions.end_round(round=sitting.round, by=sitting.chair)
    canary.post("intervisie:point_release", label="public")
    point = LearningPoint.objects.get(sentence=said)
    found = everywhere(said, tmp_path)
    assert found["rows"] == {POINT}
    assert found["backup"] == {"rows/intervisie.learningpoint.jsonl"}
    assert bool(found.get("files")) is (connection.vendor == "sqlite")
    canary.post("intervisie:point_withdraw", at=f"/{sitting.slug}/intervisie/points/{point.pk}/withdraw/")
    assert everywhere(said, tmp_path) == {}
    assert not [name for name, content in exports(canary).items() if holds(content, said)]
    assert not holds(canary.browser.get(f"/{sitting.slug}/intervisie/points/").content, said)

    cache.set("somewhere", {"deep": said})
    planted = Path(settings.DATA) / "mail" / "planted.eml"
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(said.upper())
    EmailMessage("Planted", said, to=["somebody@voorbeeld.example"]).send()
    session = canary.browser.session
    session["planted"] = said
    session.save()
    Method.objects.update(name=said)
    RunSheetItem.objects.update(facilitator_note=f"x{said}x")
    DatePoll.objects.update(place=said)
    try:
        found = everywhere(said, tmp_path)
    finally:
        planted.unlink()
    logging.getLogger("planted").warning("He said %s", said)
    assert found["rows"] == {"session", "intervisie_method.name", "meetings_runsheetitem.facilitator_note"}
    assert found["cache"]
    assert found["letters"] == {"Planted"}
    assert "mail/planted.eml" in found["files"]
    assert found["backup"] == {"rows/intervisie.method.jsonl", "rows/meetings.runsheetitem.jsonl"}
    assert logged_with(said, caplog) == [f"planted: He said {said} None"]
    assert holds(exports(canary)["method"], said), "own methods go with the method as a file"
    assert Session.objects.exists()
    assert all(holds(b"x" * shift + said.encode(), said) for shift in range(3))
