"""Which column of a list is for what: the heading row is found below titles and remarks, headings in Dutch or English.

A column whose purpose is not known is never read further than its heading; it is named as left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from leerkring.outward.exchange.cleaning import LEVELS, Value, clean_text, fold, read_addresses, read_level
from leerkring.outward.exchange.enums import ImportKind, Purpose
from leerkring.outward.exchange.sheets import Row, Table, column_letters

LOOK_FOR_HEADINGS_IN = 60
LOOK_AT_CELLS = 200

_PEOPLE: dict[Purpose, str] = {
    Purpose.GIVEN_NAME: "voornaam, voornamen, roepnaam, first name, given name, given names, forename, firstname",
    Purpose.PREFIX: "tussenvoegsel, tussenvoegsels, tussenv, tv, tsv, voorvoegsel, voorvoegsels, prefix, infix, "
    "name prefix, surname prefix, tussenvoegsel s",
    Purpose.FAMILY_NAME: "achternaam, familienaam, geslachtsnaam, last name, lastname, surname, family name",
    Purpose.FULL_NAME: "naam, volledige naam, name, full name, deelnemer, deelnemers, participant, persoon, person, "
    "medewerker, wie, naam deelnemer, naam medewerker, collega, weergavenaam, display name, voor en achternaam, "
    "naam voor en achternaam",
    Purpose.ADDRESS: "e mail, email, e mailadres, emailadres, email adres, e mail adres, mailadres, mail adres, mail, "
    "email address, e mail address, e mail werk, email werk, werkmail, zakelijk e mailadres, zakelijke e mail, "
    "e mailadres werk, emailadres werk, work email, work e mail, e mail prive, email prive, prive e mail, privemail, "
    "private email, personal email, tweede e mailadres, tweede e mail, second email, e mail 1, e mail 2, email 1, "
    "email 2, e mailadres 1, e mailadres 2, email address 1, email address 2, mail 1, mail 2, primaire e mail",
    Purpose.ORGANISATION: "organisatie, gemeente, werkgever, organisation, organization, municipality, employer, "
    "company, bedrijf, instelling, organisatie gemeente, naam organisatie, naam gemeente",
    Purpose.UNIT: "afdeling, organisatieonderdeel, onderdeel, directie, dienst, unit, department, stadsdeel, team, "
    "cluster, sector, bureau, werkt bij, afdeling of stadsdeel, stadsdeel of directie, division, district, "
    "organisational unit, organizational unit, organisatie onderdeel, rve, domein, afdeling team, afd",
    Purpose.FIELD: "beleidsveld, beleidsterrein, vakgebied, policy field, policy area, werkveld, beleidsvelden, field, "
    "aandachtsgebied, taakveld",
    Purpose.LEVEL: "participatieniveau, niveau, level, rol, role, participatie, deelname, mate van deelname, "
    "betrokkenheid, deelnameniveau, lidmaatschap, type lid, soort deelname, rol in de groep, "
    "rol in de leergemeenschap, participation level, level of participation, ring, involvement, soort lid, "
    "type deelnemer",
    Purpose.SINCE: "sinds, lid sinds, deelnemer sinds, sedert, since, member since, startdatum, start, start date, "
    "begindatum, ingangsdatum, aangemeld op, datum aanmelding, aanmelddatum, joined, joined on, date joined, vanaf, "
    "datum start, doet mee sinds, join date, lid vanaf, sinds wanneer, deelname sinds, startdatum deelname, "
    "toegetreden, toegetreden op, datum toetreding, aangemeld, erbij sinds, in de groep sinds",
}
_ACTIVITIES: dict[Purpose, str] = {
    Purpose.NUMBER: "nummer, nr, no, number, code, id, volgnummer, activiteitnummer, activity number, nr activiteit",
    Purpose.TITLE: "activiteit, activiteiten, titel, naam, naam activiteit, title, activity, name, actie, maatregel, "
    "omschrijving activiteit, project, action, measure",
    Purpose.DESCRIPTION: "omschrijving, beschrijving, toelichting, description, explanation, inhoud, uitleg",
    Purpose.GOAL: "doel, doelen, goal, goals, target, beleidsdoel, doelstelling, ambitie, objective, beleidsdoelen, "
    "draagt bij aan, doel target, streefdoel",
    Purpose.CHAIN: "keten, waardeketen, chain, value chain, ketens, thema, theme, programmalijn",
    Purpose.OWNER: "eigenaar, owner, trekker, verantwoordelijke, actiehouder, contactpersoon, lead, responsible, "
    "e mail eigenaar, e mail trekker, owner e mail, uitvoerder, opdrachtnemer",
    Purpose.STATE: "status, stand, staat, state, stand van zaken, voortgang, fase, progress, phase",
    Purpose.STARTS: "start, startdatum, begin, begindatum, starts, start date, van, from, begint, vanaf, "
    "planning start",
    Purpose.ENDS: "eind, einde, einddatum, end, ends, end date, tot, until, to, gereed, deadline, planning einde, "
    "eindigt, tot en met, t m, klaar, gereed op, due, due date",
}
HEADINGS: dict[ImportKind, dict[str, Purpose]] = {
    kind: {fold(heading): purpose for purpose, headings in words.items() for heading in headings.split(",")}
    for kind, words in ((ImportKind.PEOPLE, _PEOPLE), (ImportKind.ACTIVITIES, _ACTIVITIES))
}
CHOICES: dict[ImportKind, list[Purpose]] = {ImportKind.PEOPLE: list(_PEOPLE), ImportKind.ACTIVITIES: list(_ACTIVITIES)}
SEVERAL = frozenset({Purpose.ADDRESS})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADDITIONS = _words(
    "werk prive zakelijk zakelijke work business private personal deelnemer deelnemers lid leden participant member "
    "verplicht required optioneel optional huidig huidige current nieuw nieuwe new van de het the of s 1 2"
)
"""Words that leave the meaning of a heading as it is."""
_OF_SOMEBODY_ELSE = _words(
    "leidinggevende manager secretariaat secretaresse secretaris assistent noodcontact nood partner vervanger backup "
    "supervisor boss emergency assistant spouse"
)
"""Their names and addresses are not those of the person in the row."""
_ONLY_AS_LEVELS = frozenset(
    fold(word) for word in ("rol", "role", "niveau", "level", "deelname", "ring", "participatie")
)


@dataclass(frozen=True)
class Column:
    """One column of the list. `purpose` is None for a column that is left out."""

    index: int
    heading: str
    purpose: Purpose | None = None
    asked: bool = False
    """Whether we are unsure and ask."""
    examples: tuple[str, ...] = ()
    """First values, only of columns about which we ask."""

    @property
    def letters(self) -> str:
        return column_letters(self.index)

    @property
    def name(self) -> str:
        return self.heading or f"column {self.letters}"


@dataclass(frozen=True)
class Columns:
    """The columns of a list. `heading_row` is the number of the row with the headings, 0 when there is none."""

    kind: ImportKind
    heading_row: int
    columns: tuple[Column, ...]
    by_purpose: Mapping[Purpose, tuple[Column, ...]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[Purpose, tuple[Column, ...]] = {}
        for column in self.columns:
            if column.purpose is not None:
                found[column.purpose] = (*found.get(column.purpose, ()), column)
        object.__setattr__(self, "by_purpose", found)

    def of(self, purpose: Purpose) -> tuple[Column, ...]:
        return self.by_purpose.get(purpose, ())

    def cell(self, row: Row, purpose: Purpose) -> Value:
        """The value under the first column of this purpose, an empty text when there is none."""
        columns = self.of(purpose)
        return row.cell(columns[0].index) if columns else ""

    @property
    def ignored(self) -> list[str]:
        """The columns that are left out, by their headings."""
        return [column.name for column in self.left_out]

    @property
    def left_out(self) -> list[Column]:
        return [column for column in self.columns if column.purpose is None]

    @property
    def asked(self) -> list[Column]:
        return [column for column in self.columns if column.asked]

    @property
    def missing(self) -> list[Purpose]:
        """The purposes without which nothing can come in."""
        needed = [Purpose.ADDRESS] if self.kind == ImportKind.PEOPLE else [Purpose.TITLE]
        return [purpose for purpose in needed if not self.of(purpose)]

    def is_heading(self, row: Row) -> bool:
        """Whether this row repeats the headings, as printed lists do on each page."""
        named = [column for column in self.columns if column.heading and column.purpose is not None]
        return len(named) > 1 and all(clean_text(row.cell(column.index)) == column.heading for column in named)


def find_columns(table: Table, kind: ImportKind, chosen: Mapping[int, Purpose | None] | None = None) -> Columns:
    """The columns of a table. What a person chose for a column (by its index) goes before what we find."""
    headings_at = _find_heading_row(table, kind)
    headings = table.rows[headings_at] if headings_at is not None else None
    below = table.rows[headings_at + 1 :] if headings_at is not None else table.rows
    below = below[:LOOK_AT_CELLS]
    found: list[Column] = []
    for index in range(table.width):
        heading = clean_text(headings.cell(index)) if headings else ""
        if heading or any(clean_text(row.cell(index)) for row in below):
            found.append(Column(index, heading, _purpose_of(heading, index, below, kind)))
    if kind == ImportKind.PEOPLE:
        found = _by_content(found, below)
    found = _one_of_each(found)
    if chosen is not None:
        found = [_as_chosen(column, chosen) for column in found]
    examples_of = [column for column in found if column.asked or headings is None]
    with_examples = {column.index: _examples(column.index, below) for column in examples_of}
    return Columns(
        kind,
        headings.number if headings else 0,
        tuple(
            Column(column.index, column.heading, column.purpose, column.asked, with_examples.get(column.index, ()))
            for column in found
        ),
    )


def _find_heading_row(table: Table, kind: ImportKind) -> int | None:
    """The row with the most headings that we know; the first of equals. One alone must be the one that is needed."""
    best, most = None, 0
    for position, row in enumerate(table.rows[:LOOK_FOR_HEADINGS_IN]):
        texts = [clean_text(value) for value in row.values]
        if any("@" in text for text in texts):
            continue
        purposes = {purpose for text in texts if (purpose := _known(text, kind)) is not None}
        enough = len(purposes) > 1 or bool(purposes & {Purpose.ADDRESS, Purpose.TITLE})
        if enough and len(purposes) > most:
            best, most = position, len(purposes)
    return best


def _known(heading: str, kind: ImportKind) -> Purpose | None:
    """The purpose of a heading: as a whole, without additions, or by its parts around a slash."""
    if not heading or len(heading) > 80:
        return None
    known = HEADINGS[kind]
    whole = fold(heading)
    if whole in known:
        return known[whole]
    if _OF_SOMEBODY_ELSE.intersection(whole.split()):
        return None
    bare = fold(heading.split("(", maxsplit=1)[0])
    plain = " ".join(word for word in bare.split() if word not in _ADDITIONS)
    if bare in known or plain in known:
        return known.get(bare) or known[plain]
    if kind == ImportKind.PEOPLE and len(whole.split()) > 1 and all(word in LEVELS for word in whole.split()):
        return Purpose.LEVEL
    parts = {known.get(fold(part)) for part in heading.replace("\\", "/").replace("|", "/").split("/")}
    return parts.pop() if len(parts) == 1 else None


def _purpose_of(heading: str, index: int, below: Sequence[Row], kind: ImportKind) -> Purpose | None:
    purpose = _known(heading, kind)
    if purpose is Purpose.LEVEL and fold(heading.split("(", maxsplit=1)[0]) in _ONLY_AS_LEVELS:
        values = [text for row in below if (text := clean_text(row.cell(index)))]
        understood = sum(read_level(text) is not None for text in values)
        if values and understood * 2 < len(values):
            return None
    return purpose


def _by_content(found: list[Column], below: Sequence[Row]) -> list[Column]:
    """Where no heading says so: take a column full of addresses, or of levels, for what it is, and ask."""
    for purpose, fits in ((Purpose.ADDRESS, _is_address), (Purpose.LEVEL, _is_level)):
        if any(column.purpose is purpose for column in found):
            continue
        found = [
            Column(column.index, column.heading, purpose, asked=True)
            if column.purpose is None and _mostly(fits, column, below)
            else column
            for column in found
        ]
    return found


def _mostly(fits: Callable[[str], bool], column: Column, below: Sequence[Row]) -> bool:
    values = [text for row in below if (text := clean_text(row.cell(column.index)))]
    return bool(values) and sum(map(fits, values)) * 3 > len(values) * 2


def _is_address(text: str) -> bool:
    return "@" in text and bool(read_addresses(text).good)


def _is_level(text: str) -> bool:
    return read_level(text) is not None


def _one_of_each(found: list[Column]) -> list[Column]:
    """`Naam` beside `Voornaam` is the last name; of two columns for one purpose the first counts, and we ask."""
    purposes = {column.purpose for column in found}
    if Purpose.GIVEN_NAME in purposes and Purpose.FAMILY_NAME not in purposes:
        found = [
            Column(column.index, column.heading, Purpose.FAMILY_NAME, column.asked)
            if column.purpose is Purpose.FULL_NAME and fold(column.heading) in ("naam", "name")
            else column
            for column in found
        ]
    taken: set[Purpose] = set()
    unique: list[Column] = []
    by_content = sum(column.purpose is Purpose.ADDRESS and column.asked for column in found)
    for column in found:
        purpose = column.purpose
        if purpose is not None and purpose in taken and (purpose not in SEVERAL or by_content > 1):
            unique.append(Column(column.index, column.heading, None, asked=True))
            continue
        if purpose is not None:
            taken.add(purpose)
        unique.append(column)
    return unique


def _as_chosen(column: Column, chosen: Mapping[int, Purpose | None]) -> Column:
    if column.index not in chosen:
        return column
    return Column(column.index, column.heading, chosen[column.index], column.asked)


def _examples(index: int, below: Sequence[Row]) -> tuple[str, ...]:
    found: list[str] = []
    for row in below:
        text = clean_text(row.cell(index))[:60]
        if text and text not in found:
            found.append(text)
        if len(found) == 3:
            break
    return tuple(found)
