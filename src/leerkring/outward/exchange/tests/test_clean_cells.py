"""What people type is understood, or left as unreadable; never guessed, and nothing breaks the reader."""

from datetime import date

import pytest
from django.core.validators import validate_email
from hypothesis import given
from hypothesis import strategies as st

from leerkring.community.memberships.enums import Level
from leerkring.outward.exchange.cleaning import clean_text, fold, read_addresses, read_day, read_level, read_name


@pytest.mark.parametrize(
    ("cell", "good", "bad"),
    [
        ("a@voorbeeld.example", ("a@voorbeeld.example",), ()),
        (" A.B@Voorbeeld.Example\xa0", ("a.b@voorbeeld.example",), ()),
        ("mailto:A@Voorbeeld.Example", ("a@voorbeeld.example",), ()),
        ("mailto:a@voorbeeld.example?subject=hoi", ("a@voorbeeld.example",), ()),
        ("a@voorbeeld.example; b@prive.example", ("a@voorbeeld.example", "b@prive.example"), ()),
        ("a@voorbeeld.example\nb@prive.example", ("a@voorbeeld.example", "b@prive.example"), ()),
        ("a@voorbeeld.example / A@voorbeeld.example", ("a@voorbeeld.example",), ()),
        ("Jan Jansen <jan@voorbeeld.example>", ("jan@voorbeeld.example",), ()),
        ("'jan@voorbeeld.example'", ("jan@voorbeeld.example",), ()),
        ("jan @ voorbeeld.example", ("jan@voorbeeld.example",), ()),
        ("a@voorbeeld.example.", ("a@voorbeeld.example",), ()),
        ("\u200ba@voorbeeld.example\ufeff", ("a@voorbeeld.example",), ()),
        ("a@voorbeeld.example, n.v.t.", ("a@voorbeeld.example",), ()),
        ("a@voorbeeld.example; b@", ("a@voorbeeld.example",), ("b@",)),
        ("sanne(at)voorbeeld.example", (), ("sanne(at)voorbeeld.example",)),
        ("volgt nog", (), ("volgt nog",)),
        ("a@b", (), ("a@b",)),
        ("a@@voorbeeld.example", (), ("a@@voorbeeld.example",)),
        ("x" * 250 + "@voorbeeld.example", (), ("x" * 250 + "@voorbeeld.example",)),
        (12.0, (), ("12",)),
        ("", (), ()),
        ("\xa0 ", (), ()),
        (None, (), ()),
    ],
)
def test_addresses(cell: object, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    found = read_addresses(cell)
    assert (found.good, found.bad) == (good, bad)


def test_the_name_before_an_address() -> None:
    assert read_addresses('"Jansen, Jan" <jan@voorbeeld.example>').name == "Jansen, Jan"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2023, 3, 12), date(2023, 3, 12)),
        ("12-03-2023", date(2023, 3, 12)),
        ("12/3/2023", date(2023, 3, 12)),
        ("12.3.23", date(2023, 3, 12)),
        ("2023-03-12", date(2023, 3, 12)),
        ("2023-03-12T10:00:00", date(2023, 3, 12)),
        ("maart 2023", date(2023, 3, 1)),
        ("Maart  2023", date(2023, 3, 1)),
        ("mrt. 2023", date(2023, 3, 1)),
        ("March 2023", date(2023, 3, 1)),
        ("mrt-23", date(2023, 3, 1)),
        ("sinds mei '21", date(2021, 5, 1)),
        ("12 maart 2023", date(2023, 3, 12)),
        ("1e maart 2023", date(2023, 3, 1)),
        ("March 12, 2023", date(2023, 3, 12)),
        ("12th March 2023", date(2023, 3, 12)),
        ("03-2023", date(2023, 3, 1)),
        ("2023", date(2023, 1, 1)),
        (2023.0, date(2023, 1, 1)),
        (45000.0, date(2023, 3, 15)),
        ("31-02-2023", None),
        ("12/31/2023", None),
        ("maart 23", None),
        ("voorjaar 2023", None),
        ("12-03-1899", None),
        ("?", None),
        (True, None),
        ("", None),
    ],
)
def test_days(cell: object, day: date | None) -> None:
    assert read_day(cell).on == day


def test_only_a_date_cell_is_no_text() -> None:
    assert not read_day(date(2023, 3, 12)).is_text
    assert not read_day("").is_text
    assert read_day("12-03-2023").is_text
    assert read_day("ooit").is_text


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("Kern ", Level.CORE),
        ("kernlid", Level.CORE),
        ("ACTIEF", Level.ACTIVE),
        ("Actief lid", Level.ACTIVE),
        ("deelnemer", Level.ACTIVE),
        ("incidenteel\xa0", Level.OCCASIONAL),
        ("Volger", Level.FOLLOWER),
        ("follower", Level.FOLLOWER),
        ("extern", Level.EXTERNAL),
        ("kern/actief", None),
        ("niet actief", None),
        ("projectleider", None),
        ("", None),
    ],
)
def test_levels(cell: str, level: Level | None) -> None:
    assert read_level(cell) == level


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (("Jan", "van der", "Berg", ""), ("Jan", "van der", "Berg")),
        (("Jan", "", "van der Berg", ""), ("Jan", "van der", "Berg")),
        (("Jan", "", "Berg, van der", ""), ("Jan", "van der", "Berg")),
        (("Karel", "'t", "Bos", ""), ("Karel", "'t", "Bos")),
        (("", "", "", "Jan van der Berg"), ("Jan", "van der", "Berg")),
        (("", "", "", "Berg, Jan van der"), ("Jan", "van der", "Berg")),
        (("", "", "", "dhr. Søren O'Brien"), ("Søren", "", "O'Brien")),
        (("", "", "", "Yılmaz"), ("Yılmaz", "", "")),
        (("Zoë  \xa0Maria", "", "Müller", ""), ("Zoë Maria", "", "Müller")),
        (("", "", "Jansen", ""), ("Jansen", "", "")),
        (("", "", "", ""), ("", "", "")),
    ],
)
def test_names_letter_by_letter(cells: tuple[str, str, str, str], name: tuple[str, str, str]) -> None:
    assert tuple(read_name(*cells)) == name


cell_values = st.one_of(
    st.text(),
    st.text(alphabet=" \xa0@.;,<>()-:'/abcA1mailto"),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(cell_values)
def test_no_cell_breaks_the_reader(value: object) -> None:
    for address in read_addresses(value).good:
        validate_email(address)
        assert address == address.lower()
    read_level(value)
    text = clean_text(value)
    assert text == clean_text(text)
    assert text == text.strip()
    assert fold(fold(text)) == fold(text)
    day = read_day(value).on
    assert day is None or isinstance(day, date)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    for form in ("%d-%m-%Y", "%-d/%-m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%-d %B %Y"):
        assert read_day(day.strftime(form)).on == day


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_no_letter_of_a_name_is_lost(given_name: str, prefix: str, family: str) -> None:
    """A comma divides a name, and is no letter of it."""

    def letters(text: str) -> list[str]:
        return sorted(clean_text(text).translate({ord(sign): None for sign in " ,"}))

    if "," in family:
        return
    name = read_name(given_name, prefix, family)
    assert letters(" ".join(name)) == letters(f"{given_name} {prefix} {family}") or prefix
