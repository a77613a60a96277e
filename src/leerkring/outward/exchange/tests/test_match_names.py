"""A name that is almost a known name is proposed; a name that could be two things, or nothing, is not."""

import pytest

from leerkring.outward.exchange.matching import Known, exact, likely
from leerkring.outward.exchange.tests.lists import UNITS

PARTS = [Known(number, name) for number, name in enumerate(UNITS)]
MUNICIPALITIES = [
    Known(number, name)
    for number, name in enumerate(
        ["Gemeente Bergen op Zoom", "Gemeente Breda", "Etten-Leur", "Geertruidenberg", "Oosterhout", "Gemeente Zundert"]
    )
]


def name_of(found: Known | None) -> str | None:
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("R&D", "Ruimte en Duurzaamheid"),
        ("r & d", "Ruimte en Duurzaamheid"),
        ("R en D", "Ruimte en Duurzaamheid"),
        ("ruimte en duurzaamheid ", "Ruimte en Duurzaamheid"),
        ("Ruimte & Duurzaamh.", "Ruimte en Duurzaamheid"),
        ("PMB", "Project Management Bureau"),
        ("P.M.B.", "Project Management Bureau"),
        ("Projectmanagementbureau", "Project Management Bureau"),
        ("Project Mgt Bureau", "Project Management Bureau"),
        ("IB", "Ingenieursbureau"),
        ("Ingenieursburo", "Ingenieursbureau"),
        ("Ingeneursbureau", "Ingenieursbureau"),
        ("GMV", "Gemeentelijk en Maatschappelijk Vastgoed"),
        ("Gemeentelijk & Maatschappelijk vastgoed", "Gemeentelijk en Maatschappelijk Vastgoed"),
        ("afd. Vastgoed", "Gemeentelijk en Maatschappelijk Vastgoed"),
        ("A&G", "Afval & Grondstoffen"),
        ("Afval&Grondstoffen", "Afval & Grondstoffen"),
        ("Directie Afval en Grondstoffen", "Afval & Grondstoffen"),
        ("SD Zuid-Oost", "Stadsdeel Zuidoost"),
        ("Zuidoost", "Stadsdeel Zuidoost"),
        ("sd nieuwwest", "Stadsdeel Nieuw-West"),
        ("West", "Stadsdeel West"),
        ("Stadsdeel Zuid ", "Stadsdeel Zuid"),
        ("Stadsdeel Oosst", "Stadsdeel Oost"),
        ("Sted. Innovatie", "Stedelijke Innovatie"),
        ("GO", "Green Office"),
        ("Stadsdeel", None),
        ("Stadsdeel Weesp", None),
        ("Financiën", None),
        ("HR", None),
        ("Gemeente Amsterdam", None),
        ("?", None),
        ("", None),
    ],
)
def test_likely_parts(text: str, unit: str | None) -> None:
    assert name_of(likely(text, PARTS)) == unit


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("breda", "Gemeente Breda"),
        ("gem. Breda", "Gemeente Breda"),
        ("Bergen op zoom", "Gemeente Bergen op Zoom"),
        ("Gemeente Etten Leur", "Etten-Leur"),
        ("Gertruidenberg", "Geertruidenberg"),
        ("Oosterhoud", "Oosterhout"),
        ("Tilburg", None),
        ("Oosterhout/Breda", None),
    ],
)
def test_likely_organisations(text: str, organisation: str | None) -> None:
    assert name_of(likely(text, MUNICIPALITIES)) == organisation


def test_two_that_fit_alike_give_no_proposal() -> None:
    twins = [Known(1, "Beleid en Bestuur"), Known(2, "Beheer en Bouw")]
    assert likely("B&B", twins) is None


def test_a_short_name_of_the_part_itself_fits() -> None:
    assert likely("fiz", [Known(1, "Juridische Zaken", "FIZ"), Known(2, "Facilitaire Zaken")]) == Known(
        1, "Juridische Zaken", "FIZ"
    )


def test_exact_is_letter_by_letter_but_for_spaces() -> None:
    assert name_of(exact(" Green Office\xa0", PARTS)) == "Green Office"
    assert exact("green office", PARTS) is None
    assert name_of(exact("green office", PARTS, letter_by_letter=False)) == "Green Office"
