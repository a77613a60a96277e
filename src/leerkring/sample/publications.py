"""What the sample programmes publish: how West-Brabant ended and how Amsterdam's first year went. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from leerkring.community.memberships.enums import Label
from leerkring.sample.amsterdam_days import Calendar
from leerkring.sample.cast import ON_SCREEN, Member

PICTURES = Path(__file__).with_name("pictures")
WHO = {member.key: member for member in ON_SCREEN}
LEADS = {"west-brabant": WHO["marieke"], "amsterdam": WHO["noor"]}
When = Callable[[date], date]
"""From the day on which the story is told to the day of this piece."""


class Words(NamedTuple):
    title: str
    lead: str
    text: str
    picture: str = ""


class Said(NamedTuple):
    """A reaction: by whom, how many days later, and what became of it."""

    by: Member
    days: int
    text: str
    waits: bool = False


@dataclass(frozen=True)
class Piece:
    slug: str
    when: When
    dutch: Words
    english: Words | None = None
    is_essay: bool = False
    label: Label = Label.PUBLIC
    authors: tuple[tuple[Member, str], ...] = ()
    """Who agreed to be named, and how."""
    asked: tuple[Member, ...] = ()
    """Who is asked, and did not answer yet: nobody sees these names."""
    picture: str = ""
    file: tuple[str, str] | None = None
    reactions: tuple[Said, ...] = ()
    is_draft: bool = False


def _on(year: int, month: int, day: int) -> When:
    return lambda today: date(year, month, day)


def _after_second(days: int) -> When:
    return lambda today: Calendar(today).second + timedelta(days=days)


def _after_first(days: int) -> When:
    return lambda today: Calendar(today).first + timedelta(days=days)


def _after_kick_off(days: int) -> When:
    return lambda today: Calendar(today).kick_off + timedelta(days=days)


CHECKLIST = """Vragen voor een eerste gesprek over een initiatief

[ ] Wie is de eigenaar over een jaar, als de trekker weg is?
[ ] Welke ruimte, mensen of spullen brengt onze gemeente in?
[ ] Met wie delen we dit al, en wie missen we nog?
[ ] Zit inkoop aan tafel? Zo nee: wie belt?
[ ] Wat is de kleinste stap die we binnen een maand kunnen zetten?
[ ] Waaraan zien we over een half jaar dat het werkt?
"""

PIECES = (
    Piece(
        "west-brabant", _on(2023, 6, 22),
        Words(
            "Wat zestien gemeenten meenamen",
            "Vier maanden, zes bijeenkomsten en 25 collega's uit zestien gemeenten. Op de laatste middag ging het niet "
            "over wat we hadden geleerd, maar over wie er maandag mee begint.",
            "Op 8 juni zaten we voor het laatst bij elkaar, in het gemeentehuis van Bergen op Zoom. Vijf beleidsvelden "
            "aan één tafel: duurzaamheid, economie, ondernemen, afval en jeugdzorg. In februari kenden de meesten elkaar "
            "niet.\n\n"
            "## Klein beginnen, samen\n\n"
            "Wie circulair zegt, denkt al snel aan een groot plan. In de vier workshops ging het juist over de kleinste "
            "stap die een gemeente zelf kan zetten, en over wie je daarvoor nodig hebt. Vaak was dat iemand die niet in "
            "de zaal zat: de inkoper, de beheerder van de milieustraat, de kringloop.\n\n"
            "> Een kleine gemeente kan meedoen met ruimte of mensen, niet alleen met geld.\n\n"
            "## Drie initiatieven\n\n"
            "Aan het eind lagen er drie plannen die kansrijk zijn:\n\n"
            "- een **circulair ambachtscentrum**, met milieustraat, kringloop, reparatie en onderwijs op één plek;\n"
            "- **samen met bedrijven** op het bedrijventerrein kijken wat er overblijft en wie het kan gebruiken;\n"
            "- **restmateriaal delen** tussen gemeenten, te beginnen met één soort materiaal.\n\n"
            "## Zestien voornemens\n\n"
            "Iedereen schreef één ding op voor de eigen gemeente, met een datum erbij. Na zes en na twaalf weken vragen "
            "we hoe het ging. Ook *het werd iets anders* is dan een goed antwoord.",
            "Een vloer van bruine stenen. Drie plekken zijn leeg en één groene steen ligt klaar, schuin.",
        ),
        english=Words(
            "What sixteen municipalities took home",
            "Four months, six meetings and 25 colleagues from sixteen municipalities. The last afternoon was not about "
            "what we had learned, but about who begins on Monday.",
            "On 8 June we met for the last time, in the town hall of Bergen op Zoom. Five policy fields at one table: "
            "sustainability, economy, enterprise, waste and youth care. In February most of them had never met.\n\n"
            "## Begin small, together\n\n"
            "Say *circular*, and people think of a grand plan. The four workshops were about the smallest step that a "
            "municipality can take by itself, and about whom you need for it. Often that was somebody who was not in "
            "the room: the buyer, the manager of the recycling centre, the second-hand shop.\n\n"
            "> A small municipality can join with space or people, not only with money.\n\n"
            "## Three initiatives\n\n"
            "- a **circular craft centre**, with recycling, repair and education in one place;\n"
            "- **with businesses**: see what is left over on the estate, and who can use it;\n"
            "- **share leftover materials** between municipalities, beginning with one kind.\n\n"
            "## Sixteen commitments\n\n"
            "Everybody wrote down one thing for their own municipality, with a date. After six and after twelve weeks "
            "we ask how it went. *It became something else* is a good answer too.",
            "A floor of brown bricks. Three places are empty, and one green brick lies ready, askew.",
        ),
        authors=((WHO["marieke"], "Marieke van Loon, programmaleider"),), picture="bricks.png",
        file=("vragen-eerste-gesprek.txt", CHECKLIST),
        reactions=(
            Said(WHO["kees"], 4, "Die ene lege plek aan tafel, dat was bij ons inkoop. Vanaf nu bel ik eerst."),
        ),
    ),
    Piece(
        "west-brabant", _on(2023, 9, 14),
        Words(
            "Elke dinsdag komt de kringloop",
            "Een deelnemer nam zich voor om eens te gaan praten. Een zomer later rijdt er elke week een busje voor.",
            "Mijn voornemen was klein: praten met de kringloopwinkel. Ik schreef het op de laatste middag op een kaartje "
            "en dacht: dat lukt me wel.\n\n"
            "Het gesprek duurde een kwartier. Zij wilden al jaren langskomen, maar wisten niet bij wie ze moesten zijn. "
            "Wij dachten dat zij geen plek hadden. **Niemand had het gevraagd.**\n\n"
            "## Wat hielp\n\n"
            "1. Eén dag afspreken, niet *als het uitkomt*.\n"
            "2. De beheerder van de milieustraat mee laten praten. Die weet wat er heel binnenkomt.\n"
            "3. Niet wachten op het nieuwe contract.\n\n"
            "## Wat lastig was\n\n"
            "In het contract telt elke kilo die weggaat. Wat de kringloop meeneemt, telt niet. Zolang dat zo is, kost "
            "hergebruik op papier geld. Die vraag ligt nu op de leeragenda.\n\n"
            "> Je hebt geen toestemming nodig om iemand te bellen.",
        ),
        is_essay=True,
        reactions=(Said(WHO["marieke"], 2, "Vier gemeenten vroegen me al hoe jullie de dag afspraken. Mag ik ze doorsturen?"),),
    ),
    Piece(
        "west-brabant", _on(2024, 2, 9),
        Words(
            "Een jaar na de eerste middag: wat bleef",
            "Een programma houdt op, een manier van werken niet. Twee dingen doen gemeenten nu anders, en één ding lukte niet.",
            "Precies een jaar geleden begonnen we in Breda. Tijd om te kijken wat er staat als de koffie op is.\n\n"
            "## Inkoop zit bij het eerste gesprek\n\n"
            "In Breda staat het in het startformulier van elk project. In Roosendaal doet het team het zonder dat iemand "
            "van ons erbij is. In Oosterhout is het een keer geprobeerd.\n\n"
            "## Een vaste dag voor de kringloop\n\n"
            "Zundert begon. Etten-Leur probeerde het ook. Moerdijk heeft de uitleg en beslist dit voorjaar.\n\n"
            "## Wat niet lukte\n\n"
            "De lijst met restmateriaal kwam er, de telling niet. Wie het bijhield, kreeg een andere baan. Dat is precies "
            "waar het in de tweede intervisie over ging: *hoe blijft het, als jij weg bent?*\n\n"
            "Wie toen meedeed, kan blijven volgen. Een deel deed dat. Zij vormen de lijst voor een volgende editie.",
        ),
        authors=((WHO["marieke"], "Marieke van Loon, programmaleider"),),
    ),
    Piece(
        "amsterdam", _after_kick_off(12),
        Words(
            "Waarom we met vragen beginnen",
            "75 collega's, negen onderdelen van de stad, en geen enkel actieplan. De leergemeenschap begint met wat we "
            "nog niet weten.",
            "Er was al een uitvoeringsprogramma. Er waren al meer dan zeventig activiteiten. Wat er niet was: een plek "
            "waar je hardop kunt zeggen dat je ergens niet uitkomt.\n\n"
            "## Een vraag is werk\n\n"
            "Een goede leervraag heeft een eigenaar, een praktijk en een obstakel. *Hoe worden we circulair?* is er geen. "
            "*Hoe krijgen we inkoop aan tafel vóórdat het ontwerp vaststaat?* wel: daar kun je morgen mee naar iemand "
            "toe.\n\n"
            "## Geen antwoord is ook een uitkomst\n\n"
            "Sommige vragen laten we straks los. Omdat benoemen genoeg was, of omdat iemand anders het beter kan. Dat "
            "schrijven we op, zodat niemand hem over een jaar opnieuw hoeft te stellen.\n\n"
            "> Wie een vraag stelt, geeft een ander de kans om te helpen.",
        ),
        is_essay=True, authors=((WHO["noor"], "Noor de Wit"),),
        reactions=(Said(WHO["lotte"], 3, "Ik volg alleen van opzij, maar deze bewaar ik voor ons teamoverleg."),),
    ),
    Piece(
        "amsterdam", _after_first(21),
        Words(
            "Acht groepen, en wat ze eerst moesten afleren",
            "Na de eerste werkplaats gingen acht leergroepen aan het werk. De eerste maand ging niet over antwoorden.",
            "In één middag kwamen er acht groepen uit de zaal, dwars door de onderdelen heen. Ze hadden een vraag, een "
            "casus en een datum. En toen?\n\n"
            "## Niet meteen oplossen\n\n"
            "Wij zijn goed in plannen. De groepen die het verst kwamen, begonnen met meelopen: een dag op de milieustraat, "
            "een ochtend bij inkoop, een sloop waar je bij staat. Daarna werd de vraag pas scherp.\n\n"
            "## Iemand van buiten de eigen kring\n\n"
            "Elke groep had één persoon nodig die er eigenlijk niet over ging. Die stelt de vraag die de anderen niet "
            "meer horen.\n\n"
            "| Groep | Zocht eerst | Vond |\n|---|---|---|\n"
            "| Inkoop aan tafel | een nieuwe regel | een tweede stoel bij het startgesprek |\n"
            "| Losmaakbaar | een systeem | een belletje vóór de sloper komt |\n"
            "| De milieustraat | meer ruimte | een eigen post in het contract |",
        ),
        authors=((WHO["sanne"], "Sanne Kuipers"), (WHO["joost"], "Joost")),
    ),
    Piece(
        "amsterdam", _after_second(9),
        Words(
            "Een jaar verder: van 75 naar 175, en wat er gewoon werd",
            "De groep groeide. Maar het jaar telt pas als collega's die er nooit bij waren, iets anders doen. Op een paar "
            "plekken is dat zo.",
            "Twee werkplaatsen, twee versies van de leeragenda, en 175 mensen die meedoen of volgen. Dat zijn aantallen. "
            "Belangrijker is wat er niet meer opvalt.\n\n"
            "## Wat gewoon werd\n\n"
            "Bij een paar onderdelen koopt niemand nog nieuw kantoormeubilair zonder uitleg. Kunstgras komt er alleen "
            "nog circulair, en samen ingekocht. De oude manier is daar *gestopt*: dat is de hoogste trede van de ladder.\n\n"
            "## Wat vastzit\n\n"
            "Een demontageplan vragen is één ding. Het lezen kost uren die niemand heeft. Die blokkade is nu een vraag "
            "op de agenda, met een letter en een eigenaar.\n\n"
            "## Wat we loslieten\n\n"
            "Van de vragen van vorig jaar zijn er een paar beantwoord, een paar samengevoegd en één losgelaten. Ze staan "
            "er allemaal nog, met het waarom. Zo hoeft niemand opnieuw te beginnen.\n\n"
            "> Een proef blijft alleen als vooraf is afgesproken wat daarna komt.\n\n"
            "De volgende werkplaats is ook voor wie nooit eerder was.",
            "Drie rijen ringen. Veel zijn halfopen; een aantal is gesloten en groen.",
        ),
        english=Words(
            "One year on: from 75 to 175, and what became normal",
            "The group grew. But the year counts only when colleagues who were never there work differently. In a few "
            "places they do.",
            "Two workshops, two versions of the learning agenda, and 175 people who take part or follow. Those are "
            "numbers. What matters more is what nobody notices any more.\n\n"
            "## What became normal\n\n"
            "In a few departments nobody buys new office furniture without a reason. Artificial turf is circular only, "
            "and bought together. There the old way has *stopped*: the "
            "highest step of the ladder.\n\n"
            "## What is stuck\n\n"
            "Asking for a plan to take a building apart is one thing. Reading it takes hours that nobody has. That "
            "block is now a question on the agenda, with a letter and an owner.\n\n"
            "## What we let go\n\n"
            "Of last year's questions a few are answered, a few were merged and one was let go. They all still stand "
            "there, with the reason. Nobody has to begin anew.\n\n"
            "> A trial stays only when it was agreed beforehand what comes after it.\n\n"
            "The next workshop is also for those who never came before.",
            "Three rows of rings. Many are half open; some are closed and green.",
        ),
        authors=((WHO["noor"], "Noor de Wit"), (WHO["tarik"], "Tarik Bouzidi")), asked=(WHO["elif"],),
        picture="rings.png",
        reactions=(
            Said(WHO["hester"], 1, "Dit neem ik mee naar de directie. Vooral de blokkade: uren zijn ook een besluit."),
            Said(WHO["lotte"], 2, "Goed dat er staat wat gestopt is. Dat hoor je zelden."),
            Said(WHO["elif"], 6, "Bij het demontageplan kan ik laten zien wat toetsen echt kost. Wie kijkt mee?", waits=True),
        ),
    ),
    Piece(
        "amsterdam", _after_second(4),
        Words(
            "Wat we nog niet hardop zeggen",
            "Voor collega's van de deelnemende organisaties: over proeven die stilvielen, en wat ze ons kostten.",
            "Over wat lukt, schrijven we graag. Over wat stilviel praten we bij de koffie. Drie dingen hoorden we in de "
            "werkplaats vaker dan één keer.\n\n"
            "- De subsidie was op, en niemand had gevraagd wie daarna zou betalen.\n"
            "- De trekker kreeg een andere baan, en er was geen tweede naam.\n"
            "- Het lukte wel, maar paste in geen enkel formulier.\n\n"
            "Geen van de drie is iemands schuld. Alle drie kun je van tevoren vragen.",
        ),
        is_essay=True, label=Label.ORGANISATIONS, authors=((WHO["sanne"], "Sanne Kuipers"),),
    ),
    Piece(
        "amsterdam", _after_second(14),
        Words(
            "De rol van de ambtenaar",
            "Wie mag beginnen, wie mag stoppen en wie houdt het vast? Een essay in wording.",
            "Steeds komt dezelfde vraag terug, in andere woorden. *Nog uit te werken.*",
        ),
        is_essay=True, asked=(WHO["sanne"],), is_draft=True,
    ),
)  # fmt: skip
