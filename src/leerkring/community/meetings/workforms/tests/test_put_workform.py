"""From the library onto a run sheet: what is filled in, who sees what of it, and what to take along."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings import queries
from leerkring.community.meetings.enums import IntervisieStep, MeetingKind
from leerkring.community.meetings.models import RunSheetItem
from leerkring.community.meetings.workforms import actions
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.tests.test_workforms import TEXTS
from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]


def test_a_part_is_filled_from_its_form_and_keeps_the_link(cast: Cast) -> None:
    own = cast.own
    meeting = own.meeting()
    by = own.facilitator
    item = meetings.put_workform(meeting=meeting, card=CARDS["fishbowl"], minutes=35, by=by)
    assert (item.title, item.minutes, item.note, item.built_in_form) == ("Viskom", 35, "", "fishbowl")
    assert item.facilitator_note.startswith("De lege stoel blijft")
    form = actions.write_workform(community=own.community, texts=TEXTS, by=by)
    meetings.change_run_sheet_item(item=item, card=own_card(form), revision=1, by=by)
    item.refresh_from_db()
    assert (item.title, item.built_in_form, item.own_form) == ("Viskom", "", form)
    with pytest.raises(EditedMeanwhile) as edited:
        meetings.change_run_sheet_item(item=item, card=CARDS["market"], revision=1, by=by)
    assert "Ronde langs de gemeenten" in edited.value.theirs
    meetings.change_run_sheet_item(item=item, card=None, by=by)
    item.refresh_from_db()
    assert not item.has_form
    assert FactRow.objects.filter(name="RunSheetItemPut").count() == 1
    with pytest.raises(PermissionDenied):
        meetings.put_workform(meeting=meeting, card=CARDS["fishbowl"], by=own.member)
    elsewhere = actions.write_workform(community=cast.other.community, texts=TEXTS, by=cast.other.lead)
    with pytest.raises(Refused):
        meetings.put_workform(meeting=meeting, card=own_card(elsewhere), by=by)
    intervisie = own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    with pytest.raises(Refused):
        meetings.put_run_sheet_item(
            meeting=intervisie, minutes=5, step=IntervisieStep.ADVICE, card=CARDS["fishbowl"], by=by
        )
    assert [row.pk for row in queries.items_of(meeting)] == [item.pk]


def test_choosing_beside_the_time_that_is_left(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    meeting = own.meeting()
    meetings.put_run_sheet_item(meeting=meeting, minutes=145, title="Lang", by=own.lead)
    page = f"/{own.community.slug}/meetings/{meeting.pk}/run-sheet/workforms/"
    browser = client_of(own.facilitator)
    choices = {card.key: minutes for card, minutes in browser.get(page).context["choices"]}
    assert (choices["fishbowl"], choices["check-in"], "world-cafe" in choices) == (35, 10, False)
    assert "world-cafe" in {card.key for card, _minutes in browser.get(page + "?aim=").context["choices"]}
    assert client_of(own.member).get(page).status_code == 403
    assert browser.post(page + "fishbowl/put/", {"minutes": "35"}).status_code == 302
    assert browser.post(page + "nonsense/put/").status_code == 404
    assert browser.post(page + "check-in/put/", {"minutes": "9999"}).status_code == 302
    assert [row.title for row in queries.items_of(meeting)] == ["Lang", "Viskom"]
    intervisie = own.meeting(MeetingKind.INTERVISIE, keeps_text=False)
    other = f"/{own.community.slug}/meetings/{intervisie.pk}/run-sheet/workforms/"
    assert browser.get(other).status_code == 404
    assert browser.post(other + "fishbowl/put/").status_code == 302
    assert not queries.items_of(intervisie).exists()


def test_facilitators_see_steps_and_things_others_the_title_alone(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    meeting = own.meeting()
    meetings.put_workform(meeting=meeting, card=CARDS["carousel"], by=own.lead)
    hidden = actions.write_workform(
        community=own.community, texts=replace(TEXTS, name="Van het team"), label=Label.GROUP, by=own.lead
    )
    meetings.put_workform(meeting=meeting, card=own_card(hidden), by=own.lead)
    home = f"/{own.community.slug}/meetings/{meeting.pk}/"
    step, thing = str(CARDS["carousel"].steps[0]).encode(), b"Een kaart van de regio"
    lead, member, facilitator = client_of(own.lead), client_of(own.member), client_of(own.facilitator)
    for page in ("run-sheet/", "run-sheet/print/"):
        shown = lead.get(home + page).content
        assert step in shown
        assert thing in shown
        assert b"Een bel" in shown
        less = facilitator.get(home + page).content
        assert step in less
        assert thing not in less, "this form is for the team"
    assert b"/workforms/carousel/" in lead.get(home).content
    assert b"/workforms/carousel/" not in member.get(home).content
    for browser, page in ((member, "run-sheet/print/"), (lead, "run-sheet/print/?for=everyone"), (member, "")):
        shown = browser.get(home + page).content
        assert b"Carrousel langs de muren" in shown
        assert step not in shown
        assert b"Een bel" not in shown


def test_the_form_of_a_part_is_chosen_and_one_for_the_team_is_left_alone(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    meeting = own.meeting()
    item = meetings.put_workform(meeting=meeting, card=CARDS["carousel"], by=own.lead)
    url = f"/{own.community.slug}/meetings/{meeting.pk}/run-sheet/{item.pk}/"
    browser = client_of(own.facilitator)
    assert browser.get(url).context["form"]["workform"].value() == "carousel"
    typed = {"minutes": "20", "title": "Ronde", "workform": "market", "revision": "1"}
    assert browser.post(url, typed | {"workform": "nonsense"}).status_code == 422
    assert browser.post(url, typed).status_code == 302
    assert RunSheetItem.objects.get().built_in_form == "market"
    assert browser.post(url, typed).status_code == 422, "somebody was first"
    hidden = actions.write_workform(community=own.community, texts=TEXTS, label=Label.GROUP, by=own.lead)
    meetings.change_run_sheet_item(item=item, card=own_card(hidden), by=own.lead)
    assert "workform" not in browser.get(url).context["form"].fields
    assert browser.post(url, {"minutes": "25", "title": "Ronde", "revision": "3"}).status_code == 302
    assert (RunSheetItem.objects.get().minutes, RunSheetItem.objects.get().own_form) == (25, hidden)
