"""The West-Brabant edition as a whole, by the people whose job it is: from a template to the next edition.

Some days are half a year apart, so the server lives by a clock that the story moves (`moved_clock`). Each chapter is a
module of `edition`; axe looks at every screen on the way.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.edition import afterwards, planning, recruiting, sitting
from tests.journeys.edition.story import Story
from tests.journeys.somebody import Cast
from tests.running import Prepared, Server


@pytest.fixture(scope="module")
def server(sample: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = tmp_path_factory.mktemp("edition")
    with (
        sample.copy(place / "data") as (data, url),
        Server(
            data, "demo", module="tests.journeys.moved_clock", database_url=url, JOURNEY_CLOCK=str(place / "clock")
        ) as server,
    ):
        yield server


def test_an_edition_goes_from_a_template_to_the_next_one(cast: Cast, server: Server) -> None:
    story = Story(cast, server, server.data.parent / "clock")

    planning.the_lead_plans_it_from_our_template(story)
    planning.the_lead_asks_which_day_suits(story)
    planning.the_best_day_becomes_the_day_of_the_workshop(story)

    recruiting.the_lead_puts_in_who_is_known(story)
    recruiting.the_lead_lets_people_register(story)
    recruiting.a_newcomer_takes_the_last_place(story)
    recruiting.a_member_comes_on_the_waiting_list(story)
    recruiting.a_place_comes_free_and_is_offered(story)

    sitting.the_first_workshop_begins(story)
    sitting.people_check_in_by_the_code_on_the_screen(story)
    sitting.who_has_no_phone_touches_a_name(story)
    sitting.the_rest_is_noted_from_the_list(story)
    sitting.a_group_agrees_how_to_talk(story)
    sitting.a_round_goes_by_the_clock(story)
    sitting.who_brought_the_case_releases_one_sentence(story)
    sitting.the_series_goes_on(story)
    sitting.each_says_what_they_mean_to_do(story)

    afterwards.the_lead_counts_and_issues(story)
    afterwards.the_participants_read_how_it_stands(story)
    afterwards.anybody_checks_the_certificate(story)
    afterwards.six_weeks_later_one_tap_in_the_mail_says_how_it_went(story)
    afterwards.what_came_of_it_is_a_question_for_all(story)
    afterwards.the_lead_reports_to_everybody(story)
    afterwards.the_next_edition_comes_from_this_one(story)
