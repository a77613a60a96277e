"""What is said in the Amsterdam sample. Names of organisation, units, themes and goals are public; the rest is invented."""

from typing import NamedTuple

from leerkring.formats.werkplaats.enums import PostKind

UNITS = (
    ("Ruimte en Duurzaamheid", "RD"),
    ("Afval & Grondstoffen", "AG"),
    ("Green Office", "GO"),
    ("Stedelijke Innovatie", "SI"),
    ("Gemeentelijk en Maatschappelijk Vastgoed", "GMV"),
    ("Ingenieursbureau", "IB"),
    ("Project Management Bureau", "PMB"),
    ("Sport en Bos", "SB"),
    ("Stadsdelen", "SD"),
)
DISTRICTS = ("Centrum", "Nieuw-West", "Noord", "Oost", "West", "Zuid", "Zuidoost")

THEMES = (
    ("Gemeente als organisatie", "Hoe wij zelf werken, beslissen en inkopen."),
    ("Met marktpartijen", "Wat de markt kan, en wat wij daarvoor anders vragen."),
    ("Met initiatieven", "Hoe wij bewoners en maatschappelijke initiatieven verder helpen."),
)
ORGANISATION, MARKET, CIVIC = range(3)

GOALS = (
    (2026, "De gemeente werkt circulair", "Aandeel van onze inkoop met eisen aan hergebruik.", "% van de inkoop", 100),
    (
        2030,
        "Half zoveel nieuw materiaal",
        "We meten hout, metaal, steen en kunststof. Voedsel nog niet.",
        "% nieuw materiaal",
        50,
    ),
    (2050, "Een volledig circulaire stad", "Hoe we dit meten, zoeken we nog uit.", "", None),
)


class Question(NamedTuple):
    code: str
    theme: int
    wording: str
    barrier: str
    owner: str
    """A person of the cast, a unit by its name, or empty."""


FIRST_QUESTIONS = (
    Question("A", 0, "Hoe krijgen we inkoop aan tafel vóórdat de uitvraag geschreven is?",
             "Inkoop hoort pas van een project als het bestek af is.", "tarik"),
    Question("B", 0, "Waarom blijft het bij één collega?",
             "Wie vertrekt, neemt de kennis mee.", "sanne"),
    Question("C", 1, "Welke eisen aan materiaal kan de markt nu al aan?",
             "Wij vragen te weinig, uit angst dat niemand inschrijft.", "Ingenieursbureau"),
    Question("D", 1, "Wat maakt dat hergebruik op de milieustraat niet in het contract past?",
             "De aannemer wordt per ton betaald, ook voor wat nog heel is.", "Afval & Grondstoffen"),
    Question("E", 2, "Hoe helpen we een initiatief dat een plek zoekt en bij vijf loketten komt?",
             "Elk loket kent alleen zijn eigen formulier.", "Stadsdeel Oost"),
    Question("F", 0, "Wie mag nee zeggen tegen nieuw als hergebruik ook kan?",
             "Niemand heeft het als taak.", ""),
    Question("G", 1, "Hoe vergelijken we offertes op materiaal en niet alleen op prijs?",
             "Materiaal telt niet mee in de punten.", "femke"),
    Question("H", 1, "Wat is een ton bespaard materiaal ons waard?",
             "Er is geen bedrag om mee te rekenen.", "ravi"),
    Question("I", 2, "Wat verwachten bewoners van ons als zij zelf beginnen?",
             "Wij weten het niet, en vragen het niet.", "Stadsdeel Noord"),
    Question("J", 2, "Wanneer laten we los?",
             "Wij blijven meekijken, ook als het al goed gaat.", "yusuf"),
    Question("K", 0, "Hoe vinden we materiaal dat een ander project over heeft?",
             "Wat overblijft, staat in niemands lijst.", "Green Office"),
)  # fmt: skip

REWORDED = {
    "B": "Hoe wordt circulair werken iets van het team, en niet van één collega?",
    "J": "Wanneer laten we los, en wanneer sturen we?",
}
ANSWER_C = "Van de twintig eisen die we uitvroegen, kan de markt er nu veertien aan. Hout en gevel nog niet."
ANSWER_D = "Hergebruik past in het contract als sorteren een eigen post krijgt, los van het aantal ton."
SPLIT_E = (
    ("Waar vindt een initiatief dat klein begint een tijdelijke plek?", "Gemeentelijk en Maatschappelijk Vastgoed"),
    ("Wie leidt een initiatief langs vergunning en subsidie?", "Stadsdeel Oost"),
)
MERGED_GH = "Hoe telt bespaard materiaal mee als we offertes vergelijken?"
NEW_O = ("Hoe houden we vol wat na de proef stopt?", "Na de subsidie valt het stil.")
FROM_BLOCK_P = "Wie toetst een demontageplan als het stadsdeel geen mensen heeft?"

RAISED_LATER = (
    (0, "Hoe leren we van wat mislukte?", "Over mislukte proeven praten we niet."),
    (1, "Hoe belonen we een aannemer die minder materiaal gebruikt?", "Minder materiaal is nu minder omzet."),
    (2, "Wat hebben vrijwilligers van een ambachtscentrum van ons nodig?", ""),
)


class Group(NamedTuple):
    key: str
    name: str
    theme: int
    questions: str
    guided: bool
    purpose: str
    case: str
    contact: str


GROUPS = (
    Group("inkoop", "Inkoop aan tafel", 0, "A", True, "Twee inkopers meenemen vanaf het eerste idee.",
          "Raamcontract inrichting openbare ruimte", "tarik"),
    Group("allemaal", "Van één naar allemaal", 0, "B", False, "Uitzoeken hoe een werkwijze blijft als iemand weggaat.",
          "Overdracht bij het Project Management Bureau", "sanne"),
    Group("losmaakbaar", "Losmaakbaar", 0, "K", True, "Weten wat er vrijkomt vóórdat de sloper komt.",
          "Sloop van een sporthal in Noord", "elif"),
    Group("eisen", "Eisen die kunnen", 1, "C", False, "Eisen uitproberen met vijf aannemers.",
          "Marktverkenning gevel en dak", "femke"),
    Group("milieustraat", "De milieustraat", 1, "D", True, "Hergebruik een plek geven in het contract.",
          "Contract van de milieustraten", "omar"),
    Group("ton", "Wat is een ton waard", 1, "GH", False, "Een bedrag vinden waar inkoop mee kan rekenen.",
          "Vergelijking van drie aanbestedingen", "ravi"),
    Group("bouwmarkt", "Buurt als bouwmarkt", 2, "E", True, "Een plek voor restmateriaal in de buurt.",
          "Loods aan de rand van Oost", "naima"),
    Group("kring", "Kleine kring", 2, "IJ", False, "Met drie initiatieven afspreken wie wat doet.",
          "Buurtmoestuin en repaircafé", "yusuf"),
)  # fmt: skip

LATER_GROUPS = (
    Group("loket", "Eén ingang", 2, "M", True, "Een initiatief langs alle loketten begeleiden en opschrijven wat knelt.",
          "Ambachtscentrum in Zuidoost", "naima"),
    Group("offertes", "Offertes op materiaal", 1, "N", False, "Een rekenmodel uitproberen in drie uitvragen.",
          "Drie uitvragen in het voorjaar", "ravi"),
)  # fmt: skip

CONNECTOR, COALITION_BUILDER, AREA_BROKER = range(3)
ROLES = (
    ("losmaakbaar", CONNECTOR, "elif"),
    ("inkoop", COALITION_BUILDER, "tarik"),
    ("bouwmarkt", AREA_BROKER, "naima"),
    ("milieustraat", CONNECTOR, "omar"),
    ("loket", AREA_BROKER, "naima"),
)

RESULTS = {
    "inkoop": ("Vier projecten gevolgd vanaf het eerste gesprek.",
               "Als inkoop bij het eerste gesprek zit, komt hergebruik in de uitvraag. Later lukt dat niet meer.",
               "Nodig inkoop uit bij je volgende start.", "We gaan door met twee nieuwe inkopers."),
    "allemaal": ("Zes collega's gesproken die een werkwijze achterlieten.",
                 "Een werkwijze blijft als ze in een sjabloon staat en twee mensen haar kennen.",
                 "Noem bij elk project een tweede naam.", "We gaan door."),
    "losmaakbaar": ("Een sporthal nagelopen vóór de sloop.",
                    "Na de sloopmelding is het te laat om te oogsten. Het plan moet ervoor.",
                    "Toets het plan samen met ons.", "We gaan door in twee stadsdelen."),
    "eisen": ("Twintig eisen voorgelegd aan vijf aannemers.", "Veertien kunnen nu al. Zes nog niet: hout en gevel.",
              "Gebruik onze lijst in je bestek.", "We ronden af als de lijst vastligt."),
    "milieustraat": ("Het contract gelezen met de aannemer.", "Sorteren moet een eigen post zijn.",
                     "Neem dit mee in de nieuwe aanbesteding.", "We ronden af."),
    "ton": ("Drie aanbestedingen opnieuw uitgerekend.", "Met vijftig euro per ton had twee keer een ander gewonnen.",
            "Geef ons drie uitvragen om mee te oefenen.", "We gaan op in een nieuwe groep."),
    "bouwmarkt": ("Een loods gevonden en weer verloren.", "Plek zoeken en vergunning zijn twee vragen.",
                  "Wie heeft een leeg pand voor een jaar?", "We splitsen de vraag."),
    "kring": ("Drie initiatieven gesproken.", "Ze willen vooral weten wie er opneemt.",
              "Laat het weten als je een vaste contactpersoon bent.", "We stoppen hier."),
}  # fmt: skip


class Finding(NamedTuple):
    sentence: str
    context: str
    evidence: str
    source: str
    """`start`, `wp1`, `wp2` for a meeting, or the key of a group."""
    questions: str


INSIGHTS = (
    Finding("Wie eenmaal nieuw koopt, hoeft nergens uit te leggen waarom", "Kantoorinrichting, alle onderdelen",
            "Nagevraagd bij negen onderdelen", "start", "F"),
    Finding("Samen aanbesteden maakt circulair kunstgras niet duurder", "Sportvelden, met drie gemeenten",
            "Uitkomst van de gezamenlijke aanbesteding", "start", "C"),
    Finding("Keukenafval blijft schoon als de schoonmaker het apart ophaalt", "Eigen gebouwen", "Proef van zes weken", "start", "D"),
    Finding("Straatstenen gaan weg omdat het depot ze als afval boekt", "Herinrichting van straten", "Drie werken gevolgd", "start", "K"),
    Finding("Bij het eerste gesprek kost meedenken een uur, bij het bestek een maand", "Inkoop", "Vier projecten", "inkoop", "A"),
    Finding("Hergebruik moet als eerste in de uitvraag staan, anders wordt het een bijlage", "Uitvragen openbare ruimte",
            "Drie uitvragen naast elkaar", "inkoop", "A"),
    Finding("Een inkoper doet mee als er een vraag ligt en geen besluit", "Start van projecten", "Twee gesprekken", "inkoop", "A"),
    Finding("Een werkwijze blijft als ze in een sjabloon staat en twee mensen haar kennen", "Projectleiding", "Zes vertrekgesprekken", "allemaal", "B"),
    Finding("Een tweede naam bij elk project helpt meer dan een handboek", "Projectleiding", "Zes gesprekken", "allemaal", "B"),
    Finding("Nieuwe collega's nemen over wat ze in de eerste maand zien", "Inwerken", "Vragenlijst onder elf mensen", "allemaal", "B"),
    Finding("Na de sloopmelding is het te laat om te oogsten", "Sloop van gebouwen", "Sporthal in Noord", "losmaakbaar", "K"),
    Finding("Een lijst met restmateriaal werkt alleen als ze vóór de start wordt ingevuld", "Openbare ruimte", "Vijf projecten", "losmaakbaar", "K"),
    Finding("Een materiaalpaspoort zonder beheerder is na een jaar verouderd", "Nieuwe gebouwen", "Twee gebouwen bekeken", "losmaakbaar", "K"),
    Finding("Veertien van de twintig eisen kan de markt nu al aan", "Gevel, dak en vloer", "Vijf aannemers", "eisen", "C"),
    Finding("Aannemers willen eisen een jaar vooraf kennen", "Marktgesprekken", "Vijf aannemers", "eisen", "C"),
    Finding("Wie een eis een keer laat vallen, krijgt haar nooit meer terug", "Gunning", "Twee aanbestedingen", "eisen", "C"),
    Finding("Hergebruik past in het contract als sorteren een eigen post krijgt", "Milieustraten", "Gesprek met de aannemer", "milieustraat", "D"),
    Finding("Bezoekers brengen meer hele spullen als er een kringloopwinkel naast staat", "Milieustraten", "Telling van een maand", "milieustraat", "D"),
    Finding("Met vijftig euro per ton had twee keer een ander gewonnen", "Drie aanbestedingen", "Nagerekend", "ton", "GH"),
    Finding("Een bedrag werkt beter dan punten, omdat iedereen het snapt", "Gunning", "Oefening met tien inkopers", "ton", "GH"),
    Finding("Plek zoeken en vergunning zijn voor een initiatief twee vragen", "Initiatieven", "Vijf gesprekken", "bouwmarkt", "E"),
    Finding("Een leeg pand voor een jaar is voor een initiatief genoeg om te beginnen", "Initiatieven in Oost", "Twee voorbeelden", "bouwmarkt", "E"),
    Finding("Eén vaste contactpersoon scheelt een initiatief vier maanden", "Stadsdelen", "Drie initiatieven gevolgd", "kring", "IJ"),
    Finding("Initiatieven vragen geen geld als eerste, maar een naam", "Stadsdelen", "Drie gesprekken", "kring", "I"),
    Finding("Loslaten lukt als vooraf is afgesproken wanneer we terugkomen", "Stadsdelen", "Twee afspraken op papier", "kring", "J"),
    Finding("Wat niemand als taak heeft, blijft liggen", "Hele gemeente", "Genoemd in zes van acht groepen", "wp2", "F"),
    Finding("Een proef zonder afspraak over daarna is een feestje", "Hele gemeente", "Genoemd in vijf groepen", "wp2", "O"),
    Finding("Reparatie wordt vaker gekozen als de baliemedewerker haar noemt", "Stadsloketten", "Proef aan twee balies", "wp2", "B"),
    Finding("Eigen voorraad wordt pas gebruikt als het bestelsysteem haar laat zien", "Kantoorinrichting", "Proef bij Green Office", "wp2", "F"),
    Finding("Een stadsdeel zonder toetser laat het plan liggen", "Sloop", "Twee stadsdelen", "wp2", "P"),
    Finding("Wie laat zien wat het oplevert, krijgt de volgende keer tijd", "Leergroepen", "Gesprek met vier leidinggevenden", "wp2", "B"),
)  # fmt: skip


class Row(NamedTuple):
    title: str
    kind: str
    anchor_kind: str
    anchor: str
    theme: int
    insights: tuple[int, ...]
    """Places in INSIGHTS."""
    carrier: str
    cells: str
    """One per unit of MATRIX_UNITS: step, `!` blocked, `x` given up, `.` nothing; `p` is the block that became P."""
    early: bool = False
    """Began after the first meeting already, so that it has had time to become the norm."""


MATRIX_UNITS = (
    "Ruimte en Duurzaamheid", "Afval & Grondstoffen", "Green Office", "Gemeentelijk en Maatschappelijk Vastgoed",
    "Ingenieursbureau", "Project Management Bureau", "Sport en Bos",
    *(f"Stadsdeel {name}" for name in DISTRICTS),
)  # fmt: skip

CHANGES = (
    Row("Hergebruik eerst in de uitvraag", "differently", "template", "bestektekst 2.4", 0, (5, 4), "tarik",
        "4 . . 3 4 3 2 1 . 1 2 . 1 ."),
    Row("Materiaalpaspoort bij elk nieuw pand", "anew", "clause", "contractbepaling 12", 1, (12,), "elif",
        "2 . . 2! 3 2 . . . . 1 . . ."),
    Row("Kunstgras alleen nog circulair en samen inkopen", "differently", "decision", "gezamenlijke aanbesteding", 1, (1,), "femke",
        "4 . . . 3 . 5 . 4 4 5 . 3 4", early=True),
    Row("Demontageplan vóór de sloopmelding", "anew", "process", "processtap vergunning", 0, (10,), "elif",
        "3 1 . 4 2 2 . 2 . 1! 1p 0 . 1"),
    Row("Niet meer: nieuw kantoormeubilair kopen", "stop", "decision", "inkoopbesluit kantoor", 0, (0,), "sanne",
        "5 4 5 4 3 4 1x 4 3 3 4 3 4 3", early=True),
    Row("Meubels eerst uit eigen voorraad", "anew", "system", "bestelsysteem", 0, (28, 0), "sanne",
        "4 3 5 2! 3 3 1 2 2 1 3 2 2 1", early=True),
    Row("Keukenafval apart ophalen in eigen gebouwen", "differently", "clause", "schoonmaakcontract", 1, (2,), "omar",
        "4 5 4 4 2 2 3 3 2 3 4 2 3 2", early=True),
    Row("Sorteren als eigen post in het contract", "differently", "clause", "contract milieustraat", 1, (16,), "omar",
        "1 4 . . 2 . . . . 1 1 . . ."),
    Row("Reparatie met stadspas bij elk loket noemen", "anew", "checklist", "werkinstructie loket", 2, (27,), "yusuf",
        ". 1 . . . . . 3 4 3 2 3 2 4"),
    Row("Eén aanspreekpunt voor een initiatief", "anew", "job profile", "functieprofiel gebiedsmakelaar", 2, (22, 23), "naima",
        "2 . . 1 . . . 3 2 4 4 1 . 2"),
    Row("Niet meer: straatstenen afvoeren als afval", "stop", "process", "werkafspraak depot", 0, (3,), "omar",
        "3 4 . . 4 4 . 4 3 4 5 3 4 3", early=True),
    Row("Restmateriaal melden vóór de start van een project", "anew", "checklist", "checklist projectstart", 0, (11,), "tarik",
        "1 1 . . 2 2! 0 . . . 1 . . 1x"),
)  # fmt: skip

BLOCK_REASONS = {
    "Materiaalpaspoort bij elk nieuw pand": "Niemand is aangewezen om het paspoort bij te houden",
    "Demontageplan vóór de sloopmelding": "Niemand heeft uren om plannen te toetsen",
    "Meubels eerst uit eigen voorraad": "Het bestelsysteem kent geen tweedehands",
    "Restmateriaal melden vóór de start van een project": "Het formulier past niet in het projectsysteem",
}
GIVE_UP_REASONS = {
    "Niet meer: nieuw kantoormeubilair kopen": "Sport en Bos koopt geen kantoormeubilair",
    "Restmateriaal melden vóór de start van een project": "Zuidoost start dit jaar geen eigen projecten",
}
EVIDENCE = {
    1: "{unit} heeft de uitleg gekregen en vertelt in eigen woorden wat er verandert",
    2: "Opnieuw gedaan in een eigen project van {unit}",
    3: "{unit} doet het nu zonder de mensen van de leergroep",
    4: "Staat in: {anchor}",
    5: "Nagekeken: wie het niet doet, legt uit waarom. De oude manier is gestopt",
}

THREADS = (
    (
        "Rol van de ambtenaar",
        "Steeds gaat het over wie mag beginnen, wie mag stoppen en wie het vasthoudt.",
        (4, 6, 8, 22, 25, 30),
    ),
    ("Eerder beginnen", "Wie vroeg aanschuift, hoeft later niets terug te draaien.", (4, 5, 10, 11, 14)),
    ("Van proef naar gewoon", "Een proef blijft alleen als vooraf is afgesproken wat daarna komt.", (7, 9, 26, 28)),
)

ACTIONS = (
    ("A", "Twee inkopers meelopen met de leergroep", "more", "tarik", 15),
    ("A", "Inkoop uitnodigen bij elk startgesprek in Noord", "more", "tarik", 40),
    ("B", "Bij elk project een tweede naam noemen", "more", "sanne", 25),
    ("C", "Zes open eisen bespreken met de houtsector", "more", "femke", 55),
    ("J", "Met drie initiatieven opschrijven wanneer we terugkomen", "more", "yusuf", 30),
    ("K", "Geen sloper bellen zonder lijst van wat vrijkomt", "less", "elif", 20),
)

HARVEST_START = (
    ("note", "Veel herkenning: iedereen begint steeds opnieuw"),
    ("barrier", "Wie nieuw koopt hoeft niets uit te leggen"),
    ("barrier", "Het depot boekt stenen als afval"),
    ("note", "Sport en Bos heeft al een gezamenlijke aanbesteding gedaan"),
    ("question", "Wie houdt bij wat er vrijkomt?"),
)
HARVEST_FIRST = (
    ("barrier", "Inkoop hoort pas van een project als het bestek af is"),
    ("barrier", "Wie vertrekt, neemt de kennis mee"),
    ("barrier", "Wij vragen te weinig, uit angst dat niemand inschrijft"),
    ("barrier", "De aannemer wordt per ton betaald"),
    ("barrier", "Elk loket kent alleen zijn eigen formulier"),
    ("note", "Acht groepen gevormd, iedereen heeft een plek"),
    ("note", "Drie thema's hielden stand na een uur praten"),
    ("note", "Veel mensen wilden twee groepen kiezen"),
    ("note", "Volgende keer meer tijd voor kennismaken"),
    ("commitment", "Ik neem maandag contact op met inkoop"),
    ("commitment", "Wij vragen Vastgoed om een lijst van lege panden"),
    ("note", "Drie groepen willen begeleiding bij hun casus"),
)
HARVEST_SECOND = (
    ("note", "Vraag D is af: de aannemer was erbij"),
    ("note", "Vraag C is bijna af, hout en gevel nog niet"),
    ("note", "Vraag I: benoemen was genoeg"),
    ("barrier", "Stadsdeel Oost kan een plan niet toetsen"),
    ("barrier", "Na de subsidie valt het stil"),
    ("note", "Een loket dat doorverbindt is ook een loket"),
    ("note", "Veel applaus voor de milieustraat"),
    ("note", "Drie mensen boden zich aan voor vraag F"),
    ("commitment", "Wij nodigen inkoop uit bij elke start in Noord"),
    ("note", "De directeur wil zien wat het oplevert"),
    ("note", "Twee nieuwe groepen willen meteen beginnen"),
    ("note", "Volgende keer de resultaten vooraf rondsturen"),
)

BROUGHT_IN_EARLY = [
    ("tarik", PostKind.QUESTION, "Hoe komt hergebruik in het bestek als niemand er tijd voor krijgt?"),
    ("elif", PostKind.QUESTION, "Wie beslist of een oud pand eerst mag worden leeggehaald?"),
    ("lotte", PostKind.BARRIER, "Bij ons weet niemand waar materiaal over is."),
    ("ravi", PostKind.QUESTION, "Hoe vergelijken we een offerte met hergebruik en een zonder?"),
    ("femke", PostKind.INSIGHT, "Eén mail vóór de uitvraag scheelt drie gesprekken erna."),
    ("yusuf", PostKind.BARRIER, "Initiatieven haken af bij het derde loket."),
]
