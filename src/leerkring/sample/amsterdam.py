"""The Amsterdam story: a year of a learning community, from 75 people to 175, ending today."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.sample.amsterdam_cycle import first_werkplaats, half_year_of_groups, second_werkplaats
from leerkring.sample.amsterdam_now import since_then
from leerkring.sample.amsterdam_start import grow, start
from leerkring.sample.amsterdam_uptake import put_changes
from leerkring.sample.stage import Stage


def tell(stage: Stage, today: date) -> None:
    city = start(stage, today)
    grow(city, city.days.first - timedelta(days=1))
    put_changes(city, early=True, day=city.days.kick_off + timedelta(days=20))
    first_werkplaats(city)
    half_year_of_groups(city)
    grow(city, city.days.second - timedelta(days=1))
    put_changes(city, early=False, day=city.days.first + timedelta(days=60))
    second_werkplaats(city)
    grow(city, city.days.today)
    since_then(city)
