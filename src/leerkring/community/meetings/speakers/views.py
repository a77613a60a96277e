from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings import sentences
from leerkring.community.meetings.models import Meeting
from leerkring.community.meetings.run_sheet import run_sheet_of
from leerkring.community.meetings.speakers import actions, queries
from leerkring.community.meetings.speakers.forms import SpeakerForm
from leerkring.community.meetings.speakers.models import Speaker
from leerkring.community.meetings.views.fetch import attempt, led_meeting
from leerkring.community.meetings.views.materials import handed_out
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.requests import signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts

GONE = 410


@admits(Admission.LEADERS, get=200, post=422)
@require_http_methods(["GET", "POST"])
def speakers_page(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """Who speaks, and inviting somebody."""
    community, meeting = led_meeting(request, slug, meeting_id)
    data = request.POST if request.method == "POST" else None
    form = SpeakerForm(data, meeting=meeting, items=meetings.items_of(meeting))
    by = signed_in_person(request)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, lambda: actions.invite_speaker(meeting=meeting, by=by, **form.cleaned_data))
    ):
        toasts.say(request, _("%(name)s has access to this meeting.") % {"name": form.cleaned_data["given_name"]})
        return redirect("meetings:speakers_page", slug, meeting.pk)
    context = {
        "community": community,
        "meeting": meeting,
        "form": form,
        "speakers": [(speaker, _link(speaker)) for speaker in queries.speakers_of(meeting)],
    }
    return render(request, "meetings/speakers_page.html", context, status=422 if form.is_bound else 200)


@admits(Admission.LEADERS, post=302)
@require_POST
def speaker_end(request: HttpRequest, slug: str, meeting_id: int, speaker_id: int) -> HttpResponse:
    _community, meeting, speaker = _kept(request, slug, meeting_id, speaker_id)
    actions.end_speaker(speaker=speaker, by=signed_in_person(request))
    undo = reverse("meetings:speaker_restore", args=[slug, meeting.pk, speaker.pk])
    toasts.say(request, _("The link of %(name)s has stopped.") % {"name": speaker.person.name}, undo=undo)
    return redirect("meetings:speakers_page", slug, meeting.pk)


@admits(Admission.LEADERS, post=302)
@require_POST
def speaker_restore(request: HttpRequest, slug: str, meeting_id: int, speaker_id: int) -> HttpResponse:
    _community, meeting, speaker = _kept(request, slug, meeting_id, speaker_id)
    actions.restore_speaker(speaker=speaker, by=signed_in_person(request))
    return redirect("meetings:speakers_page", slug, meeting.pk)


@admits(Admission.EVERYONE, get=200)
@never_cache
@require_GET
def speaker_page(request: HttpRequest, speaker_token: str) -> HttpResponse:
    """What a speaker sees: this meeting alone, as long as the access lasts."""
    speaker = _speaker(speaker_token)
    meeting = speaker.meeting
    if not speaker.has_access:
        return render(request, "meetings/speaker_gone.html", {"speaker": speaker, "meeting": meeting}, status=GONE)
    sheet = run_sheet_of(meeting, meetings.items_of(meeting))
    context = {
        "speaker": speaker,
        "meeting": meeting,
        "home": meeting.community.root or meeting.community,
        "when": sentences.when_of(meeting),
        "sheet": sheet if speaker.sees_run_sheet else None,
        "own_part": next((timed for timed in sheet.items if timed.item.pk == speaker.item_id), None),
        "materials": list(queries.materials_for(speaker)),
    }
    return render(request, "meetings/speaker_page.html", context)


@admits(Admission.EVERYONE, get=302)  # type: ignore[arg-type]
@require_GET
def speaker_material(request: HttpRequest, speaker_token: str, handout_id: int) -> HttpResponseBase:
    speaker = _speaker(speaker_token)
    if not speaker.has_access:
        raise Http404(_("This access has ended."))
    return handed_out(get_object_or_404(queries.materials_for(speaker), pk=handout_id))


def _link(speaker: Speaker) -> str:
    return settings.BASE_URL + reverse("meetings:speaker_page", args=[speaker.token])


def _speaker(token: str) -> Speaker:
    speaker = queries.speaker_of_token(token)
    if speaker is None:
        raise Http404(_("There is nothing behind this link. Ask for it once more."))
    return speaker


def _kept(request: HttpRequest, slug: str, meeting_id: int, speaker_id: int) -> tuple[Community, Meeting, Speaker]:
    community, meeting = led_meeting(request, slug, meeting_id)
    speaker = queries.speaker_in(meeting, speaker_id)
    if speaker is None:
        raise Http404
    return community, meeting, speaker
