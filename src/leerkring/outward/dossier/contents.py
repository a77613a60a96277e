"""Which pages a dossier has."""

from __future__ import annotations

from leerkring.outward.dossier.chapters import agenda, groups, meetings, questions
from leerkring.outward.dossier.gathering import Gathered
from leerkring.outward.dossier.outcomes import changes, goals, insights, norms, plans, publications, reports
from leerkring.outward.dossier.pages import Book, Page


def pages_of(gathered: Gathered) -> list[Page]:
    """Those that have anything on them, in the order of reading."""
    book = Book(gathered)
    made = [
        Page("bijeenkomsten.html", "Bijeenkomsten", "Wat er was, met draaiboek en oogst.", list(meetings(book))),
        Page("leervragen.html", "Leervragen", "Elke vraag, met alle formuleringen.", list(questions(book))),
        Page(
            "leeragenda.html",
            "Leeragenda",
            "Elke vastgestelde versie, en wat er van de ene naar de volgende veranderde.",
            list(agenda(book)),
        ),
        Page("leergroepen.html", "Leergroepen", "Wie wat uitzocht, en wat dat gaf.", list(groups(book))),
        Page("inzichten.html", "Inzichten", "Wat anderen ermee kunnen.", list(insights(book))),
        Page(
            "doorwerking.html",
            "Veranderingen en doorwerking",
            "Wat er anders gaat, in welk onderdeel, met welk bewijs.",
            list(changes(book)),
        ),
        Page("normen.html", "Normen", "Wat nu gewoon is: niet doen vraagt om uitleg.", list(norms(book))),
        Page("doelen.html", "Doelen en activiteiten", "Waar het aan bijdraagt.", list(goals(book))),
        Page("initiatieven.html", "Kansrijke initiatieven", "Plannen met een volgende stap.", list(plans(book))),
        Page("verslagen.html", "Verslagen", "Zoals ze toen zijn gemaakt.", list(reports(book))),
        Page("publicaties.html", "Publicaties", "Wat er is verteld.", list(publications(book))),
    ]
    return [page for page in made if page.parts]
