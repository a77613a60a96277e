"""Polls: for the team with names, for whoever has the link without."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.accounts.devices import device_of, remember_device
from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.polls import access, actions, queries, showing
from leerkring.community.meetings.polls.forms import AnswerForm, CloseForm, DatesForm, NeededForm, PollForm, WordsForm
from leerkring.community.meetings.polls.models import DatePoll, PollOption, PollVoice
from leerkring.community.meetings.views.fetch import attempt, led_meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import community_or_404, person_of, signed_in_person
from leerkring.platform import clock
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def poll_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose dates for a new meeting."""
    community = community_or_404(request, slug)
    circles = meetings.circles_to_plan_in(signed_in_person(request), community)
    if not circles:
        raise PermissionDenied(_("Facilitators and the programme team plan meetings. Ask one of them."))
    data = request.POST if request.method == "POST" else None
    form = PollForm(data, circles=circles, initial={"circle": circles[0].pk, "label": Label.PROGRAMME})
    return _opened(request, community, None, form)


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def meeting_poll(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Look for another date of a meeting that stands already."""
    community, meeting = led_meeting(request, slug, meeting_id)
    data = request.POST if request.method == "POST" else None
    circles = meetings.circles_to_plan_in(signed_in_person(request), community)
    return _opened(request, community, meeting, PollForm(data, circles=circles, is_for_meeting=True))


@admits(Admission.LEADERS, get=200)
@require_GET
def poll_page(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    community, poll = _kept(request, slug, poll_id)
    return _page(request, community, poll)


@admits(Admission.LEADERS, post=422)
@require_POST
def poll_change(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    """Another title, place or purpose, before a date is chosen."""
    community, poll = _kept(request, slug, poll_id)
    form = WordsForm(request.POST)
    by = signed_in_person(request)
    if form.is_valid() and attempt(form, lambda: actions.change_poll(poll=poll, by=by, **form.cleaned_data)):
        toasts.say(request, _("Saved."))
        return redirect("meetings:poll_page", slug, poll.pk)
    return _page(request, community, poll, words_form=form, status=422)


@admits(Admission.LEADERS, post=422)
@require_POST
def dates_add(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    community, poll = _kept(request, slug, poll_id)
    form = DatesForm(request.POST)
    by = signed_in_person(request)
    if form.is_valid() and attempt(form, lambda: actions.add_dates(poll=poll, slots=form.slots, by=by)):
        toasts.say(request, _("The dates are added. Who answered before can answer these as well."))
        return redirect("meetings:poll_page", slug, poll.pk)
    return _page(request, community, poll, dates_form=form, status=422)


@admits(Admission.LEADERS, post=302)
@require_POST
def option_remove(request: HttpRequest, slug: str, poll_id: int, option_id: int) -> HttpResponse:
    community, poll, option = _kept_option(request, slug, poll_id, option_id)
    try:
        actions.remove_date(option=option, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _page(request, community, poll, status=422)
    undo = reverse("meetings:option_restore", args=[slug, poll.pk, option.pk])
    toasts.say(request, _("The date is taken out."), undo=undo)
    return redirect("meetings:poll_page", slug, poll.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def option_restore(request: HttpRequest, slug: str, poll_id: int, option_id: int) -> HttpResponse:
    _community, poll, option = _kept_option(request, slug, poll_id, option_id, removed=True)
    actions.restore_date(option=option, by=signed_in_person(request))
    return redirect("meetings:poll_page", slug, poll.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def option_choose(request: HttpRequest, slug: str, poll_id: int, option_id: int) -> HttpResponse:
    """This date it is: the meeting is planned, or moved, in one step."""
    community, poll, option = _kept_option(request, slug, poll_id, option_id)
    try:
        meeting = actions.choose_date(option=option, by=signed_in_person(request))
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return _page(request, community, poll, status=422)
    told = queries.to_tell_count(poll)
    toasts.say(
        request,
        ngettext(
            "The date is set. %(count)d person who answered gets a mail.",
            "The date is set. %(count)d people who answered get a mail.",
            told,
        )
        % {"count": told},
    )
    return redirect("meetings:meeting_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def poll_close(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    _community, poll = _kept(request, slug, poll_id)
    actions.close_poll(poll=poll, by=signed_in_person(request))
    undo = reverse("meetings:poll_reopen", args=[slug, poll.pk])
    toasts.say(request, _("The poll is closed. Nobody answers any more."), undo=undo)
    return redirect("meetings:poll_page", slug, poll.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def poll_reopen(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    """Take answers again, perhaps until another day."""
    community, poll = _kept(request, slug, poll_id)
    form = CloseForm(request.POST if "closes_on" in request.POST else {"closes_on": poll.closes_on.isoformat()})
    by = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.reopen_poll(poll=poll, closes_on=form.cleaned_data["closes_on"], by=by)
    ):
        toasts.say(request, _("The poll is open."))
        return redirect("meetings:poll_page", slug, poll.pk)
    return _page(request, community, poll, close_form=form, status=422)


@admits(Admission.LEADERS, post=422)
@require_POST
def needed_add(request: HttpRequest, slug: str, poll_id: int) -> HttpResponse:
    community, poll = _kept(request, slug, poll_id)
    form = NeededForm(request.POST, people=queries.people_to_need(poll))
    by = signed_in_person(request)
    if form.is_valid() and attempt(
        form, lambda: actions.need_people(poll=poll, people=form.cleaned_data["people"], by=by)
    ):
        return redirect("meetings:poll_page", slug, poll.pk)
    return _page(request, community, poll, needed_form=form, status=422)


@admits(Admission.LEADERS, post=302)
@require_POST
def voice_need(request: HttpRequest, slug: str, poll_id: int, voice_id: int) -> HttpResponse:
    """`need` says whether this voice must be there; without it, it need not."""
    _community, poll = _kept(request, slug, poll_id)
    voice = queries.voice_in(poll, voice_id)
    if voice is None:
        raise Http404
    actions.need_voice(voice=voice, is_needed=bool(request.POST.get("need")), by=signed_in_person(request))
    return redirect("meetings:poll_page", slug, poll.pk)


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def poll_answer(request: HttpRequest, poll_token: str) -> HttpResponse:
    """What whoever has the link sees: the dates, and one's own answer."""
    poll = _poll(poll_token)
    device = device_of(request)
    voice = queries.own_voice(poll, person_of(request), device)
    response = _answered(request, poll, voice, device)
    if request.method == "POST":
        remember_device(response, device)
    return response


@admits(Admission.EVERYONE, get=200, post=422)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice_page(request: HttpRequest, poll_token: str, voice_token: str) -> HttpResponse:
    """One's own answer, on whatever device."""
    poll = _poll(poll_token)
    return _answered(request, poll, _voice(poll, voice_token), device_of(request), by_link=True)


@admits(Admission.EVERYONE, post=302)
@require_POST
def voice_remove(request: HttpRequest, poll_token: str, voice_token: str) -> HttpResponse:
    poll = _poll(poll_token)
    actions.remove_voice(voice=_voice(poll, voice_token), by=person_of(request))
    toasts.say(request, _("Your answer and your name are gone."))
    return redirect("meetings:poll_answer", poll.token)


def _opened(request: HttpRequest, community: Community, meeting: Meeting | None, form: PollForm) -> HttpResponse:
    person = signed_in_person(request)
    if form.is_bound and form.is_valid():
        home = meeting.community if meeting else form.cleaned_data["circle"]
        kind = MeetingKind(meeting.kind if meeting else form.cleaned_data["kind"])
        try:
            poll = actions.open_poll(
                community=home, kind=kind, slots=form.slots, meeting=meeting, by=person, **form.values()
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("The poll is open. Share the link."))
            return redirect("meetings:poll_page", community.slug, poll.pk)
    context = {"community": community, "meeting": meeting, "form": form, "today": clock.today()}
    return render(request, "meetings/poll_form.html", context, status=422 if form.is_bound else 200)


def _answered(
    request: HttpRequest, poll: DatePoll, voice: PollVoice | None, device: str, *, by_link: bool = False
) -> HttpResponse:
    person = person_of(request)
    owner = voice.person if voice else person
    options = list(queries.options_of(poll))
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        options=options,
        organisations=queries.organisations_of(poll),
        voice=voice,
        said=queries.answers_by(voice),
        is_known=owner is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            voice = actions.answer_poll(
                poll=poll, answers=form.answers(), device=device, by=person, guest=form.guest(),
                voice=voice if by_link else None,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            toasts.say(request, _("Thank you. Your answer is in."))
            return redirect("meetings:voice_page", poll.token, voice.token)
    context = {
        "poll": poll,
        "owner": owner,
        "voice": voice,
        "has_answered": voice is not None and voice.answered_at is not None,
        "by_link": by_link,
        "form": form,
        "rows": showing.answer_rows(poll, form),
        "own_url": settings.BASE_URL + reverse("meetings:voice_page", args=[poll.token, voice.token]) if voice else "",
        "chosen": showing.when(poll.chosen) if poll.chosen else "",
        "may_read_meeting": poll.meeting_id is not None and showing.may_read(person, poll),
        "home": poll.community.root or poll.community,
    }
    return render(request, "meetings/poll_answer.html", context, status=422 if form.is_bound else 200)


def _poll(poll_token: str) -> DatePoll:
    poll = queries.poll_of_token(poll_token)
    if poll is None:
        raise Http404(_("There is no poll behind this link. Ask for it once more."))
    return poll


def _voice(poll: DatePoll, voice_token: str) -> PollVoice:
    voice = queries.voice_of_token(poll, voice_token)
    if voice is None:
        raise Http404(_("There is no answer behind this link any more."))
    return voice


def _kept(request: HttpRequest, slug: str, poll_id: int) -> tuple[Community, DatePoll]:
    community = community_or_404(request, slug)
    person = person_of(request)
    poll = get_object_or_404(queries.polls_visible_to(person, community), pk=poll_id)
    if not access.may_keep_poll(person, poll):
        raise PermissionDenied(_("This is for the facilitator. Ask them, or the programme team."))
    return community, poll


def _kept_option(
    request: HttpRequest, slug: str, poll_id: int, option_id: int, *, removed: bool = False
) -> tuple[Community, DatePoll, PollOption]:
    community, poll = _kept(request, slug, poll_id)
    option = queries.option_in(poll, option_id, removed=removed)
    if option is None:
        raise Http404
    return community, poll, option


def _page(
    request: HttpRequest,
    community: Community,
    poll: DatePoll,
    *,
    dates_form: DatesForm | None = None,
    needed_form: NeededForm | None = None,
    close_form: CloseForm | None = None,
    words_form: WordsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "community": community,
        "poll": poll,
        "link": settings.BASE_URL + reverse("meetings:poll_answer", args=[poll.token]),
        "dates_form": dates_form or DatesForm(),
        "needed_form": needed_form or NeededForm(people=queries.people_to_need(poll)),
        "words_form": words_form
        or WordsForm(initial={"title": poll.title, "place": poll.place, "purpose": poll.purpose}),
        "has_own_words": poll.meeting_id is None and poll.kind != MeetingKind.INTERVISIE,
        "close_form": close_form or CloseForm(initial={"closes_on": poll.closes_on}),
        **showing.results(poll),
    }
    return render(request, "meetings/poll_page.html", context, status=status)
