"""Invented contents for the page of parts. Nothing here is in a database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.platform.rules import EditedMeanwhile
from leerkring.platform.ui.forms import PlainForm
from leerkring.platform.ui.pictures import Part, Step

LONG_WORD = "meervoudigepersoonlijkheidsdoorwerkingsmatrix" * 7


@dataclass(frozen=True)
class Named:
    name: str
    initials: str = ""


@dataclass(frozen=True)
class Card:
    code: str
    state: str
    text: str
    theme: int
    theme_name: str
    look: str = ""
    meta: str = ""
    ticks: int = 0
    chip: str = ""
    chip_kind: str = ""


class SampleForm(PlainForm):
    """All kinds of fields."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), help_text=gettext_lazy("We only use it for your link.")
    )
    wording = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("Begin with how, what, who or why."),
        max_length=300,
        widget=forms.Textarea,
    )
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), choices=[("", gettext_lazy("Choose a theme")), ("1", "Inkoop"), ("2", "Data")]
    )
    on = forms.DateField(label=gettext_lazy("Date"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("I bring in"),
        choices=[("question", gettext_lazy("Question")), ("insight", gettext_lazy("Insight"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=gettext_lazy("My name may stand beside it"), required=False)


def _cards() -> list[Card]:
    own, market, initiatives = "Gemeente als organisatie", "Met marktpartijen", "Met initiatieven"
    return [
        Card("A", "open", "Hoe krijgen we inkoop eerder aan tafel?", 1, own, meta="Tarik Bouzidi", ticks=2),
        Card("C", "prov", "Welke eisen kan de markt nu al aan?", 2, market, chip=_("provisional"), chip_kind="done"),
        Card(
            "D",
            "answered",
            "Wat past niet in het contract?",
            2,
            market,
            "answered",
            "Als sorteren een eigen post krijgt",
        ),
        Card("P", "open", "Wie toetst een demontageplan?", 1, own, "new", chip=_("no owner"), chip_kind="warn"),
        Card("B", "open", "Hoe wordt het iets van het team?", 1, own, ticks=3, chip=_("stubborn"), chip_kind="stuck"),
        Card("I", "dropped", "Wat verwachten bewoners van ons?", 3, initiatives, "gone", "benoemen was genoeg"),
    ]


THEMES = [
    "Gemeente als organisatie",
    "Met marktpartijen",
    "Met initiatieven",
    "Voedsel",
    "Consumptiegoederen",
    "Gebouwde omgeving",
    "Inkoop",
    "Data",
]


def _steps() -> dict[str, Any]:
    return {
        "versions": [
            Step(_("Version 1"), "16 mei, 11 vragen"),
            Step(_("Version 2, now"), "14 nov, 12 vragen", "cur"),
            Step(_("Draft"), _("2 changes"), "draft"),
        ],
        "path": [
            Step("14 nov", "Werkplaats 2", "past"),
            Step(_("Today"), "Week 3 van 17", "is"),
            Step("30 jan", "Halverwege: wie is stil?"),
            Step("13 mrt", "Werkplaats 3"),
        ],
        "trace": [
            Step("Vraag K", "Hoe vinden we materiaal dat een ander project over heeft?", url="#"),
            Step("Leergroep Losmaakbaar", "Werkplaats 1, 16 mei 2024", url="#"),
            Step("Inzicht", "Na de sloopmelding is het te laat om te oogsten", url="#"),
            Step("Overgedragen", "Teamleider vergunningen Noord, 2 september"),
            Step("Geblokkeerd", "Geen uren om te toetsen, 21 november", "end"),
        ],
        "band": [
            Part("Terugblik", 5, "past"),
            Part("Pitches", 10, "past"),
            Part("Kiezen", 5, "past"),
            Part("Feitelijke vragen", 15, "is", 45),
            Part("Analyse", 10),
            Part("Advies", 10),
            Part("Evaluatie", 10),
        ],
    }


def every_part() -> dict[str, Any]:
    """The context of the page of parts."""
    wrong = SampleForm(
        {"email": "n.dewit.voorbeeld", "wording": "", "theme": "", "kind": "question"}, auto_id="wrong_%s"
    )
    edited = EditedMeanwhile(
        theirs="Hoe wordt circulair werken iets van het team?",
        mine="Waarom blijft circulair werken bij één collega?",
        by_name="Sanne Kuipers",
        at=datetime(2024, 12, 3, 14, 2, tzinfo=timezone.get_current_timezone()),
        revision=4,
    )
    return {
        **_steps(),
        "cards": _cards(),
        "themes": list(enumerate(THEMES, start=1)),
        "person": Named("Tarik Bouzidi"),
        "unit": Named("Ingenieursbureau", "IB"),
        "form": SampleForm(auto_id="right_%s"),
        "wrong": wrong,
        "edited": edited,
        "moment": edited.at,
        "long_word": LONG_WORD,
        "page": Paginator(range(400), 20).page(4),
    }
