"""From the library onto a run sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leerkring.community.meetings import actions
from leerkring.community.meetings import queries as meetings
from leerkring.community.meetings.run_sheet import run_sheet_of
from leerkring.community.meetings.views.fetch import led_meeting
from leerkring.community.meetings.workforms import queries
from leerkring.community.meetings.workforms.card import found
from leerkring.community.meetings.workforms.forms import FindForm
from leerkring.community.memberships.requests import signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import Refused
from leerkring.platform.ui import toasts

FEW = 5


@admits(Admission.LEADERS, get=200)
@require_GET
def workforms_choose(request: HttpRequest, slug: str, meeting_id: int) -> HttpResponse:
    """The library beside the time that is left in this meeting."""
    community, meeting = led_meeting(request, slug, meeting_id)
    if not meeting.keeps_text:
        raise Http404(_("An intervisie follows a method, not a working form."))
    sheet = run_sheet_of(meeting, meetings.items_of(meeting))
    left = max(-sheet.minutes_over, 0)
    people = meetings.coming_count(meeting)
    form = FindForm(request.GET) if request.GET else FindForm(_guess(left, people))
    asked = form.asked()
    cards = found(queries.cards_for(signed_in_person(request), community), asked, best_first=bool(request.GET))
    context = {
        "community": community,
        "meeting": meeting,
        "form": form,
        "is_asked": asked.is_anything,
        "left": left,
        "is_full": bool(sheet.items) and not left,
        "choices": [(card, card.minutes_in(asked.minutes if request.GET else left)) for card in cards],
    }
    return render(request, "meetings/workforms/choose.html", context)


@admits(Admission.LEADERS, post=302)
@require_POST
def workform_put(request: HttpRequest, slug: str, meeting_id: int, workform_key: str) -> HttpResponse:
    community, meeting = led_meeting(request, slug, meeting_id)
    person = signed_in_person(request)
    card = next((card for card in queries.cards_for(person, community) if card.key == workform_key), None)
    if card is None:
        raise Http404
    typed = request.POST.get("minutes", "")
    minutes = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
    try:
        item = actions.put_workform(meeting=meeting, card=card, minutes=minutes, by=person)
    except Refused as refusal:
        toasts.refuse(request, refusal.message)
        return redirect("meetings:run_sheet_page", slug, meeting.pk)
    undo = reverse("meetings:item_remove", args=[slug, meeting.pk, item.pk])
    toasts.say(request, _("%(name)s is on the run sheet.") % {"name": item.name}, undo=undo)
    return redirect(reverse("meetings:run_sheet_page", args=[slug, meeting.pk]) + f"#part-{item.pk}")


def _guess(left: int, people: int) -> dict[str, str]:
    """What is known of the meeting, as if it was typed: it can be changed. A list of a few is not filled yet."""
    guessed = {"minutes": left, "people": people if people >= FEW else 0}
    return {name: str(number) for name, number in guessed.items() if number}
