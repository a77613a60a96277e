"""From what people type in a cell to what is meant: addresses, names, days and levels. Nothing here is guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from leerkring.community.memberships.enums import Level
from leerkring.community.people.names import Name, parse_name

Value = object
"""What a cell holds: text, a number, a day, a moment, true or false, or nothing (an empty text)."""

INVISIBLE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF]
)
OLDEST_DAY = date(1950, 1, 1)


def clean_text(value: Value) -> str:
    """The text of a cell: letters as they are, one kind of space, nothing invisible."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    text = str(value)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zs", "Zl", "Zp") else sign for sign in text)
    return " ".join(text.split())


_NOTHING = frozenset({"nvt", "geen", "onbekend", "na", "none", "unknown", "niet bekend", "leeg", "n v t", "n a", "n b"})


def says_something(text: str) -> bool:
    """Whether a cell says more than that there is nothing to say: `-`, `?`, `n.v.t.`, `onbekend`."""
    folded = fold(text)
    return bool(folded) and folded not in _NOTHING


_SIGNS = {number: " " for number in range(128) if not chr(number).isalnum()}


def fold(text: str) -> str:
    """Text as it is compared: no capitals, no accents, no signs, one space between words."""
    if text.isascii():
        return " ".join(text.lower().translate(_SIGNS).split())
    text = text.replace("ı", "i").replace("İ", "I").replace("ß", "ss").replace("ø", "o").replace("Ø", "O")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split())


# Addresses

_is_address = EmailValidator()
_ANGLED = re.compile(r"<([^<>]*)>")
_BETWEEN = re.compile(r"[;,|/\s]+")
_AROUND_AT = re.compile(r"\s*@\s*")
_WRAPPING = "<>()[]{}\"'.,:;"


@dataclass(frozen=True)
class Addresses:
    """The addresses of one cell, cleaned; the first is the main one. `bad` holds what looked meant as one."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    name: str = ""
    """The name in front, when the cell reads `Name <a@b>`."""


def read_addresses(value: Value) -> Addresses:
    text = clean_text(value)
    if not text:
        return Addresses()
    angled = _ANGLED.findall(text)
    name = clean_text(_ANGLED.split(text)[0].strip(_WRAPPING + " ")) if angled else ""
    if angled and "@" not in name:
        text = " ".join(angled)
    else:
        name = ""
    good: list[str] = []
    bad: list[str] = []
    words = [word for word in _BETWEEN.split(_AROUND_AT.sub("@", text)) if word.strip(_WRAPPING)]
    for word in words:
        address = _bare_address(word)
        if _holds(address):
            if address not in good:
                good.append(address)
        elif "@" in word:
            bad.append(word)
    if not good and not bad:
        bad.append(text)
    return Addresses(tuple(good), tuple(bad), name)


def _bare_address(word: str) -> str:
    word = word.strip(_WRAPPING).lower()
    if word.startswith("mailto:"):
        word = word.removeprefix("mailto:").partition("?")[0]
    return word.strip(_WRAPPING)


def _holds(address: str) -> bool:
    if len(address) > 254:
        return False
    try:
        _is_address(address)
    except ValidationError:
        return False
    return True


# Names

_SALUTATION = re.compile(r"^(?:(?:dhr|mw|mevr|mrs|ms|mevrouw|meneer|de heer)\.? )+(?=\S)", re.IGNORECASE)


def read_name(given: Value = "", prefix: Value = "", family: Value = "", full: Value = "") -> Name:
    """The name as its columns say, letter by letter. What stands in one cell is taken apart at prefix or comma."""
    name = Name(clean_text(given), clean_text(prefix), clean_text(family))
    if not name.given_name and not name.family_name:
        return _only(parse_name(_SALUTATION.sub("", clean_text(full))))
    if name.prefix:
        return name
    if not name.family_name and " " in name.given_name:
        return _only(parse_name(name.given_name))
    if not name.given_name:
        return (
            _only(parse_name(name.family_name))
            if "," in name.family_name
            else name._replace(given_name=name.family_name, family_name="")
        )
    last = parse_name(f"{name.family_name},")
    if "," in name.family_name:
        last = parse_name(name.family_name)
        last = Name("", clean_text(f"{last.given_name} {last.prefix}"), last.family_name)
    return Name(name.given_name, last.prefix, last.family_name) if last.family_name else name


def _only(name: Name) -> Name:
    """A single word is a first name: every person has one."""
    return name if name.given_name else Name(" ".join(filter(None, (name.prefix, name.family_name))), "", "")


def is_too_long(name: Name) -> bool:
    return len(name.given_name) > 100 or len(name.prefix) > 40 or len(name.family_name) > 100


# Days

_MONTHS = (
    "januari january jan",
    "februari february feb febr",
    "maart march mrt mar",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "augustus august aug",
    "september sep sept",
    "oktober october okt oct",
    "november nov",
    "december dec",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_NAME = r"(?P<name>[a-z]+)\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_SHORT_YEAR = r"(?P<year>[0-9]{2})"
_FORMS = [
    re.compile(form)
    for form in (
        rf"{_YEAR}[-./ ]{_MONTH}[-./ ]{_DAY}(?:[t ].*)?",
        rf"{_DAY}[-./ ]+{_MONTH}[-./ ]+(?:{_YEAR}|(?P<short>[0-9]{{2}}))",
        rf"{_MONTH}[-./]{_YEAR}",
        rf"{_YEAR}[-./]{_MONTH}",
        _YEAR,
        rf"(?:{_DAY}(?:e|ste|de|st|nd|rd|th)?[ -]+)?{_NAME},?[ -]+{_YEAR}",
        rf"(?:{_DAY}[ -]+)?{_NAME}(?:-| ?'){_SHORT_YEAR}",
        rf"{_DAY} {_NAME} {_SHORT_YEAR}",
        rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
]
_BEFORE = re.compile(r"^(?:sinds|vanaf|since|from|per|sedert|ma|di|wo|do|vr|za|zo|begin|in|op|d\.d\.)\.?,? +")
SERIAL_FROM, SERIAL_TO = 18264, 73415


@dataclass(frozen=True)
class Day:
    """A day that a cell names. `is_text` when the cell is not a date cell."""

    on: date | None
    is_text: bool = False


NO_DAY = Day(None)


def read_day(value: Value) -> Day:
    """The day that a cell names; a month is its first day, a year its first of January. `on` is None if unreadable."""
    if isinstance(value, datetime):
        return Day(value.date())
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and SERIAL_FROM <= value <= SERIAL_TO:
        return Day(date.fromordinal(date(1899, 12, 30).toordinal() + int(value)), is_text=True)
    text = clean_text(value)
    if not text:
        return Day(None)
    return Day(_day_in_words(text.replace("’", "'").replace("‘", "'").casefold()), is_text=True)


def _day_in_words(text: str) -> date | None:
    text = _BEFORE.sub("", text)
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _day(found.groupdict())
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    year = parts.get("year") or parts.get("short") or ""
    month = MONTHS.get(parts["name"] or "", 0) if "name" in parts else int(parts.get("month") or 1)
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), month, int(parts.get("day") or 1))
    except ValueError:
        return None
    return found if found >= OLDEST_DAY else None


# Levels

_LEVELS = {
    Level.CORE: "kern kernlid kernleden kernteam kerngroep core trekker",
    Level.ACTIVE: "actief active deelnemer deelneemster deelname lid participant member actieflid",
    Level.OCCASIONAL: "incidenteel occasional soms meedoener incidenteeldeelnemer",
    Level.FOLLOWER: "volger volgend volgt follower volgen meelezer belangstellende geinteresseerde",
    Level.EXTERNAL: "extern external externe buitenring partner",
}
LEVELS = {word: level for level, words in _LEVELS.items() for word in words.split()}


_MEMBERS = frozenset({"lid", "deelnemer", "deelneemster", "member", "participant"})
_FILLERS = frozenset({"leden", "niveau", "level", "groep", "group", "team"})


def read_level(value: Value) -> Level | None:
    """The level that a cell names, or None when it is not understood. `Actief lid` is active, `kern/actief` unclear."""
    words = fold(clean_text(value)).split()
    if "".join(words) in LEVELS:
        return LEVELS["".join(words)]
    if not all(word in LEVELS or word in _FILLERS for word in words):
        return None
    named = {LEVELS[word] for word in words if word in LEVELS and word not in _MEMBERS}
    return named.pop() if len(named) == 1 else None
