"""Who can be signed in as in the demo. All of them are invented."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Member(NamedTuple):
    """One of the cast: who, where they work, what they are and what to try as them."""

    key: str
    given_name: str
    prefix: str
    family_name: str
    place: str
    """A unit of Amsterdam, or a municipality of West-Brabant."""
    part: str | Promise
    task: str | Promise

    @property
    def address(self) -> str:
        family = (self.prefix + self.family_name).lower().replace(" ", "")
        return f"{self.given_name.lower()}.{family}@voorbeeld.example"


AMSTERDAM = (
    Member("noor", "Noor", "de", "Wit", "Ruimte en Duurzaamheid",
           _("community manager, Amsterdam"), _("See what changed since the werkplaats, and begin with one thing.")),
    Member("sanne", "Sanne", "", "Kuipers", "Project Management Bureau",
           _("keeper of the learning agenda, Amsterdam"), _("Compare two versions of the agenda and sharpen a question.")),
    Member("joost", "Joost", "", "Hendriks", "Ruimte en Duurzaamheid",
           _("facilitator, Amsterdam"), _("Type the harvest of a meeting and sort it.")),
    Member("elif", "Elif", "", "Arslan", "Gemeentelijk en Maatschappelijk Vastgoed",
           _("contact of the group Losmaakbaar, Amsterdam"), _("Take a change one step further, or say what blocks it.")),
    Member("tarik", "Tarik", "", "Bouzidi", "Project Management Bureau",
           _("member and owner of question A, Amsterdam"), _("See what is yours and what came of your question.")),
    Member("lotte", "Lotte", "", "Vermeer", "Sport en Bos",
           _("follower, Amsterdam"), _("Find out in half a minute whether it concerns you.")),
    Member("hester", "Hester", "", "Vos", "Ruimte en Duurzaamheid",
           _("director and sponsor, Amsterdam"), _("See the figures, without persons.")),
)  # fmt: skip

BEHIND_THE_SCENES = (
    Member("femke", "Femke", "", "Postma", "Ingenieursbureau", "", ""),
    Member("ravi", "Ravi", "", "Ramdin", "Gemeentelijk en Maatschappelijk Vastgoed", "", ""),
    Member("yusuf", "Yusuf", "", "Aydin", "Stadsdeel West", "", ""),
    Member("omar", "Omar", "", "El Idrissi", "Afval & Grondstoffen", "", ""),
    Member("naima", "Naima", "", "Benali", "Stadsdeel Oost", "", ""),
)

PARTNER = Member("ilse", "Ilse", "", "Maas", "DRIFT", _("partner of DRIFT, Amsterdam"), _("Work with one group only."))

WEST_BRABANT = (
    Member("marieke", "Marieke", "van", "Loon", "Regio West-Brabant",
           _("programme lead, West-Brabant"), _("See who came, who completed, and what people said to do.")),
    Member("kees", "Kees", "", "Verhoeven", "Zundert",
           _("participant, West-Brabant"), _("Look back at your commitment.")),
)  # fmt: skip

OPERATOR = Member(
    "petra", "Petra", "", "Bos", "", _("platform admin"), _("Keep organisations and units, see no content.")
)
ORGANISATION_ADMIN = Member(
    "ton", "Ton", "", "Smit", "Gemeente Amsterdam", _("admin of an organisation, Amsterdam"),
    _("Keep the list of people of your own organisation."),
)  # fmt: skip

ON_SCREEN = (*AMSTERDAM, PARTNER, *WEST_BRABANT, ORGANISATION_ADMIN, OPERATOR)
"""In the order in which the demo shows them."""
