"""What people of West-Brabant did afterwards: looked back, told it on, handed it over, and brought it to others."""

from __future__ import annotations

from datetime import date, timedelta

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label, Level
from leerkring.community.memberships.models import Membership
from leerkring.cycle.insights.models import Insight
from leerkring.cycle.insights.stories import actions as stories
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.cycle.uptake import actions as uptake
from leerkring.cycle.uptake.enums import AnchorKind, ChangeKind, CommitmentOutcome, Step
from leerkring.cycle.uptake.handing import actions as handing
from leerkring.cycle.uptake.models import Commitment, Uptake
from leerkring.sample import west_brabant_texts as texts
from leerkring.sample import west_brabant_voices as voices
from leerkring.sample.stage import on
from leerkring.sample.west_brabant_region import Region

SIX_WEEKS, TWELVE_WEEKS = date(2023, 7, 21), date(2023, 9, 1)
KEES = 15
"""His place among the participants."""


def afterwards(region: Region, last: Meeting, today: date) -> None:
    _hand_question_over(region)
    _stay(region)
    looked_back = _look_back(last)
    _spread(region)
    with on(date(2023, 9, 13)):
        told = looked_back[voices.LEARNED_BY]
        uptake.insight_from_commitment(commitment=told, sentence=voices.LEARNED, by=told.person)
    _tell(region)
    _ask_kees(region, today)


def _stay(region: Region) -> None:
    """Some go on as active, the others follow."""
    for index, person in enumerate(region.participants):
        with on(date(2023, 6, 20) + timedelta(days=index)):
            membership = Membership.objects.get(community=region.community, person=person)
            level = Level.FOLLOWER if index % 3 else Level.ACTIVE
            memberships.choose_level(membership=membership, level=level, by=person)


def _look_back(last: Meeting) -> list[Commitment]:
    """After six weeks, and after twelve: some at the first letter, more at the second, a few not at all."""
    commitments = list(last.commitments.select_related("person", "meeting__community").order_by("id"))
    for index, (weeks, outcome, line, helped, hindered) in enumerate(texts.LOOKED_BACK):
        first = SIX_WEEKS if weeks == 6 else TWELVE_WEEKS
        if index in (0, texts.AT_SIX_WEEKS):
            with on(first):
                uptake.remind_of_commitments()
        with on(first + timedelta(days=1 + index % texts.AT_SIX_WEEKS)):
            uptake.look_back(
                commitment=commitments[index],
                outcome=CommitmentOutcome(outcome),
                line=line,
                helped=helped,
                hindered=hindered,
                by=commitments[index].person,
            )
    return commitments


def _spread(region: Region) -> None:
    """What municipalities took over in the half year after it."""
    found = list(Insight.objects.filter(community=region.community).order_by("id"))
    for title, kind, anchor_kind, anchor, which, cells in texts.CHANGES:
        with on(date(2023, 6, 27)):
            change = uptake.put_change(
                community=region.community,
                title=title,
                kind=ChangeKind(kind),
                anchor_kind=AnchorKind(anchor_kind),
                anchor=anchor,
                insights=[found[which]],
                label=Label.PUBLIC,
                by=region.lead,
            )
        for name, step in cells:
            with on(date(2023, 7, 4)):
                cell = uptake.start_uptake(
                    change=change, unit=region.units[name], recipient_name=f"Teamleider in {name}", by=region.lead
                )
            for number in range(1, step + 1):
                with on(date(2023, 7, 4) + timedelta(days=40 * number)):
                    cell = uptake.step_up(
                        uptake=cell, evidence=f"Verteld door {name}: {Step(number).label}", name=f"Teamleider in {name}",
                        by=region.lead,
                    )  # fmt: skip


def _hand_question_over(region: Region) -> None:
    """Nobody owned it at the end; one of the participants says yes."""
    question = LearningQuestion.objects.select_related("community").get(community=region.community, code="A")
    heir = region.participants[0]
    with on(date(2023, 6, 13)):
        offer = handing.offer_question(question=question, to=heir, note=voices.OFFERED_NOTE, by=region.lead)
    with on(date(2023, 6, 15)):
        handing.accept_handover(handover=offer, by=heir)


def _tell(region: Region) -> None:
    for number, (whose, label, is_named, said) in enumerate(voices.STORIES):
        teller = region.participants[whose]
        with on(date(2023, 9, 18) + timedelta(days=number * 9)):
            story = stories.tell_story(community=region.community, texts=said, by=teller)
            if label is not None:
                stories.show_story(story=story, label=label, is_named=is_named, by=teller)


def _ask_kees(region: Region, today: date) -> None:
    """An offer that waits for an answer, of last week."""
    kees = region.participants[KEES]
    cells = Uptake.objects.select_related("change__community", "unit").filter(change__community=region.community)
    cell = cells.get(unit=region.units[texts.MUNICIPALITIES[KEES]])
    with on(today - timedelta(days=9)):
        handing.offer_uptake(uptake=cell, to=kees, note=voices.ASKED_NOTE, by=region.lead)
