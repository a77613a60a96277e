"""The cards that come with the product, what fits, and what a meeting has to take along. No database."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from leerkring.community.meetings.workforms.card import Asked, Thing, found, to_bring
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import CARDS


def test_every_card_is_whole_and_said_in_both_languages() -> None:
    assert set(CARDS) == set(BuiltIn.values)
    for card in CARDS.values():
        assert card.minutes_min <= card.minutes <= card.minutes_max, card.key
        assert 1 <= card.size_min < card.size_max, card.key
        assert len(card.steps) >= 4, card.key
        words = (card.name, card.purpose, card.fits, card.fits_not, card.watch, *card.steps, *card.materials)
        for word in words:
            with override("nl"):
                dutch = str(word)
            with override("en"):
                english = str(word)
            assert dutch
            assert dutch != english or english in ("Check-in", "Tape"), english
            assert not {"–", "—"} & set(dutch + english)
    assert [card.aim.rank for card in CARDS.values()] == sorted(card.aim.rank for card in CARDS.values())


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (Asked(aim=Aim.HELP), ["speed-advice", "in-threes", "market"]),
        (Asked(minutes=12), ["check-in", "line-up", "dot-voting", "one-step", "alone-to-all", "four-questions"]),
        (Asked(aim=Aim.CHOOSE, people=30), ["dot-voting"]),
        (Asked(people=300), ["one-step"]),
        (Asked(words="stoelen VISKOM"), ["fishbowl"]),
        (Asked(minutes=4), []),
    ],
)
def test_what_fits(asked: Asked, keys: list[str]) -> None:
    with override("nl"):
        assert [card.key for card in found(CARDS.values(), asked)] == keys


def test_minutes_are_those_left_where_the_form_can_be_shorter() -> None:
    fishbowl = CARDS["fishbowl"]
    assert [fishbowl.minutes_in(left) for left in (None, 20, 30, 35, 40, 180)] == [40, 40, 30, 35, 40, 40]


def test_a_meeting_takes_each_thing_along_once() -> None:
    one = replace(CARDS["fishbowl"], materials=("Stiften", "Bel"))
    other = replace(CARDS["carousel"], materials=("stiften", "Tape"))
    assert to_bring([("Viskom", one), ("Muren", other), ("Viskom", one)]) == [
        Thing("Stiften", ("Viskom", "Muren")), Thing("Bel", ("Viskom",)), Thing("Tape", ("Muren",)),
    ]  # fmt: skip
