"""Names as the Dutch write and sort them: "Jan van der Berg" stands under the B."""

import re
import unicodedata
from typing import NamedTuple

PARTICLES = frozenset(
    {"van", "der", "den", "de", "het", "'t", "ten", "ter", "te", "in", "op", "aan", "bij", "uit", "uijt", "voor"}
    | {"onder", "over", "von", "vom", "zu", "zum", "zur", "af", "av", "du", "des", "d'", "l'", "le", "la", "les", "'s"}
    | {"di", "da", "del", "della", "dos", "das", "do", "e", "y", "el", "al", "ben", "bin", "ibn"}
)
"""Words that come before a last name and do not count when sorting."""

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
UNFOLDED = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
NAME_KEY_LENGTH = 250


class Name(NamedTuple):
    given_name: str
    prefix: str
    family_name: str


def clean(text: str) -> str:
    """Spaces made single; invisible signs that could make one name look like another taken out."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def parse_name(text: str) -> Name:
    """The parts of a name as people type it: "Jan van der Berg", "Berg, Jan van der", "'t Hooft"."""
    text = clean(text)
    if "," in text:
        return _parse_last_name_first(text)
    words = text.split()
    start = _start_of_last_name(words)
    prefix, family = _split_prefix(words[start:])
    return Name(" ".join(words[:start]), prefix, family)


def parse_full_name(text: str) -> Name:
    """The same where a first name has to be: who typed a last name only is called by that."""
    name = parse_name(text)
    return name if name.given_name else Name(clean(text), "", "")


def _parse_last_name_first(text: str) -> Name:
    last, _, first = (part.strip() for part in text.partition(","))
    given = first.split()
    behind: list[str] = []
    while len(given) > 1 and _is_particle(given[-1]):
        behind.insert(0, given.pop())
    prefix, family = _split_prefix(last.split())
    return Name(" ".join(given), " ".join([*behind, prefix]).strip(), family)


def _start_of_last_name(words: list[str]) -> int:
    """Where the last name begins: at its first particle, at a double name, or at the last word."""
    if len(words) > 1 and _is_particle(words[0]):
        return 0
    for index, word in enumerate(words[1:], start=1):
        if word in ("-", "–") and index > 1:
            return index - 1
        if (_is_particle(word) and index < len(words) - 1) or _ends_in_particle(word):
            return index
    return max(len(words) - 1, 0) if len(words) != 1 else 1


def _split_prefix(words: list[str]) -> tuple[str, str]:
    count = 0
    while count < len(words) - 1 and _is_particle(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _is_particle(word: str) -> bool:
    return word.translate(APOSTROPHES).casefold() in PARTICLES


def _ends_in_particle(word: str) -> bool:
    """As in "Jansen-de Vries"."""
    return "-" in word and _is_particle(word.rpartition("-")[2])


def fold(text: str) -> str:
    """Small letters without diacritics, apostrophes and hyphens, to sort and to search by."""
    letters = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold().translate(UNFOLDED)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter != "'")
    return " ".join(kept.replace("-", " ").split())


def name_key(given_name: str, prefix: str, family_name: str) -> str:
    """By last name without its prefix, then first name, then prefix."""
    parts = (family_name, given_name, prefix) if family_name else (given_name, prefix)
    return " ".join(folded for part in parts if (folded := fold(part)))[:NAME_KEY_LENGTH]
