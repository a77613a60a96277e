"""The tool that keeps the Dutch of an app: one file, no line numbers, and it says what is missing."""

import gettext
from pathlib import Path

import pytest

from tools import messages

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
WORDS = _("Set the "
          "version"), ngettext("%(n)d person", "%(n)d people", 3), pgettext_lazy("month", "May"), other("Not this")
"""
PAGE = """{% load i18n %}<p class="open">{% trans 'Say "yes"' %}</p>
{% blocktrans trimmed with name=who %}
  {{ name }} changed this
{% endblocktrans %}{{ thing|default:_("nothing") }}
{% blocktrans count n=3 %}{{ n }} row{% plural %}{{ n }} rows{% endblocktrans %}
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "x").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "views.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "tests" / "test_x.py").write_text('_("Only in a test")', encoding="utf-8")
    (tmp_path / "templates" / "x" / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def say(app: Path, english: str, *dutch: str) -> None:
    known = messages.read(messages.po_of(app))
    message = next(m for m in known.values() if m.text == english)
    message.dutch = list(dutch)
    messages.po_of(app).write_text(messages.written(known.values()), encoding="utf-8")


def say_all(app: Path) -> None:
    say(app, "Set the version", "Zet de versie vast")
    say(app, "%(n)d person", "%(n)d mens", "%(n)d mensen")
    say(app, "May", "mei")
    say(app, 'Say "yes"', 'Zeg "ja"')
    say(app, "%(name)s changed this", "%(name)s wijzigde dit")
    say(app, "nothing", "niets")
    say(app, "%(n)s row", "%(n)s rij", "%(n)s rijen")


def test_sentences_come_from_code_and_templates(app: Path) -> None:
    found = messages.sentences_of(app)
    assert {(c, t, m.plural) for (c, t), m in found.items()} == {
        ("", "Set the version", ""),
        ("", "%(n)d person", "%(n)d people"),
        ("month", "May", ""),
        ("", 'Say "yes"', ""),
        ("", "%(name)s changed this", ""),
        ("", "nothing", ""),
        ("", "%(n)s row", "%(n)s rows"),
    }


def test_updating_keeps_the_dutch_and_drops_what_is_gone(app: Path) -> None:
    messages.update(app)
    say_all(app)
    (app / "views.py").write_text('_("Set the version")\n_("New")', encoding="utf-8")
    messages.update(app)
    known = messages.read(messages.po_of(app))
    assert known[("", "Set the version")].dutch == ["Zet de versie vast"]
    assert known[("", "New")].dutch == [""]
    assert ("month", "May") not in known


def test_updating_twice_changes_nothing(app: Path) -> None:
    messages.update(app)
    say_all(app)
    first = messages.po_of(app).read_bytes()
    messages.update(app)
    assert messages.po_of(app).read_bytes() == first
    assert b"views.py:" not in first


def test_a_whole_file_passes(app: Path) -> None:
    messages.update(app)
    say_all(app)
    assert messages.check(app) == []


@pytest.mark.parametrize(
    ("english", "dutch", "problem"),
    [
        ("Set the version", [""], "has no Dutch"),
        ("%(n)d person", ["%(n)d mens", ""], "has no Dutch"),
        ("%(name)s changed this", ["%(naam)s wijzigde dit"], "has placeholders ['%(name)s'], its Dutch ['%(naam)s']"),
        ("nothing", ["niets \u2013 leeg"], "has a dash in Dutch"),
        ("nothing", ["niets "], "begins or ends with a space in one language only"),
    ],
)
def test_a_mistake_is_named(app: Path, english: str, dutch: list[str], problem: str) -> None:
    messages.update(app)
    say_all(app)
    say(app, english, *dutch)
    (found,) = messages.check(app)
    assert f"{english!r} {problem}" in found


def test_a_sentence_that_is_missing_or_gone_is_named(app: Path) -> None:
    messages.update(app)
    say_all(app)
    (app / "views.py").write_text(CODE.replace("May", "June"), encoding="utf-8")
    problems = messages.check(app)
    assert any("'June' is missing" in problem for problem in problems)
    assert any("'May' is gone" in problem for problem in problems)


def test_fuzzy_and_obsolete_are_refused(app: Path) -> None:
    messages.update(app)
    say_all(app)
    path = messages.po_of(app)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('msgid "nothing"', '#, fuzzy\nmsgid "nothing"'), encoding="utf-8")
    assert any("is marked fuzzy" in problem for problem in messages.check(app))
    path.write_text(whole + '\n#~ msgid "Old"\n#~ msgstr "Oud"\n', encoding="utf-8")
    with pytest.raises(messages.Unreadable, match="holds a sentence that is gone"):
        messages.check(app)


def test_what_is_compiled_is_read_by_gettext(app: Path) -> None:
    messages.update(app)
    say_all(app)
    messages.compile_app(app)
    with messages.po_of(app).with_suffix(".mo").open("rb") as file:
        dutch = gettext.GNUTranslations(file)
    assert dutch.gettext('Say "yes"') == 'Zeg "ja"'
    assert dutch.pgettext("month", "May") == "mei"
    assert [dutch.ngettext("%(n)d person", "%(n)d people", n) for n in (0, 1, 2)] == [
        "%(n)d mensen",
        "%(n)d mens",
        "%(n)d mensen",
    ]


def test_a_broken_file_is_named_and_harms_nothing(app: Path) -> None:
    messages.update(app)
    say_all(app)
    before = messages.po_of(app).read_bytes()
    (app / "views.py").write_text("def broken(", encoding="utf-8")
    with pytest.raises(messages.Unreadable, match=r"views\.py cannot be read"):
        messages.update(app)
    assert messages.po_of(app).read_bytes() == before


def test_one_sentence_has_one_dutch_in_the_house(app: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "views.py").write_text('_("nothing")', encoding="utf-8")
    for place in (app, other):
        messages.update(place)
    say(app, "nothing", "niets")
    say(other, "nothing", "leeg")
    (found,) = messages.clashes([app, other])
    assert "'nothing' is 'niets'" in found
    say(other, "nothing", "niets")
    assert messages.clashes([app, other]) == []
