"""What people of the West-Brabant sample thought of it and tell about it. All of it is invented."""

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights.stories.enums import Value
from leerkring.sample.evaluating import Answers

EVALUATIONS = (
    Answers(("useful", "room", "better"), (
        (4, 3, "Minder theorie, eerder aan tafel met elkaar"), (3, 4, ""), (4, 4, ""),
        (3, 3, "De pauze was te kort om iemand te spreken"), (5, 4, ""), (3, 2, "Ik kwam er bij de zaalvragen niet tussen"),
        (2, 3, ""), (3, 4, "Graag een voorbeeld van een kleine gemeente"), (4, 4, "Zet op papier wie er zijn"),
    )),
    Answers(("useful", "room"), ((4, 5), (5, 5), (4, 4), (4, 5), (3, 4), (5, 5))),
    Answers(("useful", "room", "better"), (
        (4, 4, ""), (4, 5, ""), (3, 4, "De kaart had meer tijd nodig"), (5, 4, ""), (4, 4, ""), (4, 3, ""),
        (4, 5, "Houd het oefenen in drietallen erin"), (4, 4, "Nodig ook een inkoper uit"),
    )),
    Answers(("useful", "room", "missed"), (
        (5, 4, ""), (4, 4, "Een bedrijf dat nog moet beginnen"), (4, 4, ""), (5, 5, ""), (4, 3, ""), (4, 4, "Jeugdzorg"),
        (4, 4, "Een wethouder"),
    )),
    Answers(("useful", "room"), ((4, 4), (5, 5), (4, 5))),
    Answers(("useful", "room", "step", "take"), (
        (5, 4, 5, "Ik bel inkoop voordat ik iets opschrijf"), (4, 5, 4, ""), (5, 5, 5, "Vier gemeenten die meedoen"),
        (4, 4, 4, ""), (5, 4, 3, ""), (4, 4, 5, "Een datum, en iemand die ernaar vraagt"), (5, 5, 4, ""), (4, 4, 4, ""),
        (5, 4, 5, "Dat klein meetelt"), (4, 4, 4, "Een tweede collega"),
    )),
)  # fmt: skip
"""By meeting. After the second intervisie three people answered: too few to show anything."""

STORIES = (
    (2, Label.PUBLIC, False, {
        Value.IMMEDIATE: "Opluchting. Ik was niet de enige die op de milieustraat goede spullen in de bak zag gaan.",
        Value.POTENTIAL: "Het nummer van de beheerder van de kringloop, en van vijf collega's in de regio.",
        Value.APPLIED: "Ik belde. Een kwartier later hadden we een proef van een maand, op dinsdag.",
        Value.REALISED: "Elke week gaat er een bus vol meubels en fietsen naar de winkel.",
        Value.TRANSFORMATIVE: "De ophaaldag is gewoon. Niemand vraagt meer van wie het een idee was.",
    }),
    (0, Label.ORGANISATIONS, True, {
        Value.APPLIED: "Ik vroeg onze inkoper mee naar het eerste gesprek, nog voor er een plan lag.",
        Value.REALISED: "Zij kende een contract waar we op mee konden. Dat scheelde ons vier maanden.",
    }),
    (15, Label.PROGRAMME, False, {
        Value.IMMEDIATE: "Zestien prikkers op een kaart, en de mijne was niet de enige met een vraag.",
        Value.POTENTIAL: "Ik weet nu wie ik bel in Rucphen en Etten-Leur.",
        Value.APPLIED: "Met die twee heb ik een lijst gemaakt van stenen die over zijn.",
    }),
    (9, Label.PROGRAMME, False, {
        Value.IMMEDIATE: "In de intervisie stelde iemand een vraag waar ik nog steeds op kauw.",
    }),
    (4, None, False, {
        Value.IMMEDIATE: "Eerlijk gezegd: te veel tegelijk, en te weinig tijd op mijn werk.",
        Value.POTENTIAL: "Wel drie bedrijven die willen praten.",
    }),
    (15, None, False, {
        Value.APPLIED: "De vergunning van de fietsenmaker ligt bij mij op tafel. Ik schrijf dit af als hij er is.",
    }),
)  # fmt: skip
"""Whose, for whom (None: kept to oneself), whether with their name outside, and what they tell."""

OFFERED_NOTE = "Jij zei in de laatste workshop dat je hier verder mee wilt. Neem je de vraag mee?"
ASKED_NOTE = "De teamleider in Zundert heeft een andere baan. Wil jij de ophaaldag verder dragen?"
LEARNED_BY, LEARNED = 3, "Drie wethouders aan één tafel zeggen eerder ja dan ieder apart"
