from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts.devices import device_of, is_new_device
from leerkring.community.meetings.codes import hash_of
from leerkring.community.meetings.evaluation import access, actions, queries
from leerkring.community.meetings.evaluation.forms import AddressForm, AnswerForm
from leerkring.community.meetings.evaluation.links import asked_in, guest_asked_in
from leerkring.community.meetings.models import Meeting, Seat
from leerkring.community.meetings.views.fetch import attempt, meeting_or_404
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import person_of, signed_in_person
from leerkring.community.people.models import Person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.READERS, get=200)
@never_cache
@require_GET
def evaluation_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """How was it? For who was there, from the end of the meeting on."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    return _page(request, community, meeting, person_of(request))


@admits(Admission.FOLLOWERS, post=422)
@sensitive_post_parameters()
@require_POST
def evaluation_answer(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Answer once."""
    community, meeting = meeting_or_404(request, slug, meeting_id)
    person = signed_in_person(request)
    if not access.may_be_asked(person, meeting):
        raise PermissionDenied(_("This is asked of the people of the programme who were there."))
    form = _answered(request, meeting, person)
    if form.is_valid():
        return redirect("meetings:evaluation_page", slug, meeting.pk)
    return _page(request, community, meeting, person, form=form)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: GET shows the questions, POST answers, without signing in."""
    if guest := guest_asked_in(token):
        seat, done = queries.seat_numbered(*guest), redirect("meetings:evaluation_link", token)
        return _at_seat(request, seat, done, is_here=False)
    asked = asked_in(token)
    found = queries.meeting_and_person(*asked) if asked else None
    if found is None:
        return render(request, "meetings/evaluation/page.html", {"evaluation": None, "is_link": True}, status=404)
    meeting, person = found
    home = meeting.community.root or meeting.community
    if request.method != "POST":
        return _page(request, home, meeting, person, is_link=True)
    form = _answered(request, meeting, person)
    if form.is_valid():
        return redirect("meetings:evaluation_link", token)
    return _page(request, home, meeting, person, form=form, is_link=True)


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_here(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """On the phone with which somebody came in, a guest too: it is known by its seat, also after the door is closed."""
    return _at_seat(request, _own_seat(request, meeting_id), redirect("meetings:evaluation_here", meeting_id))


@admits(Admission.EVERYONE, post=404)
@sensitive_post_parameters()
@require_POST
def evaluation_mail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A guest has the questions mailed when the meeting ends."""
    seat = _own_seat(request, meeting_id)
    if seat is None:
        return _at_seat(request, None, redirect("meetings:evaluation_here", meeting_id))
    form = AddressForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.leave_address(
            seat=seat, address=form.cleaned_data["address"], language=translation.get_language() or "nl"
        ),
    ):
        toasts.say(request, _("You get a mail when the meeting ends."))
        return redirect("meetings:evaluation_here", meeting_id)
    return _seat_page(request, seat, address_form=form)


def _own_seat(request: HttpRequest, meeting_id: int) -> Seat | None:
    seat = None if is_new_device(request) else queries.seat_of_device(meeting_id, hash_of(device_of(request)))
    return seat if seat is not None and access.may_answer_at(seat) else None


def _at_seat(request: HttpRequest, seat: Seat | None, done: HttpResponse, *, is_here: bool = True) -> HttpResponse:
    """On the phone that was there, or by a link that came by mail."""
    if seat is None or not access.may_answer_at(seat):
        context = {"evaluation": None, "is_link": True, "is_here": is_here}
        return render(request, "meetings/evaluation/page.html", context, status=404)
    if request.method != "POST":
        return _seat_page(request, seat)
    form = _form_of(seat.meeting, request)
    if form.is_valid() and attempt(form, lambda: actions.answer_at_seat(seat=seat, answers=form.answers())):
        return done
    return _seat_page(request, seat, form=form)


def _seat_page(
    request: HttpRequest, seat: Seat, form: AnswerForm | None = None, address_form: AddressForm | None = None
) -> HttpResponse:
    meeting = seat.meeting
    evaluation = queries.evaluation_of(meeting)
    is_open = evaluation is not None and evaluation.is_open
    has_answered = evaluation is not None and is_open and queries.has_answered(queries.voices_at(seat), evaluation)
    if form is None and is_open and not has_answered:
        form = _form_of(meeting)
    waits = evaluation is not None and not evaluation.has_begun and not meeting.is_cancelled and seat.person is None
    context = {
        "community": meeting.community.root or meeting.community,
        "meeting": meeting,
        "evaluation": evaluation,
        "has_answered": has_answered,
        "form": form,
        "address_form": (address_form or AddressForm()) if waits else None,
        "address_left": queries.address_left_at(seat) if waits else None,
        "is_link": True,
    }
    is_wrong = any(bound is not None and bound.is_bound for bound in (form, address_form))
    return render(request, "meetings/evaluation/page.html", context, status=422 if is_wrong else 200)


def _answered(request: HttpRequest, meeting: Meeting, person: Person) -> AnswerForm:
    """The form as it was sent, with a refusal on it when it did not count."""
    form = _form_of(meeting, request)
    if form.is_valid():
        attempt(form, lambda: actions.answer_evaluation(meeting=meeting, by=person, answers=form.answers()))
    return form


def _page(
    request: HttpRequest,
    community: Community,
    meeting: Meeting,
    person: Person | None,
    form: AnswerForm | None = None,
    **more: Any,
) -> HttpResponse:
    evaluation = queries.evaluation_of(meeting)
    is_asked = person is not None and access.may_be_asked(person, meeting) and queries.was_there(person, meeting)
    voices = queries.voices_of(person, meeting) if person is not None else []
    has_answered = evaluation is not None and queries.has_answered(voices, evaluation)
    if form is None and evaluation is not None and evaluation.is_open and is_asked and not has_answered:
        form = _form_of(meeting)
    context = {
        "community": community,
        "meeting": meeting,
        "evaluation": evaluation,
        "is_asked": is_asked,
        "has_answered": has_answered,
        "form": form,
        "may_see": not more and access.may_see_evaluation(person, meeting),
        **more,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "meetings/evaluation/page.html", context, status=status)


def _form_of(meeting: Meeting, request: HttpRequest | None = None) -> AnswerForm:
    """The questions of this meeting: blank, or as they were sent."""
    evaluation = queries.evaluation_of(meeting)
    questions = queries.questions_of(evaluation) if evaluation else []
    return AnswerForm(request.POST if request else None, questions=questions, keeps_text=meeting.keeps_text)
