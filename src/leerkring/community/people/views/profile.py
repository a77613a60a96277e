from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.accounts import actions as accounts
from leerkring.community.accounts import queries as addresses
from leerkring.community.accounts.devices import YEAR
from leerkring.community.accounts.models import Account
from leerkring.community.people import actions
from leerkring.community.people.enums import Digest
from leerkring.community.people.forms import ProfileForm, profile_of
from leerkring.community.people.models import Person
from leerkring.community.people.requests import signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.SIGNED_IN, get=200)
@require_GET
def profile_page(request: HttpRequest) -> HttpResponse:
    """What Leerkring knows of who asks, and what one can choose."""
    person, account = _who(request)
    return _page(request, person, account, ProfileForm(initial=profile_of(person, account)))


@admits(Admission.SIGNED_IN, post=422)
@require_POST
def profile_edit(request: HttpRequest) -> HttpResponse:
    person, account = _who(request)
    form = ProfileForm(request.POST)
    if not form.is_valid():
        return _page(request, person, account, form, status=422)
    chosen = form.cleaned_data
    try:
        actions.edit_profile(
            person=person,
            given_name=chosen["given_name"],
            prefix=chosen["prefix"],
            family_name=chosen["family_name"],
            policy_field=chosen["policy_field"],
            digest=Digest(chosen["digest"]),
            by=person,
        )
        if chosen["language"] != account.language:
            accounts.choose_language(account=account, language=chosen["language"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, person, account, form, status=422)
    with override(chosen["language"]):
        toasts.say(request, _("Your profile is saved."))
    response = redirect("people:profile_page")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen["language"],
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


def _who(request: HttpRequest) -> tuple[Person, Account]:
    person = signed_in_person(request)
    assert person.account is not None  # noqa: S101 - who is signed in has one
    return person, person.account


def _page(request: HttpRequest, person: Person, account: Account, form: ProfileForm, status: int = 200) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "addresses": addresses.addresses_of(account),
        "claims": addresses.claims_of(account),
    }
    return render(request, "people/profile_page.html", context, status=status)
