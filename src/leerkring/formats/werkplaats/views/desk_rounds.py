"""The run of rounds, and the clock of the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import PostKind, RoundKind, RoundState
from leerkring.formats.werkplaats.forms.desk import RoundForm
from leerkring.formats.werkplaats.models import Round
from leerkring.formats.werkplaats.queries import rooms as queries
from leerkring.formats.werkplaats.run import USUAL_RUN
from leerkring.formats.werkplaats.views.desk_place import Place, did, place_or_404
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile, Refused
from leerkring.platform.ui import toasts


@admits(Admission.LEADERS, post=422)
@require_POST
def round_add(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """`kind` says which; `after` puts it behind another round, else it comes last."""
    place = place_or_404(request, slug, meeting_id)

    def add() -> None:
        kind = place.text("kind")
        if kind not in RoundKind.values:
            raise Refused(_("Choose a kind of round first."))
        usual = next((part for part in USUAL_RUN if part.kind == kind), None)
        actions.add_round(
            room=place.room,
            kind=RoundKind(kind),
            minutes=usual.minutes if usual else 10,
            takes=usual.takes if usual else (PostKind.QUESTION,),
            is_anonymous=usual.is_anonymous if usual else False,
            after=queries.round_in(place.room, place.number("after")),
            by=place.person,
        )

    return did(place, add, _("The round is in the run."))


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def round_change(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    form = RoundForm(request.POST or None, round=round_)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(round=round_, by=place.person, revision=form.cleaned_data["revision"], **form.values())
        except EditedMeanwhile as edited:
            conflict = edited
            data = request.POST.copy()
            data["revision"] = str(edited.revision)
            form = RoundForm(data, round=round_)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Saved."))
            return redirect("werkplaats:desk_page", slug, meeting_id)
    return render(
        request,
        "werkplaats/desk/round_form.html",
        {
            "community": place.community,
            "meeting": place.meeting,
            "round": round_,
            "form": form,
            "conflict": conflict,
        },
        status=422 if request.method == "POST" else 200,
    )


@admits(Admission.LEADERS, post=422)
@require_POST
def round_move(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`position` counts from 1."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)

    def move() -> None:
        position = place.number("position")
        if not position:
            raise Refused(_("Say at which place it comes."))
        actions.move_round(round=round_, position=position, by=place.person)

    return did(place, move, _("Moved."))


@admits(Admission.LEADERS, post=422)
@require_POST
def round_skip(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.skip_round, _("This round is skipped."))


@admits(Admission.LEADERS, post=422)
@require_POST
def round_remove(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.remove_round, _("The round is out of the run."))


@admits(Admission.LEADERS, post=302)
@require_POST
def round_open(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.open_round, _("This round is open."))


@admits(Admission.LEADERS, post=302)
@require_POST
def round_close(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.close_round, _("This round is closed."))


@admits(Admission.LEADERS, post=422)
@require_POST
def round_repeat(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.repeat_round, _("This round is open once more."))


@admits(Admission.LEADERS, post=302)
@require_POST
def results_show(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`off` hides them again. An open round in which people give something closes first: then nothing changes."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    if place.text("off"):
        return did(place, lambda: actions.hide_results(round=round_, by=place.person), _("The results are hidden."))

    def show() -> None:
        if round_.is_open:
            actions.close_round(round=round_, by=place.person)
        actions.show_results(round=round_, by=place.person)

    return did(place, show, _("Everybody sees the results."))


@admits(Admission.LEADERS, post=302)
@require_POST
def timer_start(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`minutes` says how many; without it, those of the round."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)

    def start() -> None:
        if round_.is_paused:
            actions.resume_timer(round=round_, by=place.person)
        else:
            actions.set_timer(round=round_, minutes=place.number("minutes") or round_.minutes, by=place.person)

    return did(place, start, _("The clock runs."))


@admits(Admission.LEADERS, post=422)
@require_POST
def timer_pause(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    return _did(request, slug, meeting_id, round_id, actions.pause_timer, _("The clock stands still."))


@admits(Admission.LEADERS, post=302)
@require_POST
def timer_add(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """`minutes` more; `less` for fewer."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    minutes = place.number("minutes") or 1
    if place.text("less"):
        said = ngettext("%(count)d minute off.", "%(count)d minutes off.", minutes) % {"count": minutes}
        minutes = -minutes
    else:
        said = ngettext("%(count)d minute more.", "%(count)d minutes more.", minutes) % {"count": minutes}
    return did(place, lambda: actions.add_minutes(round=round_, minutes=minutes, by=place.person), said)


@admits(Admission.LEADERS, post=422)
@require_POST
def timer_catch_up(request: HttpRequest, slug: str, meeting_id: int, round_id: int) -> HttpResponse:
    """Let the clock end when the run says that this round ends, however late we are."""
    place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)

    def catch_up() -> None:
        before = [other for other in queries.rounds_of(place.room) if other.state != RoundState.SKIPPED]
        planned = sum(other.minutes for other in before if other.position <= round_.position)
        left = place.meeting.starts_at + timedelta(minutes=planned) - clock.now()
        minutes = int(left.total_seconds() // 60)
        if minutes < 1:
            raise Refused(_("By the run this round is over already. Close it, or skip one that comes."))
        actions.set_timer(round=round_, minutes=minutes, by=place.person)

    return did(place, catch_up, _("The clock ends when the run says so."))


def _did(
    request: HttpRequest, slug: str, meeting_id: int, round_id: int, verb: Callable[..., Round], said: str
) -> HttpResponse:
    place: Place = place_or_404(request, slug, meeting_id)
    round_ = place.round(round_id)
    return did(place, lambda: verb(round=round_, by=place.person), said)
