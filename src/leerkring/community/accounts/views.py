from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts import actions, queries
from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.accounts.enums import TicketState
from leerkring.community.accounts.forms import AddressForm, CodeForm, SignInForm
from leerkring.community.accounts.limits import TooOften
from leerkring.community.accounts.models import Account
from leerkring.community.accounts.paths import safe_path
from leerkring.community.accounts.sessions import ASKED, enter
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

STATUS = {TicketState.OPEN: 200, TicketState.USED: 410, TicketState.OLD: 410, TicketState.UNKNOWN: 404}


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Ask for a link and a code; the answer is the same whether anybody has the address or not."""
    if request.method != "POST":
        wanted = safe_path(request, request.GET.get("next", ""))
        context = {"form": SignInForm(initial={"next": wanted}), "wanted": wanted}
        return render(request, "accounts/sign_in_page.html", context)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/sign_in_page.html", {"form": form}, status=422)
    address, device = form.cleaned_data["address"], device_of(request)
    next_path = safe_path(request, form.cleaned_data["next"])
    try:
        asked = actions.ask_sign_in(address=address, device=device, next_path=next_path)
    except TooOften as refusal:
        form.add_error("address", refusal.message)
        return render(request, "accounts/sign_in_page.html", {"form": form}, status=429)
    request.session[ASKED] = {"address": address, "next": next_path} | _shown_in_demo(asked)
    response = redirect("accounts:sign_in_code")
    remember_device(response, device)
    return response


@admits(Admission.EVERYONE, get=302, post=302)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """After asking: look in your mail, or type the code here."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("accounts:sign_in_page")
    if request.method != "POST":
        return _code_page(request, CodeForm(), asked)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, asked, status=422)
    try:
        ticket = actions.sign_in_by_code(
            address=asked["address"], code=form.cleaned_data["code"], device=device_of(request)
        )
    except Refused as refusal:
        form.add_error("code", refusal.message)
        return _code_page(request, form, asked, status=429 if isinstance(refusal, TooOften) else 422)
    return enter(request, ticket.address.account if ticket.address else None, asked["next"])


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and POST signs in, so that a scanner of mail does not use the link up."""
    if request.method != "POST":
        state = queries.state_of_link(token)
        return render(request, "accounts/sign_in_link.html", {"state": state}, status=STATUS[state])
    try:
        ticket = actions.sign_in_by_link(token=token)
    except actions.TicketRefused as refusal:
        if refusal.state == TicketState.USED and _is_signed_in_by(request, token):
            return redirect(_next_of(request, token))
        return render(request, "accounts/sign_in_link.html", {"state": refusal.state}, status=STATUS[refusal.state])
    return enter(request, ticket.address.account if ticket.address else None, ticket.next_path)


@admits(Admission.EVERYONE, post=302)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    toasts.say(request, _("You are signed out."))
    return redirect("/")


@admits(Admission.SIGNED_IN, post=302)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_everywhere(account=_account(request))
    logout(request)
    toasts.say(request, _("You are signed out on every device."))
    return redirect("accounts:sign_in_page")


@admits(Admission.EVERYONE, get=404)
@never_cache
@require_GET
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """In the demo one click signs in as somebody of the cast, all of whom are invented."""
    if not settings.DEMO or queries.account_of_demo_link(token) is None:
        raise Http404
    return enter(request, actions.sign_in_by_demo_link(token=token), safe_path(request, request.GET.get("next", "")))


@admits(Admission.SIGNED_IN, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def addresses_page(request: HttpRequest) -> HttpResponse:
    """One's addresses, and a form for another one."""
    account = _account(request)
    if request.method != "POST":
        return _addresses_page(request, account, AddressForm())
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _addresses_page(request, account, form, status=422)
    try:
        claim, token = actions.add_address(account=account, address=form.cleaned_data["address"])
    except Refused as refusal:
        form.add_error("address", refusal.message)
        return _addresses_page(request, account, form, status=422)
    toasts.say(request, _("We sent an e-mail to %(address)s. Open its link.") % {"address": claim.address})
    if settings.DEMO:
        request.session["address_link"] = token
    return redirect("accounts:addresses_page")


@admits(Admission.SIGNED_IN, get=404, post=404)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail that proves an address: GET shows a button, POST adds the address."""
    account = _account(request)
    if request.method != "POST":
        claim = queries.claim_of(account, token)
        state = queries.state_of_claim(claim)
        return render(request, "accounts/address_confirm.html", {"claim": claim, "state": state}, status=STATUS[state])
    try:
        address = actions.confirm_address(token=token, account=account)
    except actions.TicketRefused as refusal:
        return render(request, "accounts/address_confirm.html", {"state": refusal.state}, status=STATUS[refusal.state])
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("accounts:addresses_page")
    toasts.say(request, _("%(address)s is yours now. You can sign in with it.") % {"address": address.address})
    return redirect("accounts:addresses_page")


@admits(Admission.SELF, post=302)
@require_POST
def address_make_main(request: HttpRequest, address_id: int) -> HttpResponse:
    account = _account(request)
    address = _own_address_or_404(account, address_id)
    try:
        actions.make_main(account=account, address=address)
        toasts.say(request, _("Mail goes to %(address)s from now on.") % {"address": address.address})
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("accounts:addresses_page")


@admits(Admission.SELF, post=302)
@require_POST
def address_remove(request: HttpRequest, address_id: int) -> HttpResponse:
    account = _account(request)
    address = _own_address_or_404(account, address_id)
    try:
        actions.remove_address(account=account, address=address)
        toasts.say(request, _("%(address)s is taken away.") % {"address": address.address})
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    return redirect("accounts:addresses_page")


def _code_page(request: HttpRequest, form: CodeForm, asked: dict[str, str], status: int = 200) -> HttpResponse:
    again = SignInForm(initial={"address": asked["address"], "next": asked["next"]}, auto_id="again_%s")
    context = {"form": form, "asked": asked, "again": again}
    return render(request, "accounts/sign_in_code.html", context, status=status)


def _addresses_page(request: HttpRequest, account: Account, form: AddressForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "addresses": queries.addresses_of(account),
        "claims": queries.claims_of(account),
        "demo_token": request.session.pop("address_link", "") if settings.DEMO else "",
    }
    return render(request, "accounts/addresses_page.html", context, status=status)


def _shown_in_demo(asked: actions.Asked) -> dict[str, str]:
    """The demo has no mail to look in."""
    if not settings.DEMO or asked.account is None:
        return {}
    return {"token": asked.token, "code": asked.code}


def _account(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def _own_address_or_404(account: Account, address_id: int) -> queries.EmailAddress:
    address = queries.address_of(account, address_id)
    if address is None:
        raise Http404
    return address


def _is_signed_in_by(request: HttpRequest, token: str) -> bool:
    """A double click: the first one has signed this very browser in already."""
    ticket = queries.ticket_of_link(token)
    return ticket is not None and ticket.address is not None and ticket.address.account_id == request.user.pk


def _next_of(request: HttpRequest, token: str) -> str:
    ticket = queries.ticket_of_link(token)
    return safe_path(request, ticket.next_path if ticket else "")
