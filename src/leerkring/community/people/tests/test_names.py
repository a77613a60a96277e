import pytest

from leerkring.community.people.names import Name, fold, name_key, parse_full_name, parse_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jan van der Berg", Name("Jan", "van der", "Berg")),
        ("Berg, Jan van der", Name("Jan", "van der", "Berg")),
        ("van der Berg, Jan", Name("Jan", "van der", "Berg")),
        ("Van der Berg, Jan", Name("Jan", "Van der", "Berg")),
        ("'t Hooft", Name("", "'t", "Hooft")),
        ("Gerard ’t Hooft", Name("Gerard", "’t", "Hooft")),
        ("Hooft, Gerard 't", Name("Gerard", "'t", "Hooft")),
        ("Anna Maria de Vries", Name("Anna Maria", "de", "Vries")),
        ("Anna Maria Jansen", Name("Anna Maria", "", "Jansen")),
        ("Jansen, Anna Maria", Name("Anna Maria", "", "Jansen")),
        ("Anna Jansen-de Vries", Name("Anna", "", "Jansen-de Vries")),
        ("Anna Jansen - de Vries", Name("Anna", "", "Jansen - de Vries")),
        ("Omar El Idrissi", Name("Omar", "El", "Idrissi")),
        ("Pieter van 't Hof", Name("Pieter", "van 't", "Hof")),
        ("Wim op den Camp", Name("Wim", "op den", "Camp")),
        ("Madonna", Name("Madonna", "", "")),
        ("  Jan \t  Smit ", Name("Jan", "", "Smit")),
        ("J. Smit", Name("J.", "", "Smit")),
        ("Nguyễn Thị Minh", Name("Nguyễn Thị", "", "Minh")),
        ("محمد العربي", Name("محمد", "", "العربي")),
        ("Noor 😀 Wit", Name("Noor 😀", "", "Wit")),
        ("", Name("", "", "")),
        (",", Name("", "", "")),
        ("van", Name("van", "", "")),
    ],
)
def test_parse(typed: str, name: Name) -> None:
    assert parse_name(typed) == name


def test_who_typed_a_last_name_only_is_called_by_that() -> None:
    assert parse_full_name("'t Hooft") == Name("'t Hooft", "", "")
    assert parse_full_name("Gerard 't Hooft") == Name("Gerard", "'t", "Hooft")


def test_invisible_signs_that_turn_a_name_around_are_taken_out() -> None:
    assert parse_name("Jan\u202e nallaV\u200b") == Name("Jan", "", "nallaV")


def test_signs_that_hold_letters_together_stay() -> None:
    assert parse_name("علی\u200cرضا رضایی") == Name("علی\u200cرضا", "", "رضایی")


def test_the_dutch_sort_by_last_name_without_prefix_and_diacritics() -> None:
    people = [
        ("Zoë", "", "Ábel"),
        ("Jan", "van der", "Berg"),
        ("Anna", "", "Berg"),
        ("Bo", "", "Bergen"),
        ("Gerard", "'t", "Hooft"),
        ("Çağla", "", "Çelik"),
        ("Madonna", "", ""),
        ("Søren", "", "Østergård"),
        ("Ida", "", "Otten"),
    ]
    in_order = sorted(people, key=lambda parts: name_key(*parts))
    assert [given for given, _prefix, _family in in_order] == [
        "Zoë", "Anna", "Jan", "Bo", "Çağla", "Gerard", "Madonna", "Søren", "Ida",
    ]  # fmt: skip


def test_a_key_fits_its_column_however_a_name_unfolds() -> None:
    assert len(name_key("ﷺ" * 100, "van", "ß" * 100)) == 250


@pytest.mark.parametrize(("text", "folded"), [("É-Łò  Æ", "e lo ae"), ("D’Hondt", "dhondt"), ("IJSSEL", "ijssel")])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
