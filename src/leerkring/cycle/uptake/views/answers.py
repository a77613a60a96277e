"""One tap in the mail: the page of a link, with its answer chosen. It needs no account; only its button acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from leerkring.cycle.uptake import actions, queries
from leerkring.cycle.uptake.enums import CommitmentOutcome
from leerkring.cycle.uptake.forms import LookBackForm
from leerkring.cycle.uptake.links import answer_in, path_of_answer
from leerkring.cycle.uptake.models import Commitment
from leerkring.platform.admission import Admission, admits
from leerkring.platform.rules import EditedMeanwhile


@admits(Admission.EVERYONE, get=404, post=404)
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Look back by a link of a letter: GET shows the answer chosen, POST says it."""
    answer = answer_in(token)
    commitment = queries.commitment_in_letter(answer.commitment_id) if answer else None
    if answer is None or commitment is None:
        return _page(request, None, status=404)
    if answer.is_too_old:
        return _page(request, commitment, status=410, is_too_old=True)
    if request.method != "POST":
        is_said = commitment.is_looked_back and commitment.outcome == answer.outcome
        initial = LookBackForm.initial_of(commitment, answer.outcome)
        return _page(request, commitment, form=LookBackForm(initial=initial), is_said=is_said)
    form = LookBackForm(request.POST)
    if not form.is_valid():
        return _page(request, commitment, form=form, status=422)
    try:
        commitment = actions.look_back(commitment=commitment, by=commitment.person, **said_in(form.cleaned_data))
    except EditedMeanwhile as other:
        form.stand_on(other.revision)
        counts = queries.commitment_in_letter(commitment.pk)
        return _page(request, counts, form=form, other=other, status=422)
    return redirect(path_of_answer(commitment, CommitmentOutcome(commitment.outcome), answer.sent_on))


def said_in(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {
        "outcome": CommitmentOutcome(cleaned["outcome"]),
        "line": cleaned["line"],
        "helped": cleaned["helped"],
        "hindered": cleaned["hindered"],
        "revision": cleaned["revision"],
    }


def _page(request: HttpRequest, commitment: Commitment | None, *, status: int = 200, **context: Any) -> HttpResponse:
    home = commitment.meeting.community if commitment else None
    shown = {"commitment": commitment, "programme": (home.root or home) if home else None, **context}
    return render(request, "uptake/commitment_answer.html", shown, status=status)
