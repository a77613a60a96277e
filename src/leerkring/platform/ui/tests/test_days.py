"""Days as people say them, in both languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from leerkring.platform import clock
from leerkring.platform.ui import days

HERE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2024, 12, 3, 10, 0, tzinfo=HERE)
DAY = date(2024, 11, 14)


@pytest.fixture(autouse=True)
def third_of_december() -> object:
    with clock.at(NOW), translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("form", "dutch", "english"),
    [
        ("short", "14 nov", "14 Nov"),
        ("day", "do 14 nov", "Thu 14 Nov"),
        ("long", "14 november 2024", "14 November 2024"),
        ("day_month", "14 november", "14 November"),
        ("full", "donderdag 14 november 2024", "Thursday 14 November 2024"),
        ("month", "november 2024", "November 2024"),
    ],
)
def test_a_day_has_one_form_in_each_language(form: str, dutch: str, english: str) -> None:
    assert days.date_words(DAY, form) == dutch
    with translation.override("en"):
        assert days.date_words(DAY, form) == english


def test_another_year_is_named() -> None:
    assert days.date_words(date(2023, 3, 2)) == "2 mrt 2023"
    assert days.date_words(date(2023, 6, 8), "day_month") == "8 juni 2023"
    assert days.date_words(date(2025, 1, 14), "day_month") == "14 januari"


def test_a_moment_late_at_night_belongs_to_the_day_here() -> None:
    assert days.date_words(datetime(2024, 11, 13, 23, 30, tzinfo=ZoneInfo("UTC"))) == "14 nov"


def test_the_time_element_holds_the_day_for_machines() -> None:
    assert days.date_tag(DAY) == '<time datetime="2024-11-14">14 nov</time>'
    moment = datetime(2024, 11, 14, 14, 2, tzinfo=HERE)
    assert days.date_tag(moment, "time") == '<time datetime="2024-11-14T14:02+01:00">14.02 uur</time>'
    assert days.date_tag(moment, "moment").endswith(">14 nov om 14.02 uur</time>")
    assert days.date_tag(None) == ""


def test_an_unknown_form_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no form 'longest'"):
        days.date_tag(DAY, "longest")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 12, 3), "sinds vandaag"),
        (date(2024, 12, 2), "al 1 dag"),
        (date(2024, 11, 21), "al 12 dagen"),
        (date(2024, 11, 12), "al 3 weken"),
        (date(2024, 8, 2), "sinds 2 augustus"),
        (date(2023, 8, 2), "sinds 2 augustus 2023"),
    ],
)
def test_since_counts_days_then_weeks_then_names_the_day(day: date, words: str) -> None:
    assert days.since_words(day) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 12, 3), "vandaag"),
        (date(2024, 12, 4), "morgen"),
        (date(2024, 12, 10), "over 7 dagen"),
        (date(2025, 3, 13), "over 14 weken"),
        (date(2024, 11, 14), "14 nov"),
    ],
)
def test_until_says_how_far_away(day: date, words: str) -> None:
    assert days.until_words(day) == words
