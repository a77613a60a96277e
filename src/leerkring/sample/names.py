"""Invented names for the sample people, the same at every run."""

from collections.abc import Iterator
from random import Random

GIVEN = [
    "Aisha",
    "Anouk",
    "Arjan",
    "Bart",
    "Bilal",
    "Bram",
    "Carla",
    "Chantal",
    "Daan",
    "Dewi",
    "Diederik",
    "Elif",
    "Eline",
    "Erik",
    "Esther",
    "Farida",
    "Femke",
    "Floor",
    "Fatima",
    "Gijs",
    "Hanneke",
    "Hassan",
    "Henk",
    "Ilse",
    "Imane",
    "Ingrid",
    "Jamal",
    "Jasper",
    "Jeroen",
    "Joyce",
    "Judith",
    "Karim",
    "Kim",
    "Koen",
    "Lars",
    "Latifa",
    "Leonie",
    "Lotte",
    "Maaike",
    "Mandy",
    "Marit",
    "Marouan",
    "Mees",
    "Mehmet",
    "Mirjam",
    "Mohamed",
    "Naomi",
    "Niels",
    "Nina",
    "Noortje",
    "Olga",
    "Omar",
    "Pim",
    "Priya",
    "Quinten",
    "Rachida",
    "Remco",
    "Renske",
    "Roos",
    "Ruben",
    "Samira",
    "Sander",
    "Selma",
    "Sjoerd",
    "Stefan",
    "Sunita",
    "Thijs",
    "Tineke",
    "Umar",
    "Vera",
    "Wassim",
    "Willemijn",
    "Yara",
    "Yvonne",
    "Zeynep",
    "Zoë",
]

FAMILY = (
    ("", "Aalbers"), ("", "Abdi"), ("van", "Baarle"), ("", "Bakker"), ("van den", "Berg"), ("", "Biharie"),
    ("ten", "Broeke"), ("", "Çelik"), ("van", "Dam"), ("", "Demir"), ("van", "Dijk"), ("den", "Dulk"),
    ("", "Eijkman"), ("", "El Amrani"), ("van der", "Elst"), ("", "Fortuin"), ("", "Gerritsen"), ("de", "Graaf"),
    ("", "Haddou"), ("van der", "Heijden"), ("'t", "Hooft"), ("", "Hoekstra"), ("de", "Jong"), ("", "Jansma"),
    ("", "Kaya"), ("van", "Kempen"), ("", "Koster"), ("", "Lachmon"), ("van der", "Laan"), ("", "Linders"),
    ("", "Maes"), ("van", "Meurs"), ("", "Mulder"), ("", "Nguyen"), ("", "Nijland"), ("", "Öztürk"),
    ("", "Oosterhuis"), ("", "Pengel"), ("", "Pinas"), ("de", "Quay"), ("", "Ramsaran"), ("van", "Rijn"),
    ("", "Said"), ("", "Schouten"), ("", "Snel"), ("", "Tahiri"), ("", "Terpstra"), ("", "Uiterwijk"),
    ("", "Veenstra"), ("van der", "Velde"), ("", "Visser"), ("de", "Vries"), ("", "Wagenaar"), ("", "Wijdenbosch"),
    ("", "Yildiz"), ("", "Zeegers"), ("van", "Zanten"),
)  # fmt: skip


Name = tuple[str, str, str]
"""First name, prefix and last name."""


def invented_names(seed: int, taken: set[tuple[str, str]]) -> Iterator[Name]:
    """Names without doubles, as long as there are any."""
    random = Random(seed)
    while True:
        given = random.choice(GIVEN)
        prefix, family = random.choice(FAMILY)
        if (given, family) not in taken:
            taken.add((given, family))
            yield given, prefix, family
