from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.people import actions
from leerkring.community.people.models import Person, PolicyField
from leerkring.community.people.tests.reading import facts_named
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
TYPED = {"given_name": "Noor", "prefix": "de", "family_name": "Wit", "language": "nl", "digest": "monthly"}


def test_one_changes_ones_own(cast: Cast, client_of: Browser) -> None:
    waste = PolicyField.objects.create(name="afval")
    response = client_of(cast.own.member).post("/profile/edit/", {**TYPED, "policy_field": waste.pk})
    assert response["Location"] == "/profile/"
    person = Person.objects.get(pk=cast.own.member.pk)
    assert (person.name, person.name_key, person.digest, person.policy_field) == (
        "Noor de Wit",
        "wit noor de",
        "monthly",
        waste,
    )
    assert facts_named("ProfileEdited") == [{"by": person.pk, "person_id": person.pk}]


def test_nobody_changes_somebody_else(cast: Cast) -> None:
    for by in (cast.own.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.edit_profile(person=cast.own.member, given_name="X", by=by)


def test_a_visitor_signs_in_first(db: None, client_of: Browser) -> None:
    assert client_of(None).get("/profile/")["Location"] == "/sign-in/?next=/profile/"
    assert client_of(None).post("/profile/edit/", TYPED)["Location"] == "/sign-in/?next=/"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("given_name", ""),
        ("given_name", "x" * 300),
        ("prefix", "x" * 41),
        ("family_name", "x" * 101),
        ("language", "tlh"),
        ("digest", "hourly"),
        ("policy_field", "999"),
        ("policy_field", "x"),
    ],
)
def test_what_does_not_fit_comes_back_as_it_was_typed(cast: Cast, client_of: Browser, field: str, typed: str) -> None:
    response = client_of(cast.own.member).post("/profile/edit/", {**TYPED, field: typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == typed
    assert Person.objects.get(pk=cast.own.member.pk).given_name == cast.own.member.given_name


@pytest.mark.parametrize("name", ["😀", "مريم", "Nguyễn", "<script>alert(1)</script>", "O'Neill & Zn.", "x" * 100])
def test_every_name_of_the_world_stands_on_the_page(cast: Cast, client_of: Browser, name: str) -> None:
    browser = client_of(cast.own.member)
    assert browser.post("/profile/edit/", {**TYPED, "given_name": name}).status_code == 302
    page = browser.get("/profile/")
    assert page.context["person"].given_name == name
    assert "<script>alert" not in page.content.decode()


def test_the_language_of_the_profile_is_that_of_mail_and_screen(cast: Cast, client_of: Browser) -> None:
    browser = client_of(cast.own.member)
    assert '<html lang="nl"' in browser.get("/profile/").content.decode()
    browser.post("/profile/edit/", {**TYPED, "language": "en"})
    assert '<html lang="en"' in browser.get("/profile/").content.decode()
    account = cast.own.member.account
    assert account is not None
    account.refresh_from_db()
    assert account.language == "en"
