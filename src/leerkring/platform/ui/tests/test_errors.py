"""Pages for what goes wrong: they say what to do next, in both languages, and cannot break themselves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory

from leerkring.platform.ui import handlers


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_where_to_look(client: Client) -> None:
    dutch = client.get("/nergens/of/toch/", headers={"accept-language": "nl"})
    assert dutch.status_code == 404
    assert "Deze pagina is er niet" in dutch.text
    assert "This page is not here" in client.get("/nergens/of/toch/", headers={"accept-language": "en"}).text


@pytest.mark.django_db
def test_what_is_not_there_any_more_is_said_in_our_words_only(rf: RequestFactory) -> None:
    ours = handlers.not_found(rf.get("/"), Http404("Deze link werkt niet meer.")).text
    theirs = handlers.not_found(rf.get("/"), Http404("No Meeting matches the given query.")).text
    assert ("Deze link werkt niet meer." in ours, "Misschien is hij verplaatst" in ours) == (True, False)
    assert ("No Meeting" in theirs, "Misschien is hij verplaatst" in theirs) == (False, True)


def test_a_page_that_is_for_others_speaks_of_reading(rf: RequestFactory) -> None:
    page, verb = (handlers.forbidden(ask("/"), PermissionDenied()).text for ask in (rf.get, rf.post))
    assert ("Deze pagina is voor anderen" in page, "niet wijzigen" in page) == (True, False)
    assert ("Deze pagina is voor anderen" in verb, "niet wijzigen" in verb) == (False, True)


def test_a_refusal_gives_its_reason(rf: RequestFactory) -> None:
    answer = handlers.forbidden(rf.get("/"), PermissionDenied("Vraag <b>Sanne</b>."))
    assert answer.status_code == 403
    assert "Vraag &lt;b&gt;Sanne&lt;/b&gt;." in answer.text


def test_a_refusal_without_reason_says_whom_to_ask(rf: RequestFactory) -> None:
    assert "Vraag de contactpersoon of het programmateam" in handlers.forbidden(rf.get("/"), PermissionDenied()).text


@pytest.mark.django_db
def test_an_address_that_takes_a_form_only_is_no_blank_screen(client: Client) -> None:
    page = client.get("/language/", headers={"accept": "text/html", "accept-language": "nl"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Op dit adres valt niets te lezen" in page.text
    assert client.get("/language/", headers={"accept": "application/json"}).content == b""


def test_a_broken_address_is_explained(rf: RequestFactory) -> None:
    assert handlers.bad_request(rf.get("/")).status_code == 400


def test_our_own_fault_needs_neither_person_nor_database(rf: RequestFactory) -> None:
    answer = handlers.went_wrong(rf.get("/"))
    assert answer.status_code == 500
    assert "Dit ging mis bij ons" in answer.text
    assert "<h1" in answer.text
