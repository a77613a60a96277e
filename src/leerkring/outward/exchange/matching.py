"""Names in a list that are almost names we know. A near match is proposed to a person, never taken by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from leerkring.outward.exchange.cleaning import clean_text, fold
from leerkring.outward.exchange.enums import Thing

ENOUGH = 0.78
CLEARLY = 0.06
SMALL_WORDS = frozenset(["en", "and", "de", "het", "der", "des", "van", "voor", "of", "te", "the", "for", "in", "bij"])
MEANS = {
    "sd": "stadsdeel",
    "afd": "afdeling",
    "dir": "directie",
    "gem": "gemeente",
    "buro": "bureau",
    "org": "organisatie",
    "dept": "department",
    "sted": "stedelijke",
    "mij": "maatschappij",
}
PARTS = (
    "bureau",
    "beheer",
    "dienst",
    "zaken",
    "werken",
    "management",
    "beleid",
    "ontwikkeling",
    "vastgoed",
    "oost",
    "west",
)
"""Words that end compounds, so that IB is an Ingenieursbureau."""
KINDS = frozenset(
    {
        "gemeente", "municipality", "stad", "afdeling", "directie", "dienst", "onderdeel", "cluster", "sector", "unit",
        "team",
    }
)  # fmt: skip
"""Words that say what something is, and may be left out: Breda is the Gemeente Breda."""
SIBLINGS = frozenset({"stadsdeel", "district", "wijk", "gebied", "regio"})
"""Words that parts of one organisation have in common."""


@dataclass(frozen=True)
class Known:
    """A name that exists, with its own short form."""

    id: int
    name: str
    short_name: str = ""


@dataclass
class NearMatch:
    """A text in the list without an exact match: what it could be, and the rows it stands in."""

    thing: Thing
    text: str
    """As it stands in the list, letter by letter."""
    within: str = ""
    """For a unit: the organisation that the list names, empty for the host."""
    likely: Known | None = None
    rows: list[int] = field(default_factory=list)
    options: Sequence[Known] = ()
    """All that it could be, for who decides."""

    @property
    def key(self) -> str:
        """By which a decision is kept: one for all rows."""
        return decision_key(self.thing, self.text, self.within)


def decision_key(thing: Thing, text: str, within: str = "") -> str:
    return f"{thing.value}|{fold(within)}|{clean_text(text)}"


def exact(text: str, known: Iterable[Known], *, letter_by_letter: bool = True) -> Known | None:
    """The name that this text is. Units are matched letter by letter: parts of an organisation differ by a letter."""
    cleaned, folded = clean_text(text), fold(text)
    for candidate in known:
        if cleaned == unicodedata.normalize("NFC", candidate.name) or (
            not letter_by_letter and fold(candidate.name) == folded
        ):
            return candidate
    return None


def likely(text: str, known: Sequence[Known]) -> Known | None:
    """The one name that this text probably stands for, or None when there is none, or more than one."""
    scored = sorted(((_score(text, candidate, known), candidate) for candidate in known), key=lambda pair: -pair[0])
    if not scored or scored[0][0] < ENOUGH:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEARLY:
        return None
    return scored[0][1]


def _score(text: str, candidate: Known, known: Sequence[Known]) -> float:
    words, name = _words(text), _words(candidate.name)
    if not words or not name:
        return 0
    if fold(text) and fold(text) in (fold(candidate.name), fold(candidate.short_name)):
        return 1
    if "".join(words) == "".join(name):
        return 0.98
    if _without_kinds(words) and _without_kinds(words) == _without_kinds(name):
        return 0.96
    return max(
        _as_abbreviation(text, name),
        _as_shortened(words, name),
        _as_part(words, name, known),
        _alike(words, name),
    )


def _words(text: str) -> list[str]:
    """The words that carry the name, abbreviations written out, `en` and the like left out."""
    words = [MEANS.get(word, word) for word in fold(text.replace("&", " en ")).split()]
    words = [word[: -len("buro")] + "bureau" if word.endswith("buro") and len(word) > 4 else word for word in words]
    return [word for word in words if word not in SMALL_WORDS] or words


def _without_kinds(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in KINDS]


def _as_abbreviation(text: str, name: Sequence[str]) -> float:
    """R&D, PMB, G.M.V.: the first letters of the words; IB: those of the parts of one long word."""
    words = [word for word in fold(text).split() if word not in SMALL_WORDS and MEANS.get(word, word) not in SIBLINGS]
    letters = "".join(words)
    if not (2 <= len(letters) <= 6 and letters.isalpha()) or any(len(word) > 3 for word in words[1:]):
        return 0
    initials = "".join(word[0] for word in name)
    if letters == initials:
        return 0.95
    rest = [word for word in name if word not in SIBLINGS]
    if letters == "".join(part[0] for word in rest for part in _parts(word)):
        return 0.9
    return 0.85 if len(initials) > 1 and "".join(sign for sign in letters if sign != "e") == initials else 0


def _as_shortened(words: Sequence[str], name: Sequence[str]) -> float:
    """Project Mgt Bureau, Ruimte & Duurzaamh.: word by word, with letters left out."""
    if len(words) != len(name):
        return 0
    return 0.9 if all(word == full or _shortens(word, full) for word, full in zip(words, name, strict=True)) else 0


def _shortens(word: str, full: str) -> bool:
    if not 3 <= len(word) < len(full) or word[0] != full[0]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in word)


def _parts(word: str) -> list[str]:
    for part in PARTS:
        if word.endswith(part) and len(word) > len(part) + 2:
            return [word[: -len(part)], part]
    return [word]


def _as_part(words: Sequence[str], name: Sequence[str], known: Sequence[Known]) -> float:
    """Vastgoed for Gemeentelijk en Maatschappelijk Vastgoed: words that stand in no other name."""
    mine = set(_without_kinds(words))
    if not mine or not mine <= set(name):
        return 0
    elsewhere = sum(mine <= set(_words(other.name)) for other in known)
    if elsewhere > 1:
        alone = [set(_without_kinds(_words(other.name))) - SIBLINGS for other in known]
        return 0.9 if set(name) - SIBLINGS == mine and alone.count(mine) == 1 else 0
    return 0.88


def _alike(words: Sequence[str], name: Sequence[str]) -> float:
    """How much the letters are alike, with the shared first words of siblings (Stadsdeel) left out of the count."""
    mine, theirs = _without_kinds(words), _without_kinds(name)
    if len(mine) > 1 and len(theirs) > 1 and mine[0] == theirs[0]:
        mine, theirs = mine[1:], theirs[1:]
    a, b = "".join(mine), "".join(theirs)
    if min(len(a), len(b)) < 4:
        return 0
    return SequenceMatcher(None, a, b, autojunk=False).ratio() * 0.95
