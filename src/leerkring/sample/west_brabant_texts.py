"""What is said in the West-Brabant sample. Municipalities, fields and the series are public; the rest is invented."""

MUNICIPALITIES = (
    "Alphen-Chaam", "Altena", "Baarle-Nassau", "Bergen op Zoom", "Breda", "Drimmelen", "Etten-Leur", "Geertruidenberg",
    "Halderberge", "Moerdijk", "Oosterhout", "Roosendaal", "Rucphen", "Steenbergen", "Woensdrecht", "Zundert",
)  # fmt: skip
FIELDS = ("duurzaamheid", "economie", "ondernemen", "afval", "jeugdzorg")

MEETINGS = (
    ("workshop", "Workshop 1: Circulair denken", (2023, 2, 9), "Breda",
     "Wat circulair denken is, en waar je in je eigen gemeente kunt beginnen."),
    ("intervisie", "", (2023, 3, 2), "Etten-Leur", ""),
    ("workshop", "Workshop 2: Wie heb je nodig", (2023, 3, 23), "Roosendaal",
     "Wie je nodig hebt om een kleine stap te zetten, binnen en buiten je gemeente."),
    ("workshop", "Workshop 3: Samenwerken met bedrijven", (2023, 4, 20), "Moerdijk",
     "Wat bedrijven van een gemeente nodig hebben, en andersom."),
    ("intervisie", "", (2023, 5, 11), "Oosterhout", ""),
    ("workshop", "Workshop 4: Kansrijke initiatieven en voornemens", (2023, 6, 8), "Bergen op Zoom",
     "Welke plannen kansrijk zijn, en wat je in je eigen gemeente gaat doen."),
)  # fmt: skip

OWN_FORM = "own"
"""On a run sheet: the form that the programme wrote itself."""

RUN_SHEETS = {
    "Workshop 1: Circulair denken": (
        (15, "Inloop", "", ""),
        (20, "Welkom en rondje", "Wie ben je en wat wil je leren?", OWN_FORM),
        (50, "Theorie: circulair denken", "Een lector vertelt", ""),
        (15, "Pauze", "", ""),
        (60, "Werksessie: een stroom in jouw gemeente", "In groepjes van vijf", "carousel"),
        (20, "Oogst en afsluiting", "", ""),
    ),
    "Workshop 2: Wie heb je nodig": (
        (15, "Inloop", "", ""),
        (30, "Terugblik op het vorige voornemen", "", "in-threes"),
        (60, "Kaart maken van wie je nodig hebt", "Op grote vellen", ""),
        (15, "Pauze", "", ""),
        (40, "Gesprek oefenen", "In drietallen", ""),
        (20, "Oogst en afsluiting", "", ""),
    ),
    "Workshop 3: Samenwerken met bedrijven": (
        (15, "Inloop", "", ""),
        (45, "Drie ondernemers vertellen", "", ""),
        (60, "Aan tafel met een ondernemer", "Vier tafels, twee rondes", "world-cafe"),
        (15, "Pauze", "", ""),
        (25, "Wat spreken we af?", "", "effort-and-effect"),
        (20, "Oogst en afsluiting", "", ""),
    ),
    "Workshop 4: Kansrijke initiatieven en voornemens": (
        (15, "Inloop", "", ""),
        (60, "Initiatieven: wat kost het, wat levert het op?", "Iedereen plakt", "effort-and-effect"),
        (15, "Pauze", "", ""),
        (40, "Mijn voornemen", "Wat, met wie, vóór wanneer", "one-step"),
        (30, "Uitreiking en hoe we contact houden", "", ""),
        (20, "Borrel", "", ""),
    ),
}

HARVEST = {
    "Workshop 1: Circulair denken": (
        ("note", "Iedere gemeente heeft een milieustraat, bijna niemand een plek om te repareren"),
        ("barrier", "Ik ben in mijn gemeente de enige die hiermee bezig is"),
        ("question", "Waarom blijft het bij één collega?"),
        ("insight", "Een reststroom bij naam noemen maakt collega's nieuwsgierig"),
    ),
    "Workshop 2: Wie heb je nodig": (
        ("barrier", "Inkoop en beheer kennen elkaar niet"),
        ("question", "Hoe krijgen we inkoop aan tafel vóórdat de uitvraag geschreven is?"),
        ("insight", "Wie eerst vraagt wat een ander nodig heeft, krijgt sneller hulp"),
        ("note", "Jeugdzorg ziet werkplekken in een ambachtscentrum"),
    ),
    "Workshop 3: Samenwerken met bedrijven": (
        ("insight", "Bedrijven willen één aanspreekpunt, geen tien beleidsvelden"),
        ("question", "Wat maakt dat hergebruik op de milieustraat niet in het contract past?"),
        ("note", "Twee ondernemers willen restmateriaal delen"),
    ),
    "Workshop 4: Kansrijke initiatieven en voornemens": (
        (
            "question",
            "Welke rol pakken wij als kleine gemeente bij een regionaal ambachtscentrum, en welke juist niet?",
        ),
        ("insight", "Een kleine gemeente kan meedoen met ruimte of mensen, niet alleen met geld"),
        ("note", "Iedereen wil contact houden"),
    ),
}

COMMITMENTS = (
    "Ik nodig inkoop uit bij de start van ons volgende project",
    "Ik maak een lijst van wat er op onze milieustraat heel binnenkomt",
    "Ik praat met de kringloopwinkel over een vaste ophaaldag",
    "Ik leg het ambachtscentrum voor aan mijn wethouder",
    "Ik vraag drie bedrijven wat zij overhouden",
    "Ik zet hergebruik in de uitvraag voor straatmeubilair",
    "Ik neem jeugdzorg mee naar het ambachtscentrum in Breda",
    "Ik vertel in het teamoverleg wat ik hier leerde",
    "Ik zoek een tweede collega die dit mee oppakt",
    "Ik bekijk het afvalcontract samen met inkoop",
    "Ik organiseer een bezoek aan een circulair bedrijf",
    "Ik schrijf een half A4 voor het college",
    "Ik laat de school weten waar restmateriaal te halen is",
    "Ik vraag beheer welke stenen terug kunnen",
    "Ik bel de buurgemeente over een gezamenlijke plek",
    "Ik help een ondernemer met zijn vergunning",
)
AT_SIX_WEEKS = 5
LOOKED_BACK = (
    (6, "done", "Gelukt, inkoop zit er nu standaard bij", "Mijn inkoper wilde dit zelf ook", ""),
    (6, "partly", "De lijst is er, de telling nog niet", "De beheerder", "Geen uren om te tellen"),
    (6, "done", "Elke dinsdag komt de kringloop langs", "Eén vaste dag afspreken", ""),
    (6, "different", "Het werd een gesprek met drie wethouders", "", ""),
    (6, "not", "Geen tijd gehad, ik neem het mee naar het najaar", "", "Vakantie en een zieke collega"),
    (12, "done", "Staat nu in de uitvraag", "Het voorbeeld van Breda", ""),
    (12, "done", "We waren er met zes collega's", "", ""),
    (12, "partly", "Verteld wel, maar het bleef bij luisteren", "", "Een volle agenda"),
    (12, "not", "Nog niemand gevonden", "", "Iedereen vindt het mooi, niemand heeft uren"),
    (12, "done", "Het contract ligt open op tafel bij inkoop", "", ""),
    (12, "different", "Het bedrijf kwam naar ons toe", "Een ondernemer uit workshop 3", ""),
)
"""Answers to the first commitments, at the letter after six or twelve weeks; the others were not looked back at."""

INITIATIVES = (
    ("Circulair ambachtscentrum", "Milieustraat, kringloopwinkel, reparatie, leerwerkplekken en onderwijs op één plek.",
     "large", "large", "kringloop, sociaal werkbedrijf, mbo", ("Breda", "Etten-Leur", "Zundert", "Rucphen"),
     "Met vier gemeenten een plek zoeken"),
    ("Samen met bedrijven op het bedrijventerrein", "Bedrijven zien van elkaar wat er overblijft en wie het kan gebruiken.",
     "medium", "large", "ondernemersverenigingen", ("Moerdijk", "Roosendaal", "Bergen op Zoom"),
     "Drie bedrijven laten beginnen"),
    ("Restmateriaal delen tussen gemeenten", "Een lijst van stenen, banken en hekken die een gemeente over heeft.",
     "small", "medium", "afdelingen beheer", ("Altena", "Drimmelen", "Geertruidenberg"), "Lijst maken voor één soort materiaal"),
)  # fmt: skip

CHANGES = (
    ("Inkoop zit bij het eerste gesprek", "differently", "process", "startformulier project", 1,
     (("Breda", 4), ("Roosendaal", 3), ("Oosterhout", 2), ("Altena", 1))),
    ("Vaste ophaaldag voor de kringloop op de milieustraat", "anew", "clause", "contract milieustraat", 0,
     (("Zundert", 3), ("Etten-Leur", 2), ("Moerdijk", 1))),
)  # fmt: skip
