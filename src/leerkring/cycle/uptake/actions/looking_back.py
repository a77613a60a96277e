from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person, Unit
from leerkring.cycle.insights.actions import write_insight
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions.actions import raise_question
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import access, facts, queries
from leerkring.cycle.uptake.actions.changes import put_change
from leerkring.cycle.uptake.actions.steps import start_uptake
from leerkring.cycle.uptake.enums import ChangeKind, CommitmentOutcome, CommitmentState, Moment, Promoted
from leerkring.cycle.uptake.models import Commitment, CommitmentReminder, Promotion, Uptake
from leerkring.platform import clock
from leerkring.platform.facts import record
from leerkring.platform.rules import EditedMeanwhile, Refused

MOST_AT_ONCE = 500


def remind_of_commitments() -> int:
    """Bring to mind what was meant six and twelve weeks ago: once for each, however many do this at the same time."""
    reminded = 0
    for moment in Moment:
        for commitment in queries.commitments_to_remind_of(moment)[:MOST_AT_ONCE]:
            reminded += _remind(commitment, moment)
    return reminded


def _remind(commitment: Commitment, moment: Moment) -> bool:
    with transaction.atomic():
        _reminder, is_new = CommitmentReminder.objects.get_or_create(
            commitment=commitment, moment=moment, defaults={"at": clock.now()}
        )
        if not is_new:
            return False
        Commitment.objects.filter(pk=commitment.pk, state=CommitmentState.MADE).update(state=CommitmentState.REMINDED)
        record(
            facts.CommitmentDue(
                community_id=commitment.meeting.community_id,
                by_id=None,
                commitment_id=commitment.pk,
                moment=moment.value,
            )
        )
    return True


def look_back(
    *,
    commitment: Commitment,
    outcome: CommitmentOutcome,
    by: Person,
    line: str = "",
    helped: str = "",
    hindered: str = "",
    revision: int | None = None,
) -> Commitment:
    """Say how it went, in one of four words and a few lines; may be said again by who saw what was said.

    `revision` is what somebody had before them; the same answer twice is one. Raises PermissionDenied,
    Refused when it was taken away, EditedMeanwhile when another answer came first: that one counts.
    """
    if not access.may_keep_commitment(by, commitment):
        raise PermissionDenied
    with transaction.atomic():
        commitment = (
            Commitment.objects.select_for_update(of=("self",)).select_related("meeting", "person").get(pk=commitment.pk)
        )
        if commitment.removed_at is not None:
            raise Refused(_("You have taken this commitment away."))
        said = {
            "outcome": CommitmentOutcome(outcome),
            "looked_back": line.strip(),
            "helped": helped.strip(),
            "hindered": hindered.strip(),
        }
        if commitment.is_looked_back and all(getattr(commitment, name) == value for name, value in said.items()):
            return commitment
        if revision is not None and revision != commitment.revision:
            raise EditedMeanwhile(
                theirs=_said(CommitmentOutcome(commitment.outcome), commitment.looked_back),
                mine=_said(CommitmentOutcome(outcome), line),
                by_name=commitment.person.name,
                at=commitment.looked_back_at or commitment.made_at,
                revision=commitment.revision,
            )
        for name, value in said.items():
            setattr(commitment, name, value)
        commitment.state, commitment.looked_back_at = CommitmentState.LOOKED_BACK, clock.now()
        commitment.revision += 1
        commitment.save(update_fields=[*said, "state", "looked_back_at", "revision"])
        record(
            facts.CommitmentLookedBack(
                community_id=commitment.meeting.community_id, by_id=by.pk, commitment_id=commitment.pk
            )
        )
    return commitment


def insight_from_commitment(
    *, commitment: Commitment, sentence: str, by: Person, label: Label = Label.PROGRAMME
) -> Insight:
    """Tell others what was learned, in new words and under a label. Raises PermissionDenied or Refused."""
    _require_ripe(commitment, by, sentence)
    with transaction.atomic():
        _lock(commitment, Promoted.INSIGHT)
        insight = write_insight(community=_home(commitment), sentence=sentence, label=label, by=by)
        _note(commitment, by, insight=insight)
    return insight


def question_from_commitment(
    *, commitment: Commitment, wording: str, by: Person, label: Label = Label.PROGRAMME
) -> LearningQuestion:
    """Ask what one ran into, in new words and under a label. Raises PermissionDenied or Refused."""
    _require_ripe(commitment, by, wording)
    with transaction.atomic():
        _lock(commitment, Promoted.QUESTION)
        question = raise_question(community=_home(commitment), wording=wording, label=label, by=by)
        _note(commitment, by, question=question)
    return question


def uptake_from_commitment(
    *,
    commitment: Commitment,
    title: str,
    kind: ChangeKind,
    unit: Unit,
    by: Person,
    recipient_name: str = "",
    label: Label = Label.PROGRAMME,
) -> Uptake:
    """Follow it as a way of working in a unit, in new words. Raises PermissionDenied or Refused."""
    _require_ripe(commitment, by, title)
    with transaction.atomic():
        _lock(commitment, Promoted.UPTAKE)
        change = put_change(community=_home(commitment), title=title, kind=kind, carrier=by, label=label, by=by)
        uptake = start_uptake(change=change, unit=unit, recipient_name=recipient_name, by=by)
        _note(commitment, by, uptake=uptake)
    return uptake


def _require_ripe(commitment: Commitment, by: Person, words: str) -> None:
    if not access.may_promote_commitment(by, commitment):
        raise PermissionDenied
    commitment.refresh_from_db(fields=["state", "text", "is_shared"])
    if not commitment.is_looked_back:
        raise Refused(_("First look back on it. Then you know what others can use."))
    if not commitment.is_shared and _folded(words) == _folded(commitment.text):
        raise Refused(_("Say it in other words: the commitment itself stays between its maker and the programme team."))


def _lock(commitment: Commitment, what: Promoted) -> None:
    Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk)
    if Promotion.objects.filter(commitment=commitment, **{f"{what.value}__isnull": False}).exists():
        raise Refused(_("That came of this commitment already. You find it below."))


def _home(commitment: Commitment) -> Community:
    """What others may read belongs to the programme, also when the meeting was that of a group."""
    community = commitment.meeting.community
    return community.root or community


def _note(
    commitment: Commitment,
    by: Person,
    insight: Insight | None = None,
    question: LearningQuestion | None = None,
    uptake: Uptake | None = None,
) -> None:
    promotion = Promotion.objects.create(
        commitment=commitment, insight=insight, question=question, uptake=uptake, at=clock.now(), by=by
    )
    record(
        facts.CommitmentPromoted(community_id=commitment.meeting.community_id, by_id=by.pk, promotion_id=promotion.pk)
    )


def _said(outcome: CommitmentOutcome, line: str) -> str:
    return ". ".join(filter(None, [str(outcome.label), line.strip()]))


def _folded(words: str) -> str:
    return " ".join(words.split()).strip(" .!").casefold()
