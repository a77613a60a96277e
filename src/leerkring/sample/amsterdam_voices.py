"""What people of the Amsterdam sample thought of the second werkplaats and tell about the year. All invented."""

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights.stories.enums import Value
from leerkring.sample.evaluating import Answers

SECOND_WERKPLAATS = Answers(("worth", "people", "step", "better"), (
    (4, 5, 4, ""), (5, 4, 4, "Meer tijd bij de groepen, minder op het scherm"), (4, 4, 3, ""), (3, 4, 3, ""),
    (5, 5, 5, "Zeg vooraf welke vragen eraf gaan"), (4, 3, 4, ""), (4, 5, 4, ""), (5, 4, 5, ""),
    (2, 3, 2, "Ik was hier voor het eerst en miste een begin"), (4, 4, 5, ""), (3, 3, 3, ""),
    (4, 5, 4, "Nodig de stadsdelen apart uit"),
))  # fmt: skip

STORIES = (
    ("tarik", Label.PUBLIC, True, {
        Value.IMMEDIATE: "Iemand van inkoop zei hardop wat ik al een jaar dacht.",
        Value.APPLIED: "Ik vroeg haar bij ons startgesprek, met een lege agenda.",
        Value.REALISED: "In drie projecten in Noord zit inkoop er nu vanaf het eerste idee bij.",
    }),
    ("lotte", Label.PROGRAMME, False, {
        Value.IMMEDIATE: "Ik volg van opzij, en dat mag hier gewoon.",
        Value.POTENTIAL: "De norm voor kunstgras, klaar om in ons jaarplan te zetten.",
    }),
)  # fmt: skip
"""Whose, for whom, whether with their name outside, and what they tell."""
