"""The frame of every page: language, theme, sample strip, messages, and pages that anybody may read."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from leerkring.platform.ui import slots, toasts

PAGES = ["/help/", "/privacy/", "/toegankelijkheid/"]


@pytest.fixture
def no_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_items", {})


def page(rf: RequestFactory, **context: object) -> str:
    request = rf.get("/help/")
    request.person = SimpleNamespace(name="Noor de Wit", initials="NW")  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return render_to_string("ui/base.html", context, request)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_everybody_reads_the_pages_of_the_house_in_both_languages(client: Client, path: str) -> None:
    dutch = client.get(path, headers={"accept-language": "nl"})
    english = client.get(path, headers={"accept-language": "en"})
    assert (dutch.status_code, english.status_code) == (200, 200)
    assert '<html lang="nl">' in dutch.text
    assert '<html lang="en">' in english.text
    assert dutch.text.count("<h1") == 1
    assert "<main" in dutch.text


@pytest.mark.django_db
def test_choosing_a_language_leads_back_and_lasts(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/help/?x=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/?x=1")
    assert '<html lang="en">' in client.get("/help/", headers={"accept-language": "nl"}).text


@pytest.mark.django_db
def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "xx", "next": "/help/"})
    assert '<html lang="nl">' in client.get("/help/", headers={"accept-language": "nl"}).text


@pytest.mark.django_db
@pytest.mark.parametrize("next_", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_choice_never_leads_elsewhere(client: Client, next_: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": next_})["Location"] == "/"


@pytest.mark.django_db
def test_choosing_dark_lasts_until_the_device_decides_again(client: Client) -> None:
    client.post("/theme/", {"theme": "dark", "next": "/help/"})
    assert 'data-theme="dark"' in client.get("/help/").text
    client.post("/theme/", {"theme": "", "next": "/help/"})
    assert "data-theme" not in client.get("/help/").text


@pytest.mark.django_db
def test_choices_need_a_form_of_ours() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in answer.text


@pytest.mark.usefixtures("no_navigation")
def test_sample_data_is_called_so(rf: RequestFactory) -> None:
    invented = SimpleNamespace(name="Amsterdam", slug="amsterdam", is_sample=True)
    real = SimpleNamespace(name="Amsterdam", slug="amsterdam", is_sample=False)
    assert 'class="lk-sample"' in page(rf, community=invented)
    assert 'class="lk-sample"' not in page(rf, community=real)
    assert 'class="lk-sample"' not in page(rf)


def test_a_message_offers_the_way_back(rf: RequestFactory) -> None:
    request = rf.get("/help/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    toasts.say(request, "Closed <b>.", undo="/amsterdam/groups/3/reopen/", undo_label="Open again")
    toasts.warn(request, "Look here.")
    toasts.refuse(request, "Not yet.")
    said = [(t.text, t.kind, t.undo, t.undo_label) for t in toasts.toasts_of(request)]
    assert said == [
        ("Closed <b>.", "", "/amsterdam/groups/3/reopen/", "Open again"),
        ("Look here.", "warn", "", ""),
        ("Not yet.", "stuck", "", ""),
    ]


def test_a_message_is_a_form_and_escaped(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/help/")
    request.person = None  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    toasts.say(request, "Closed <b>.", undo="/x/")
    html = render_to_string("ui/base.html", {}, request)
    assert "Closed &lt;b&gt;." in html
    assert '<form method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken"' in html


@pytest.mark.django_db
def test_parts_are_shown_to_builders_only(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/parts/").status_code == 404
    settings.DEMO = True
    assert client.get("/parts/").status_code == 200
