"""The phone in a room: who may use it has a seat there, on this device. No account is needed for that.

Every verb is a plain form that goes back to the page; with `Accept: application/json` it answers the script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.accounts.devices import device_of
from leerkring.community.meetings import codes
from leerkring.community.meetings.evaluation.queries import asks_how_it_was
from leerkring.community.meetings.models import Seat
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.formats.werkplaats import access, actions, phone_kept, phone_screen
from leerkring.formats.werkplaats.enums import PostKind
from leerkring.formats.werkplaats.forms.phone import (
    FeedbackForm,
    PointsForm,
    PostForm,
    RepliesForm,
    TakeBackForm,
    WishesForm,
)
from leerkring.formats.werkplaats.models import Post, Room, Round
from leerkring.formats.werkplaats.phone_kept import Shown
from leerkring.formats.werkplaats.phone_screen import PhoneScreen, screen_of
from leerkring.formats.werkplaats.phone_words import OnPhone, as_own, on_phone_of
from leerkring.formats.werkplaats.queries import on_phone
from leerkring.platform import live
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

PARTS = ("me", "sign_in", "sent", "group", "over")
SeatView = Callable[..., HttpResponse]


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def at_seat(view: SeatView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the seat that this device has behind this code; without one, the way in."""

    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        seat = codes.seat_of_device(code=code, device=device_of(request))
        if seat is not None and not seat.is_out:
            return view(request, code, seat)
        if wants_json(request):
            sentence = _("This phone is not in this meeting, or no longer. Type the code again.")
            return JsonResponse({"error": sentence, "join": join_url(code)}, status=403)
        return redirect(join_url(code))

    return found


def join_url(code: str) -> str:
    return f"/w/{code}/"


def shown_or_404(seat: Seat) -> Shown:
    shown = phone_kept.shown_at(seat)
    if shown is None:
        raise Http404(_("There is no werkplaats in this meeting yet."))
    return shown


def is_early(seat: Seat, room: Room) -> bool:
    """Whether this seat may bring in something before the meeting."""
    return room.began_at is None and access.may_bring_in_early(seat.person, room)


@admits(Admission.EVERYONE, get=302)
@never_cache
@require_GET
@at_seat
def phone_page(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    return show(request, seat)


@admits(Admission.EVERYONE, get=302)
@never_cache
@require_GET
@at_seat
def mine_show(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    """What is of this phone alone in the round that is on; asked for after each change of round."""
    return show_mine(request, seat)


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def post_send(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    return send_post(request, seat)


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def feedback_send(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    """One line for the group that presents."""
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return refuse(request, seat, form)
    round_ = round_or_404(seat, form)
    group = on_phone.group_in(round_, form.cleaned_data["group"])
    if group is None and form.cleaned_data["group"]:
        raise Http404(_("This group does not present here."))
    return attempt(
        request,
        seat,
        form,
        lambda: actions.post(
            round=round_, seat=seat, key=form.cleaned_data["key"], text=form.cleaned_data["text"],
            kind=PostKind.FEEDBACK, about_group=group,
        ),
        lambda post: sent(request, round_, post),
    )  # fmt: skip


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def post_take_back(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    return take_back(request, seat)


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def points_give(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    form = PointsForm(request.POST)
    if not form.is_valid():
        return refuse(request, seat, form)
    round_ = round_or_404(seat, form)
    target = on_phone.target_at(seat, form.target_kind, form.target_id)
    if target is None:
        form.add_error(None, _("This is no longer there to choose. Look at the list again."))
        return refuse(request, seat, form)
    count = form.cleaned_data["count"]
    return attempt(
        request,
        seat,
        form,
        lambda: actions.give_points(round=round_, seat=seat, target=target, count=count),
        lambda left: {"round": round_.pk, "left": left},
        said="",
    )


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def wishes_set(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    form = WishesForm(request.POST)
    if not form.is_valid():
        return refuse(request, seat, form)
    round_ = round_or_404(seat, form)
    tables = on_phone.tables_among(seat, form.ids)
    if len(tables) != len(set(form.ids)):
        form.add_error(None, _("One of these tables is no longer there. Look at the list again."))
        return refuse(request, seat, form)
    return attempt(
        request,
        seat,
        form,
        lambda: actions.wish(round=round_, seat=seat, tables=tables),
        lambda wishes: {"round": round_.pk, "wishes": [wish.table_id for wish in wishes]},
        said="",
    )


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def reply_give(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    """All answers of one look back together."""
    round_ = on_phone.round_at(seat, int(request.POST["round"])) if request.POST.get("round", "").isdigit() else None
    if round_ is None:
        raise Http404(_("This round is not there."))
    form = RepliesForm(request.POST, asks=on_phone.asks_of(round_))
    if not form.is_valid():
        return refuse(request, seat, form)
    return attempt(
        request,
        seat,
        form,
        lambda: [actions.reply(ask=ask, seat=seat, number=number, text=text) for ask, number, text in form.answers()],
        lambda _replies: {"round": round_.pk},
        said=_("Sent. You can change it until the round closes."),
    )


@admits(Admission.EVERYONE, post=302)
@require_POST
@at_seat
def seat_claim(request: HttpRequest, code: str, seat: Seat) -> HttpResponse:
    """A guest who signed in takes along what was said on this phone."""
    person = person_of(request)
    if person is None:
        return redirect(sign_in_url(seat))
    try:
        actions.claim(seat=seat, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
    else:
        toasts.say(request, _("What you said on this phone is yours now."))
    return redirect("../now/")


# What the page at a seat and the page before the meeting share.


def round_or_404(seat: Seat, form: BaseForm) -> Round:
    round_ = on_phone.round_at(seat, form.cleaned_data["round"])
    if round_ is None:
        raise Http404(_("This round is not there."))
    return round_


def send_post(request: HttpRequest, seat: Seat, data: QueryDict | None = None) -> HttpResponse:
    form = PostForm(request.POST if data is None else data)
    if not form.is_valid():
        return refuse(request, seat, form)
    round_ = round_or_404(seat, form)
    fields = form.cleaned_data
    return attempt(
        request,
        seat,
        form,
        lambda: actions.post(
            round=round_, seat=seat, key=fields["key"], text=fields["text"], kind=PostKind(fields["kind"])
        ),
        lambda post: sent(request, round_, post),
    )


def take_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = TakeBackForm(request.POST)
    post = on_phone.post_at(seat, form.cleaned_data["post"]) if form.is_valid() else None
    if post is None:
        raise Http404(_("This line is not there."))
    return attempt(
        request,
        seat,
        form,
        lambda: actions.take_back_post(post=post, seat=seat),
        lambda _post: {"post": post.pk},
        said=_("Taken back."),
    )


def sent(request: HttpRequest, round_: Round, post: Post) -> dict[str, Any]:
    """The line as it stands in the list of what one sent."""
    row = render_to_string("werkplaats/phone/sent_row.html", {"post": as_own(post)}, request)
    return {"round": round_.pk, "post": post.pk, "row": row}


def attempt(
    request: HttpRequest,
    seat: Seat,
    form: BaseForm,
    act: Callable[[], Any],
    answer: Callable[[Any], dict[str, Any]],
    said: str | None = None,
) -> HttpResponse:
    """Do it, and answer the script or go back to the page; a refusal comes back with what was typed."""
    try:
        done = act()
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return refuse(request, seat, form)
    except PermissionDenied:
        if not wants_json(request):
            raise
        return JsonResponse({"error": _("That is not yours to change.")}, status=403)
    if wants_json(request):
        return JsonResponse(answer(done))
    sentence = _("Sent.") if said is None else said
    if sentence:
        toasts.say(request, sentence)
    return redirect("../now/")


def refuse(request: HttpRequest, seat: Seat, form: BaseForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": next(iter(form.errors.values()))[0]}, status=422)
    return show(request, seat, form, status=422)


def show(request: HttpRequest, seat: Seat, form: BaseForm | None = None, status: int = 200) -> HttpResponse:
    shown = shown_or_404(seat)
    room, early = shown.room, is_early(seat, shown.room)
    if form is None and not early and phone_kept.is_plain(request, seat, shown):
        return HttpResponse(_kept_page(request, seat, shown))
    screen = screen_of(room, is_early=True) if early else shown.screen.of_one()
    mine = own(seat, room, screen)
    if mine.points is not None:
        phone_screen.give(screen, mine.points)
    if mine.wishes is not None:
        phone_screen.wish_for(screen, mine.wishes)
    phone_screen.answer(screen, form.typed() if isinstance(form, RepliesForm) else mine.replies or {})
    if form is not None and form.data.get("kind") in screen.kinds:
        screen.chosen = form.data["kind"]
    person = person_of(request)
    context = {
        "owner": f"{seat.meeting_id}-{seat.voice}",
        "grant": granted(seat, person),
        "screen": screen,
        "mine": mine,
        "form": form,
        "typed": form.data.get("text", "") if form is not None else "",
        "key": uuid4(),
        "may_claim": person is not None and seat.person_id is None,
        "mine_data": mine.data({}),
    }
    return render(request, "werkplaats/phone/page.html", context, status=status)


def _kept_page(request: HttpRequest, seat: Seat, shown: Shown) -> str:
    """As `show` makes it, for who has said nothing yet."""
    key = phone_kept.looks_like(request, seat)
    if key not in shown.pages:
        mine = _blank(seat, shown)
        context = {"screen": shown.screen, "mine": mine, "mine_data": mine.data({}), **phone_kept.MARKS}
        shown.pages[key] = render_to_string("werkplaats/phone/page.html", context, request)
    return phone_kept.put_in(shown.pages[key], request, seat, shown, granted(seat, person_of(request)))


def _blank(seat: Seat, shown: Shown) -> OnPhone:
    mine = own(seat, shown.room, shown.screen)
    if mine.name:
        mine.mine = replace(mine.mine, name=phone_kept.NAME_HERE)
    return mine


def granted(seat: Seat, person: Person | None) -> live.Grant:
    """Who looks at this page may listen to its screen; a seat that is not kept is its person's alone."""
    name = f"seat:{seat.pk}" if seat.pk else ""
    return live.Grant([seat.meeting.community_id], person.pk if person else None, seat=name)


def show_mine(request: HttpRequest, seat: Seat) -> HttpResponse:
    shown = shown_or_404(seat)
    room, early = shown.room, is_early(seat, shown.room)
    if not early and phone_kept.is_plain(request, seat, shown):
        return JsonResponse({"ask": shown.screen.ask, **_kept_mine(request, seat, shown)})
    mine = own(seat, room, screen_of(room, is_early=True) if early else None)
    ask = {} if early else {"ask": shown.screen.ask}
    return JsonResponse({**ask, **mine.data(_parts(request, mine))})


def _kept_mine(request: HttpRequest, seat: Seat, shown: Shown) -> dict[str, Any]:
    key = phone_kept.looks_like(request, seat)
    if key not in shown.mine:
        mine = _blank(seat, shown)
        shown.mine[key] = mine.data(_parts(request, mine))
    name = escape(phone_kept.name_of(seat))
    parts = {part: html.replace(phone_kept.NAME_HERE, name) for part, html in shown.mine[key]["parts"].items()}
    return shown.mine[key] | {"parts": parts}


def _parts(request: HttpRequest, mine: OnPhone) -> dict[str, str]:
    return {name: render_to_string(f"werkplaats/phone/{name}.html", {"mine": mine}, request) for name in PARTS}


def own(seat: Seat, room: Room, screen: PhoneScreen | None = None) -> OnPhone:
    mine = on_phone_of(seat, room, screen)
    if mine.is_guest:
        mine.sign_in = sign_in_url(seat)
    home = seat.meeting.community.root or seat.meeting.community
    mine.meeting_url = reverse("meetings:meeting_page", args=(home.slug, seat.meeting_id))
    if room.ended_at is not None and asks_how_it_was(seat.meeting):
        mine.evaluation_url = reverse("meetings:evaluation_here", args=(seat.meeting_id,))
    return mine


def sign_in_url(seat: Seat) -> str:
    """Sign in, and come back to this phone's page."""
    here = reverse("werkplaats:phone_page", args=(seat.meeting.door.code,))
    return f"{reverse('accounts:sign_in_page')}?{urlencode({'next': here})}"
