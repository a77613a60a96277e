"""Both sample cases, told with the product's own actions at simulated dates; all people and texts are invented.

West-Brabant ran from February to June 2023. Amsterdam ends today: its second werkplaats was nineteen days ago (or the
Thursday before), its third is to come, so that a demo is about now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction
from django.utils import translation

from leerkring.community.accounts import queries as accounts
from leerkring.community.memberships import queries as memberships
from leerkring.community.people import actions as people
from leerkring.community.people.models import Person
from leerkring.platform import clock, facts
from leerkring.platform.mail import actions as mail
from leerkring.sample import amsterdam, west_brabant
from leerkring.sample.cast import BEHIND_THE_SCENES, ON_SCREEN, OPERATOR, Member
from leerkring.sample.facts import StoryTold
from leerkring.sample.names import invented_names
from leerkring.sample.stage import Stage, on

SEED = 2023


def is_loaded() -> bool:
    return accounts.address_named(OPERATOR.address) is not None


def load(today: date | None = None, tell: Callable[[str], None] = lambda line: None) -> bool:
    """Tell both stories up to `today`, all or nothing; False when they stand there already."""
    if is_loaded():
        return False
    day = today or clock.today()
    with mail.silenced(), transaction.atomic(), translation.override("nl"):
        with on(date(2023, 1, 9)):
            operator = people.add_first_person(
                given_name=OPERATOR.given_name,
                family_name=OPERATOR.family_name,
                address=OPERATOR.address,
                is_sample=True,
            )
        tell("West-Brabant")
        names = invented_names(
            SEED, {(member.given_name, member.family_name) for member in (*ON_SCREEN, *BEHIND_THE_SCENES)}
        )
        west_brabant.tell(Stage(operator, Random(SEED), names), day)
        tell("Amsterdam")
        amsterdam.tell(Stage(operator, Random(SEED + 1), names), day)
        with on(day, 18):
            for community in memberships.sample_programmes():
                facts.record(StoryTold(community_id=community.pk, by_id=None))
    return True


def cast() -> list[tuple[Member, Person]]:
    """Who can be signed in as, in the order of the demo."""
    found = []
    for member in ON_SCREEN:
        address = accounts.address_named(member.address)
        if address is not None:
            found.append((member, address.account.person))
    return found
