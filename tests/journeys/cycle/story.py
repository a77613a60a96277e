"""What the people of the circle say, and the addresses that one step hands to the next."""

from __future__ import annotations

from dataclasses import dataclass

WERKPLAATS = "Werkplaats Beheer"
RAISED = "Waarom kopen we nieuw als repareren kan?"
QUESTION = "Hoe wordt repareren de gewone keuze van wie een gebouw beheert?"
GROUP = "Eerst repareren"
CASE = "De deuren van het stadsloket"
INSIGHT = "Een beheerder die een vast bedrag mag besteden, laat repareren"
CHANGE = "Eerst de reparateur bellen, dan pas bestellen"
ANCHOR = "werkinstructie beheer 3.2"
FROM_BLOCK = "Hoe krijgt een stadsdeel een eigen bedrag voor reparatie?"
PIONEER = "Gemeentelijk en Maatschappelijk Vastgoed"
SECOND = "Sport en Bos"
EVIDENCE = {
    "overgedragen": "Uitgelegd in het teamoverleg; de teamleider vertelde het na.",
    "beproefd": "Drie deuren van het stadsloket zijn gerepareerd in plaats van vervangen.",
    "overgenomen": "Het team belt al twee maanden uit zichzelf eerst de reparateur.",
    "verankerd": "Het staat in werkinstructie beheer 3.2, sinds deze maand.",
    "norm": "Wie nieuw bestelt, moet uitleggen waarom. De oude bestelknop is weg.",
}


@dataclass
class Places:
    """Addresses that one step hands to the next."""

    meeting: str = ""
    question: str = ""
    group: str = ""
    insight: str = ""
    change: str = ""
    uptake: str = ""
    new_question: str = ""
