"""One question walked to the norm, with the product's own actions: what tests of uptake, trace and figures stand on."""

from dataclasses import dataclass
from datetime import date, timedelta

from leerkring.community.meetings.enums import MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.cycle.agenda import actions as agenda
from leerkring.cycle.groups import actions as groups
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights import actions as insights
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.questions import actions as questions
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, Step
from leerkring.cycle.uptake.models import Block, Change, Uptake
from leerkring.platform import clock
from tests.cast import ProgrammeCast


@dataclass
class Chain:
    meeting: Meeting
    question: LearningQuestion
    group: LearningGroup
    insight: Insight
    change: Change
    norm: Uptake
    """In the first unit, carried up to the norm by the member."""
    stuck: Uptake
    """In the second unit, handed over to the follower and blocked."""
    block: Block


def walk(cast: ProgrammeCast, label: Label = Label.PROGRAMME, kind: ChangeKind = ChangeKind.DIFFERENTLY) -> Chain:
    meeting = cast.meeting(state=MeetingState.HELD, days=-20, label=label, title="Werkplaats een")
    question = questions.raise_question(
        community=cast.community,
        wording="Hoe krijgen we hergebruik in de uitvraag?",
        meeting=meeting,
        label=label,
        by=cast.member,
    )
    agenda.place_question(question=question, by=cast.keeper)
    group = groups.form_group(
        community=cast.community,
        name="Losmaakbaar",
        questions=[question],
        people=[cast.member],
        meeting=meeting,
        label=label,
        by=cast.lead,
    )
    insight = insights.write_insight(
        community=cast.community,
        sentence="Na de uitvraag is het te laat",
        group=group,
        questions=[question],
        label=label,
        by=cast.facilitator,
    )
    change = put(cast, insight=insight, label=label, kind=kind)
    norm = start(cast, change, 0)
    climb(norm, Step.NORM, cast)
    stuck = actions.start_uptake(change=change, unit=cast.units[1], recipient=cast.follower, by=cast.member)
    climb(stuck, Step.HANDED_OVER, cast)
    block = actions.block(uptake=stuck, reason="Niemand heeft uren om te toetsen", by=cast.follower)
    return Chain(meeting, question, group, insight, change, fresh(norm), fresh(stuck), block)


def put(
    cast: ProgrammeCast,
    title: str = "Hergebruik eerst in de uitvraag",
    *,
    insight: Insight | None = None,
    label: Label = Label.PROGRAMME,
    kind: ChangeKind = ChangeKind.DIFFERENTLY,
) -> Change:
    return actions.put_change(
        community=cast.community,
        title=title,
        kind=kind,
        anchor_kind=AnchorKind.CLAUSE,
        anchor="bestektekst 2.4",
        carrier=cast.member,
        insights=[insight] if insight else [],
        label=label,
        by=cast.member,
    )


def start(cast: ProgrammeCast, change: Change, unit: int) -> Uptake:
    return actions.start_uptake(change=change, unit=cast.units[unit], recipient_name="Team inkoop", by=cast.member)


def climb(uptake: Uptake, to: Step, cast: ProgrammeCast) -> Uptake:
    for step in range(uptake.step + 1, to + 1):
        uptake = actions.step_up(
            uptake=uptake,
            evidence=f"Bewijs van stap {step}",
            name="Team inkoop",
            review_on=in_half_a_year() if step == Step.NORM else None,
            by=cast.member,
        )
    return uptake


def in_half_a_year() -> date:
    return clock.today() + timedelta(days=182)


def fresh(uptake: Uptake) -> Uptake:
    return Uptake.objects.select_related("change__community", "unit").get(pk=uptake.pk)
