"""The ladder of one uptake as its page shows it: each rung with who took it, and everything that happened, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerkring.community.people.models import Person
from leerkring.cycle.uptake.enums import ReviewOutcome, Step
from leerkring.cycle.uptake.models import Block, GivingUp, NormReview, StepTaken, Uptake

MEANINGS: dict[Step, Promise] = {
    Step.INSIGHT: gettext_lazy("Someone in one project learned it."),
    Step.HANDED_OVER: gettext_lazy("The recipient has it and understands it."),
    Step.TRIED: gettext_lazy("Done again on purpose, elsewhere or by others."),
    Step.ADOPTED: gettext_lazy("The unit does it without the pioneers."),
    Step.ANCHORED: gettext_lazy("It stands in an anchor, such as a contract text."),
    Step.NORM: gettext_lazy("Not doing it needs explaining. The old way has stopped."),
}


@dataclass(frozen=True)
class Rung:
    step: Step
    meaning: Promise
    taken: StepTaken | None
    is_reached: bool
    is_now: bool
    is_next: bool


def rungs_of(uptake: Uptake, steps: Iterable[StepTaken]) -> list[Rung]:
    """From the norm down to the insight. A rung that was lost again shows what it means, not who once took it."""
    last_up = {step.after: step for step in steps if not step.is_down}
    return [
        Rung(
            step=step,
            meaning=MEANINGS[step],
            taken=last_up.get(step) if step <= uptake.step else None,
            is_reached=step <= uptake.step,
            is_now=step == uptake.step,
            is_next=step == uptake.step + 1 and not uptake.is_given_up,
        )
        for step in reversed(Step)
    ]


@dataclass(frozen=True)
class Event:
    """One thing that happened; `kind` is start, up, down, block, unblock, give up, resume, kept or slipped."""

    kind: str
    on: date
    title: str
    text: str = ""
    url: str = ""
    name: str = ""
    by: Person | None = None
    step: int | None = None


def history_of(
    steps: Iterable[StepTaken], blocks: Iterable[Block], givings_up: Iterable[GivingUp], reviews: Iterable[NormReview]
) -> list[Event]:
    """Everything that happened, newest first."""
    events = [
        *(_step(step) for step in steps),
        *(event for block in blocks for event in _block(block)),
        *(event for giving in givings_up for event in _giving_up(giving)),
        *(_review(review) for review in reviews),
    ]
    numbered = sorted(enumerate(events), key=lambda item: (item[1].on, item[0]), reverse=True)
    return [event for _number, event in numbered]


def _step(step: StepTaken) -> Event:
    word = Step(step.after).label
    if step.before is None:
        return Event("start", step.taken_on, _("Begun here"), by=step.by, step=step.after)
    if step.is_down:
        title = _("Back to “%(step)s”") % {"step": word}
        return Event("down", step.taken_on, title, step.evidence, by=step.by, step=step.after)
    return Event(
        "up", step.taken_on, str(word).capitalize(), step.evidence, step.evidence_url, step.name, step.by, step.after
    )


def _block(block: Block) -> list[Event]:
    events = [Event("block", block.since_on, _("Blocked"), block.reason, by=block.by)]
    if block.lifted_on is not None:
        events.append(Event("unblock", block.lifted_on, _("No longer blocked"), block.lifted_note, by=block.lifted_by))
    return events


def _giving_up(giving: GivingUp) -> list[Event]:
    events = [Event("give up", timezone.localdate(giving.at), _("Given up here"), giving.reason, by=giving.by)]
    if giving.resumed_at is not None:
        events.append(Event("resume", timezone.localdate(giving.resumed_at), _("Taken up again"), by=giving.resumed_by))
    return events


def _review(review: NormReview) -> Event:
    kept = review.outcome == ReviewOutcome.KEPT
    title = _("Reviewed: still the norm") if kept else _("Reviewed: slipped back")
    return Event(
        "kept" if kept else "slipped", review.reviewed_on, title, review.evidence, name=review.name, by=review.by
    )
