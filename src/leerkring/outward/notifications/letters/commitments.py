"""Six and twelve weeks after somebody said what they would do: their own words, and four answers to tap."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.cycle.uptake import links
from leerkring.cycle.uptake import queries as uptake
from leerkring.cycle.uptake.enums import CommitmentOutcome, Moment
from leerkring.cycle.uptake.facts import CommitmentDue
from leerkring.cycle.uptake.models import Commitment
from leerkring.outward.notifications import kinds
from leerkring.outward.notifications.actions import notify
from leerkring.outward.notifications.outbox import enqueue
from leerkring.outward.notifications.words import Link, Words
from leerkring.platform import facts, jobs

DUE = kinds.add(
    "commitment.due",
    gettext_lazy("Looking back on what you said you would do"),
    gettext_lazy("You made this commitment at a meeting. We ask twice: after six and after twelve weeks."),
)


@facts.beside(CommitmentDue)
def commitment_is_due(fact: CommitmentDue) -> None:
    enqueue(
        "notifications.commitment_due",
        dedupe=f"{fact.commitment_id}:{fact.moment}",
        commitment_id=fact.commitment_id,
        moment=fact.moment,
    )


@jobs.job("notifications.commitment_due")
def commitment_due(*, commitment_id: int, moment: int) -> None:
    """What was settled or taken away since then is left alone."""
    commitment = uptake.commitment_in_letter(commitment_id)
    if commitment is None or commitment.is_settled:
        return
    home = commitment.meeting.community
    notify(
        person=commitment.person,
        kind=DUE,
        key=f"commitment:{commitment.pk}:{moment}",
        community=home.root or home,
        words=lambda: _words(commitment, Moment(moment)),
    )


def _words(commitment: Commitment, moment: Moment) -> Words:
    home = commitment.meeting.community
    slug = (home.root or home).slug
    again = commitment.is_looked_back
    return Words(
        subject=_("How did it go?"),
        text=[
            _("Six weeks ago you wrote down what you would do:")
            if moment == Moment.SIX_WEEKS
            else _("Twelve weeks ago you wrote down what you would do:"),
            f"“{commitment.text}”",
            *([_("Last time it was not done yet. How is it now?")] if again else []),
        ],
        facts=[(_("Before"), date_format(commitment.due_on, "j F Y")), (_("Made at"), commitment.meeting.title)],
        choices=[
            Link(_word(outcome), _url(links.path_of_answer(commitment, outcome))) for outcome in CommitmentOutcome
        ],
        choices_title=_("Tap what fits. On the page that opens you press once more; you need not sign in."),
        after=[_("Only you and the programme team see your answer.")]
        if not commitment.is_shared
        else [_("Others of the programme see your answer too, because you share this commitment.")],
        other=Link(_("Look at all your commitments"), _url(reverse("uptake:commitments_page", args=[slug]))),
    )


def _word(outcome: CommitmentOutcome) -> str:
    match outcome:
        case CommitmentOutcome.DONE:
            return _("Yes, done")
        case CommitmentOutcome.PARTLY:
            return _("Partly")
        case CommitmentOutcome.NOT:
            return _("Not done")
        case CommitmentOutcome.DIFFERENT:
            return _("I did something else")


def _url(path: str) -> str:
    return settings.BASE_URL + path
