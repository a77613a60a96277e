from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions, queries
from leerkring.direction.programmes.enums import EditionState, EnrolmentState, ProgrammeKind
from leerkring.direction.programmes.models import Edition, Enrolment, Programme
from leerkring.direction.programmes.tests.stories import edition_of, enrolled, held_meetings
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
FORM = {"name": "Voorjaar", "starts_on": "2025-02-01", "ends_on": "2025-06-30", "fully_from_count": "5"}


def test_an_edition_opens_as_a_draft_with_its_rule(cast: Cast, client_of: Browser) -> None:
    answer = client_of(cast.own.lead).post("/eigen/editions/new/", FORM)
    edition = Edition.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/eigen/editions/{edition.pk}/")
    assert (edition.state, edition.fully_from_count, edition.ends_on) == ("draft", 5, date(2025, 6, 30))
    assert [row.ids for row in FactRow.objects.filter(name="EditionOpened")] == [{"edition_id": edition.pk}]


@pytest.mark.parametrize("wrong", [{"ends_on": "2025-01-01"}, {"fully_from_count": "0"}, {"name": ""}])
def test_an_edition_with_a_mistake_comes_back(cast: Cast, client_of: Browser, wrong: dict[str, str]) -> None:
    assert client_of(cast.own.lead).post("/eigen/editions/new/", {**FORM, **wrong}).status_code == 422
    assert not Edition.objects.exists()


def test_the_rule_that_was_announced_does_not_change(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own, fully_from_count=2)
    form = {**FORM, "fully_from_count": "1", "places_count": "30"}
    assert client_of(cast.own.lead).post(f"/eigen/editions/{edition.pk}/change/", form).status_code == 302
    edition.refresh_from_db()
    assert (edition.fully_from_count, edition.places_count, edition.name) == (2, 30, "Voorjaar")


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_an_edition_goes_ahead_one_step_at_a_time(cast: Cast, kind: ProgrammeKind) -> None:
    Programme.objects.filter(pk=cast.own.programme.pk).update(kind=kind)
    cast.own.programme.refresh_from_db()
    edition = edition_of(cast.own, state=EditionState.DRAFT)
    order = [state for state in EditionState if kind == ProgrammeKind.LEERPROGRAMMA or state != "recruiting"]
    for before, after in pairwise(order):
        for wrong in set(EditionState) - {before, after}:
            with pytest.raises(Refused):
                actions.move_edition(edition=edition, state=wrong, by=cast.own.lead)
        for _click in range(2):
            actions.move_edition(edition=edition, state=after, by=cast.own.lead)
    assert edition.next_state is None
    assert FactRow.objects.filter(name="EditionMoved").count() == len(order) - 1


def test_who_is_confirmed_takes_part_once_it_runs(cast: Cast) -> None:
    edition = edition_of(cast.own, state=EditionState.DRAFT)
    confirmed = enrolled(cast.own, edition, cast.own.member)
    invited = enrolled(cast.own, edition, cast.own.keeper, EnrolmentState.INVITED)
    assert confirmed.state == EnrolmentState.CONFIRMED
    actions.move_edition(edition=edition, state=EditionState.RUNNING, by=cast.own.lead)
    assert list(Enrolment.objects.order_by("id").values_list("state", flat=True)) == ["active", "invited"]
    assert enrolled(cast.own, edition, cast.own.follower).state == EnrolmentState.ACTIVE
    assert invited.pk


def test_only_meetings_of_the_programme_itself_count(cast: Cast, client_of: Browser) -> None:
    workshops, theirs = held_meetings(cast.own, 2), cast.other.meeting()
    edition = edition_of(cast.own, meetings=workshops[:1])
    with pytest.raises(Refused):
        actions.add_meeting(edition=edition, meeting=theirs, by=cast.own.lead)
    with pytest.raises(Refused):
        actions.set_meetings(edition=edition, meetings=[theirs], by=cast.own.lead)
    with pytest.raises(Refused):
        edition_of(cast.own, meetings=[theirs])
    actions.add_meeting(edition=edition, meeting=workshops[1], by=cast.own.lead)
    actions.remove_meeting(edition=edition, meeting=workshops[0], by=cast.own.lead)
    assert list(queries.meetings_of_edition(edition)) == [workshops[1]]

    browser = client_of(cast.own.lead)
    address = f"/eigen/editions/{edition.pk}/meetings/"
    assert browser.post(address, {"meetings": [theirs.pk]}).status_code == 422
    assert browser.post(address, {"meetings": [meeting.pk for meeting in workshops]}).status_code == 302
    assert list(queries.meetings_of_edition(edition)) == workshops


def test_a_refused_step_is_told_on_the_page(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own, state=EditionState.DRAFT)
    browser = client_of(cast.own.lead)
    for state in ("", "feest", "archived"):
        assert browser.post(f"/eigen/editions/{edition.pk}/move/", {"state": state}).status_code == 422
    assert browser.post(f"/eigen/editions/{edition.pk}/move/", {"state": "running"}).status_code == 302
    browser.post(f"/eigen/editions/{edition.pk}/complete/")
    assert "heeft nog geen bijeenkomsten" in browser.get(f"/eigen/editions/{edition.pk}/").content.decode()


PAGES = {"": True, "change/": False, "meetings/": False, "enrol/": False}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["lead", "keeper", "facilitator", "member", "follower", "colleague", None])
def test_the_team_leads_and_others_read(cast: Cast, client_of: Browser, page: str, who: str | None) -> None:
    edition = edition_of(cast.own, state=EditionState.RECRUITING)
    browser = client_of(getattr(cast.own, who) if who else None)
    closed = 302 if who is None else 403
    expected = 200 if PAGES[page] or who == "lead" else closed
    assert browser.get(f"/eigen/editions/{edition.pk}/{page}").status_code == expected
    draft = edition_of(cast.own, state=EditionState.DRAFT)
    there = 200 if who == "lead" else closed if who is None and not PAGES[page] else 404
    assert browser.get(f"/eigen/editions/{draft.pk}/{page}").status_code == there


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower"])
def test_nobody_else_opens_changes_moves_or_completes(cast: Cast, client_of: Browser, who: str) -> None:
    edition, person = edition_of(cast.own), getattr(cast.own, who)
    today = clock.today()
    for verb in (
        lambda: actions.open_edition(
            programme=cast.own.programme, name="X", starts_on=today, ends_on=today, fully_from_count=1, by=person
        ),
        lambda: actions.change_edition(
            edition=edition, name="X", starts_on=today, ends_on=today + timedelta(1), places_count=None, by=person
        ),
        lambda: actions.move_edition(edition=edition, state=EditionState.FINISHED, by=person),
        lambda: actions.set_meetings(edition=edition, meetings=[], by=person),
        lambda: actions.add_meeting(edition=edition, meeting=cast.own.meeting(), by=person),
        lambda: actions.remove_meeting(edition=edition, meeting=cast.own.meeting(), by=person),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    browser = client_of(person)
    for address in ("editions/new/", *(f"editions/{edition.pk}/{verb}/" for verb in ("move", "complete", "change"))):
        assert browser.post(f"/eigen/{address}", FORM).status_code == 403


def test_an_edition_of_another_programme_is_not_found_here(cast: Cast, client_of: Browser) -> None:
    theirs = edition_of(cast.other, state=EditionState.RECRUITING)
    browser = client_of(cast.own.lead)
    for verb in ("", "change/", "enrol/", "apply/"):
        assert browser.get(f"/eigen/editions/{theirs.pk}/{verb}").status_code == 404
    assert browser.post(f"/eigen/editions/{theirs.pk}/complete/").status_code == 404


def test_a_cycle_opens_on_the_page(cast: Cast, client_of: Browser) -> None:
    werkplaats = cast.own.meeting(days=-1, state=MeetingState.HELD)
    workshop = cast.own.meeting(MeetingKind.WORKSHOP, days=-1, state=MeetingState.HELD)
    browser = client_of(cast.own.lead)
    assert browser.post("/eigen/cycles/open/", {"meeting": workshop.pk}).status_code == 422
    assert browser.post("/eigen/cycles/open/", {"meeting": werkplaats.pk}).status_code == 302
    assert "Cyclus 1 begon op" in client_of(None).get("/eigen/editions/").content.decode()
    assert client_of(cast.own.keeper).post("/eigen/cycles/open/", {"meeting": werkplaats.pk}).status_code == 403
