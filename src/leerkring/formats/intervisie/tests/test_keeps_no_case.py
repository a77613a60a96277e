"""Rule 6, seen from all sides: no column, no post, no log, no fact and no snapshot can hold a word of a case."""

import logging
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from leerkring.community.people.models import Person
from leerkring.formats.intervisie.models import Round
from leerkring.formats.intervisie.tests.conftest import Sitting
from leerkring.formats.intervisie.topics import round_screen
from leerkring.formats.intervisie.urls import urlpatterns
from leerkring.platform.facts.models import FactRow

Browser = Callable[[Person | None], Client]
SECRET = "Zwaluwstaart-7391"
WORDS = (models.TextField, models.CharField, models.JSONField, models.BinaryField, models.FileField)
WRITTEN_OUTSIDE_A_ROUND = {
    "Method": {"name", "fits"},
    "MethodStep": {"name", "say", "not_now"},
    "IntervisieGroup": {"agreements"},
    "LearningPoint": {"sentence"},
}


def test_no_model_has_a_column_for_words_beside_methods_agreements_and_learning_points() -> None:
    found = {
        model.__name__: {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, WORDS) and not field.choices and not field.is_relation
        }
        for model in apps.get_app_config("intervisie").get_models()
    }
    assert {name: words for name, words in found.items() if words} == WRITTEN_OUTSIDE_A_ROUND


def _everything() -> str:
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_what_is_posted_beside_the_button_is_stored_and_logged_nowhere(
    sitting: Sitting, client_of: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chair = client_of(sitting.chair)
    names = [
        "text", "case", "casus", "title", "note", "notes", "purpose", "prompt", "sentence", "lines", "name", "say",
        "position", "person", "method", "here", "revision", "label", "agreements",
    ]  # fmt: skip
    typed = dict.fromkeys(names, SECRET)
    verbs = [path.name for path in urlpatterns if "intervisie_round_id" in str(path.pattern)]
    for running in (False, True):
        if running:
            sitting.begin()
        for verb in verbs:
            url = reverse(f"intervisie:{verb}", args=[sitting.slug, sitting.round.pk])
            if verb in ("round_end", "round_remove", "round_page", "run_page"):
                continue
            page = chair.post(url, typed, follow=True).content.decode()
            assert SECRET not in page
    for verb in ("agreements/", "agreements/accept/", "points/release/"):
        chair.post(sitting.group_url(verb), typed)
    chair.post(sitting.url("end/"), typed)
    assert SECRET not in _everything()
    assert SECRET not in caplog.text
    for language in ("nl", "en"):
        snapshot = round_screen(str(sitting.round.pk), language)
        assert snapshot
        assert SECRET not in str(snapshot.data)


def test_the_search_would_find_it(sitting: Sitting, client_of: Browser) -> None:
    """The same words in the one place where a group may write, between rounds."""
    typed = {"lines": SECRET, "revision": "1"}
    assert client_of(sitting.chair).post(sitting.group_url("agreements/"), typed).status_code == 302
    assert SECRET in _everything()


@pytest.mark.parametrize("running", [False, True])
def test_screens_of_a_round_have_nothing_to_write_in(sitting: Sitting, client_of: Browser, running: bool) -> None:
    if running:
        sitting.begin()
    for page in ("", "run/"):
        html = client_of(sitting.chair).get(sitting.url(page)).content.decode()
        for mark in ("<textarea", 'type="text"', "contenteditable", 'type="search"', "data-keep", "data-send-once"):
            assert mark not in html


def test_facts_of_a_round_hold_numbers_only(sitting: Sitting, client_of: Browser) -> None:
    chair = client_of(sitting.chair)
    chair.post(sitting.url("begin/"))
    chair.post(sitting.url("turn/"), {"person": sitting.members[1].pk})
    chair.post(sitting.url("next/"), {"position": "0"})
    chair.post(sitting.url("end/"))
    facts = FactRow.objects.filter(ids__has_key="intervisie_round_id")
    assert facts.count() == 5
    assert all(isinstance(value, int) for fact in facts for value in fact.ids.values())


def test_snapshot_names_nobody(sitting: Sitting) -> None:
    sitting.begin()
    snapshot = round_screen(str(sitting.round.pk), "nl")
    assert snapshot
    assert not [person.given_name for person in sitting.members if person.given_name in str(snapshot.data)]
    assert snapshot.version == Round.objects.get().version
