"""The whole circle, by the people whose job it is: from a meeting to the norm, and from a block back to the agenda.

The journey in Dutch goes through every step of the cycle; the one in English takes a short way along what is there.
axe looks at every screen on the way.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.cycle import agenda, uptake
from tests.journeys.cycle.story import Places
from tests.journeys.somebody import Cast


def test_a_question_goes_from_a_meeting_to_the_norm(cast: Cast) -> None:
    at = Places()
    agenda.the_team_plans_a_werkplaats(cast("Noor de Wit"), at)
    agenda.the_facilitator_holds_it(cast("Joost Hendriks"), at)
    agenda.the_harvest_is_typed_and_sorted(cast("Joost Hendriks"), at)
    agenda.the_keeper_sharpens_the_question(cast("Sanne Kuipers"), at)
    agenda.the_keeper_sets_version_3(cast("Sanne Kuipers"))
    agenda.a_group_takes_it_up(cast, at)
    agenda.the_contact_writes_what_they_did(cast("Elif Arslan"), at)
    uptake.an_insight_answers_the_question(cast, at)
    uptake.a_change_rests_on_the_insight(cast("Elif Arslan"), at)
    uptake.it_becomes_the_norm(cast("Elif Arslan"), at)
    uptake.the_norm_leads_back_to_the_meeting(cast("Lotte Vermeer"), at)
    uptake.a_second_unit_is_blocked(cast("Elif Arslan"), at)
    uptake.the_keeper_sets_version_4(cast("Sanne Kuipers"), at)
    uptake.everybody_sees_it_on_their_first_screen(cast)
    uptake.the_public_sees_what_is_public(cast.visitor(), at)


def test_a_short_way_in_english(cast: Cast) -> None:
    lotte = cast("Lotte Vermeer")
    lotte.goes_to("/amsterdam/today/")
    lotte.presses("English", within=lotte.page.get_by_role("banner"))
    expect(lotte.page.locator("html")).to_have_attribute("lang", "en")
    lotte.heading("Since the werkplaats of")
    lotte.follows("Learning agenda", within=lotte.page.get_by_role("banner"))
    lotte.follows("Compare with version")
    lotte.goes_to("/amsterdam/agenda/compare/?from=1&to=2")
    lotte.opens("View as a table")
    lotte.reads("What became of it", "let go: naming it was enough")
    lotte.follows("Uptake", within=lotte.page.get_by_role("banner"))
    lotte.chooses({"Step": "5 norm"})
    lotte.presses("Show")
    lotte.reads("Show everything")
    lotte.follows("norm.", within=lotte.main.get_by_role("table"))
    lotte.reads("The ladder", "Everything that happened")
    lotte.follows("See the whole trace")
    lotte.reads("What was before")
    with lotte.comes():
        lotte.part("What was before").locator("a[href*='/questions/']").first.click()
    lotte.reads("How it was said")
