from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerkring.community.meetings.rhythm import access, actions, queries
from leerkring.community.meetings.rhythm.days import rhythm_in_words
from leerkring.community.meetings.rhythm.forms import RhythmForm
from leerkring.community.memberships.requests import community_or_404, signed_in_person
from leerkring.platform.admission import Admission, admits
from leerkring.platform.ui import toasts


@admits(Admission.TEAM, get=200, post=302)
@require_http_methods(["GET", "POST"])
def rhythm_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Which letters go out around each meeting, and on which day."""
    community, person = community_or_404(request, slug), signed_in_person(request)
    if not access.may_set_rhythm(person, community):
        raise PermissionDenied(_("This is for the programme team. Ask one of them."))
    letters = queries.rhythm_of(community)
    form = RhythmForm(
        request.POST if request.method == "POST" else None, letters=letters, days=queries.days_kept(community)
    )
    if form.is_bound and form.is_valid():
        actions.set_rhythm(community=community, letters=form.chosen(), by=person)
        toasts.say(request, _("Saved."))
        return redirect("meetings:rhythm_page", slug)
    context = {"community": community, "form": form, "letters": rhythm_in_words(letters)}
    return render(request, "meetings/rhythm_page.html", context, status=422 if form.is_bound else 200)
