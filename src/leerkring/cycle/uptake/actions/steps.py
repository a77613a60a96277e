from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.uptake import access, facts
from leerkring.cycle.uptake.enums import ReviewOutcome, Step
from leerkring.cycle.uptake.models import Block, Change, GivingUp, NormReview, StepTaken, Uptake
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import Refused

LONGEST_REVIEW = timedelta(days=366)


def start_uptake(
    *,
    change: Change,
    unit: Unit,
    by: Person,
    recipient: Person | None = None,
    recipient_name: str = "",
) -> Uptake:
    """Begin to follow a change in a unit, at step 0. Raises PermissionDenied, or Refused when followed already."""
    if not access.may_carry(by, change):
        raise PermissionDenied
    if not change.community.organisations.filter(pk=unit.organisation_id).exists():
        raise Refused(_("This unit does not take part in the programme. Choose one that does."))
    _check_recipient(recipient, change)
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change.pk)
        if change.uptakes.filter(unit=unit).exists():
            raise Refused(_("This change is followed in this unit already. Open it in the matrix."))
        uptake = Uptake.objects.create(
            change=change, unit=unit, recipient=recipient, recipient_name=recipient_name.strip()
        )
        StepTaken.objects.create(
            uptake=uptake, before=None, after=Step.INSIGHT, taken_on=clock.today(), at=clock.now(), by=by
        )
        record(
            facts.UptakeStarted(
                community_id=change.community_id,
                by_id=by.pk,
                uptake_id=uptake.pk,
                change_id=change.pk,
                unit_id=unit.pk,
            )
        )
    return uptake


def name_recipient(*, uptake: Uptake, by: Person, recipient: Person | None = None, recipient_name: str = "") -> Uptake:
    """Say who must take it over in this unit. Raises PermissionDenied or Refused."""
    if not access.may_move(by, uptake):
        raise PermissionDenied
    _check_recipient(recipient, uptake.change)
    with transaction.atomic():
        uptake = _locked(uptake)
        uptake.recipient, uptake.recipient_name = recipient, recipient_name.strip()
        _save(uptake, "recipient", "recipient_name")
        record(
            facts.RecipientNamed(
                community_id=uptake.change.community_id,
                by_id=by.pk,
                uptake_id=uptake.pk,
                recipient_id=uptake.recipient_id,
            )
        )
    return uptake


def step_up(
    *,
    uptake: Uptake,
    evidence: str,
    name: str,
    by: Person,
    evidence_url: str = "",
    taken_on: date | None = None,
    review_on: date | None = None,
    to: Step | int | None = None,
) -> Uptake:
    """One step up, with evidence and the name of who says so (rule 5); the norm needs a review date.

    `to` is the step that the person saw before them: a second click does not climb further.
    Raises PermissionDenied or Refused.
    """
    if not access.may_move(by, uptake):
        raise PermissionDenied
    taken_on = taken_on or clock.today()
    with transaction.atomic():
        uptake = _locked(uptake)
        step = _step_to_take(uptake, to)
        if not evidence.strip():
            raise Refused(_("A step up needs evidence. Write how you know."))
        if not name.strip():
            raise Refused(_("A step up needs a name. Write who says so."))
        _check_past(taken_on)
        if step == Step.NORM:
            _check_review(review_on, taken_on)
        StepTaken.objects.create(
            uptake=uptake,
            before=uptake.step,
            after=step,
            evidence=evidence.strip(),
            evidence_url=evidence_url.strip(),
            name=name.strip(),
            taken_on=taken_on,
            at=clock.now(),
            by=by,
        )
        uptake.step = step
        uptake.review_on = review_on if step == Step.NORM else None
        _save(uptake, "step", "review_on")
        record(
            facts.UptakeSteppedUp(
                community_id=uptake.change.community_id,
                by_id=by.pk,
                uptake_id=uptake.pk,
                change_id=uptake.change_id,
                unit_id=uptake.unit_id,
                before=step - 1,
                after=int(step),
                has_stopped=uptake.has_stopped,
            )
        )
    return uptake


def step_down(*, uptake: Uptake, to: Step | int, reason: str, by: Person, taken_on: date | None = None) -> Uptake:
    """Down to any lower step, at any time, with a reason. Raises PermissionDenied or Refused."""
    if not access.may_move(by, uptake):
        raise PermissionDenied
    with transaction.atomic():
        uptake = _locked(uptake)
        _take_down(uptake, Step(to), reason, by, taken_on or clock.today())
    return uptake


def give_up(*, uptake: Uptake, reason: str, by: Person) -> Uptake:
    """Stop trying in this unit, with a reason. Raises PermissionDenied or Refused."""
    if not access.may_move(by, uptake):
        raise PermissionDenied
    if not reason.strip():
        raise Refused(_("Write why it is given up. Others can learn from it."))
    with transaction.atomic():
        uptake = _locked(uptake)
        if uptake.is_given_up:
            raise Refused(_("This has been given up already."))
        uptake.given_up_at, uptake.given_up_reason = clock.now(), reason.strip()
        _save(uptake, "given_up_at", "given_up_reason")
        GivingUp.objects.create(uptake=uptake, reason=uptake.given_up_reason, at=clock.now(), by=by)
        record(facts.UptakeGivenUp(community_id=uptake.change.community_id, by_id=by.pk, uptake_id=uptake.pk))
    return uptake


def resume(*, uptake: Uptake, by: Person) -> Uptake:
    """Take up again what was given up, on the step where it stood. Raises PermissionDenied or Refused."""
    if not access.may_move(by, uptake):
        raise PermissionDenied
    with transaction.atomic():
        uptake = _locked(uptake)
        if not uptake.is_given_up:
            raise Refused(_("This has not been given up."))
        GivingUp.objects.filter(uptake=uptake, resumed_at__isnull=True).update(resumed_at=clock.now(), resumed_by=by)
        uptake.given_up_at, uptake.given_up_reason = None, ""
        _save(uptake, "given_up_at", "given_up_reason")
        record(facts.UptakeResumed(community_id=uptake.change.community_id, by_id=by.pk, uptake_id=uptake.pk))
    return uptake


def review_norm(
    *,
    uptake: Uptake,
    outcome: ReviewOutcome,
    evidence: str,
    name: str,
    by: Person,
    reviewed_on: date | None = None,
    next_review_on: date | None = None,
    to: Step | int = Step.ANCHORED,
) -> NormReview:
    """Look some months later whether a norm still is one. Kept: with a next review date. Slipped: a step down to `to`.

    Raises PermissionDenied or Refused.
    """
    if not access.may_move(by, uptake):
        raise PermissionDenied
    if not evidence.strip():
        raise Refused(_("Write how you know."))
    if not name.strip():
        raise Refused(_("Write who says so."))
    reviewed_on = reviewed_on or clock.today()
    _check_past(reviewed_on)
    with transaction.atomic():
        uptake = _locked(uptake)
        if uptake.step != Step.NORM:
            raise Refused(_("Only a norm is reviewed."))
        is_kept = outcome == ReviewOutcome.KEPT
        if is_kept:
            _check_review(next_review_on, reviewed_on)
        review = NormReview.objects.create(
            uptake=uptake,
            outcome=outcome,
            evidence=evidence.strip(),
            name=name.strip(),
            reviewed_on=reviewed_on,
            next_review_on=next_review_on if is_kept else None,
            at=clock.now(),
            by=by,
        )
        if is_kept:
            uptake.review_on = next_review_on
            _save(uptake, "review_on")
        else:
            _take_down(uptake, Step(to), evidence, by, reviewed_on)
        record(
            facts.NormReviewed(
                community_id=uptake.change.community_id,
                by_id=by.pk,
                uptake_id=uptake.pk,
                review_id=review.pk,
                is_kept=is_kept,
            )
        )
    return review


def _locked(uptake: Uptake) -> Uptake:
    return Uptake.objects.select_for_update(of=("self",)).select_related("change__community", "unit").get(pk=uptake.pk)


def _save(uptake: Uptake, *fields: str) -> None:
    uptake.revision += 1
    uptake.save(update_fields=[*fields, "revision"])


def _step_to_take(uptake: Uptake, to: Step | int | None) -> Step:
    if uptake.is_given_up:
        raise Refused(_("This has been given up. Take it up again first."))
    if Block.objects.filter(uptake=uptake, lifted_on__isnull=True).exists():
        raise Refused(_("This is blocked. Write first what solved it."))
    step = uptake.next_step
    if step is None:
        raise Refused(_("This is the norm already. Review it on its date."))
    if to is not None and int(to) <= uptake.step:
        raise Refused(_("This step has been taken already. Look at the ladder again."))
    if to is not None and int(to) != step:
        raise Refused(_("One step at a time: the next one is “%(step)s”.") % {"step": step.label})
    return step


def _take_down(uptake: Uptake, to: Step, reason: str, by: Person, taken_on: date) -> None:
    if not reason.strip():
        raise Refused(_("Write why it steps down. Nobody is to blame; others learn from it."))
    if uptake.is_given_up:
        raise Refused(_("This has been given up. Take it up again first."))
    if to >= uptake.step:
        raise Refused(_("Choose a step below the present one."))
    _check_past(taken_on)
    before, uptake.step, uptake.review_on = uptake.step, to, None
    StepTaken.objects.create(
        uptake=uptake, before=before, after=to, evidence=reason.strip(), taken_on=taken_on, at=clock.now(), by=by
    )
    _save(uptake, "step", "review_on")
    record(
        facts.UptakeSteppedDown(
            community_id=uptake.change.community_id,
            by_id=by.pk,
            uptake_id=uptake.pk,
            change_id=uptake.change_id,
            unit_id=uptake.unit_id,
            before=int(before),
            after=int(to),
        )
    )


def _check_recipient(recipient: Person | None, change: Change) -> None:
    if recipient is not None and not standing_of(recipient).may_read(change):
        raise Refused(_("The recipient cannot read this change. Write the name instead, or widen who may see it."))


def _check_past(day: date) -> None:
    if day > clock.today():
        raise Refused(_("This day has yet to come. Write it down when it has happened."))


def _check_review(review_on: date | None, taken_on: date) -> None:
    if review_on is None:
        raise Refused(_("A norm needs a review date, six to twelve months from now."))
    if not taken_on < review_on <= taken_on + LONGEST_REVIEW:
        raise Refused(_("Choose a review date within twelve months."))
