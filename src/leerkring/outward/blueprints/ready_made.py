"""The blueprints that come with the product, in the language of who asks: minutes that add up, words of our own."""

from __future__ import annotations

from datetime import time

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerkring.community.meetings.enums import IntervisieStep, MeetingKind
from leerkring.community.meetings.workforms.enums import BuiltIn
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.outward.blueprints.blueprint import Blueprint, Moment, Part

KEYS = ("four-workshops", "werkplaats-cycle")
AFTERNOON = time(13)


def ready_made(key: str) -> Blueprint | None:
    match key:
        case "four-workshops":
            return _four_workshops()
        case "werkplaats-cycle":
            return _werkplaats_cycle()
        case _:
            return None


def _four_workshops() -> Blueprint:
    return Blueprint(
        name=_("Four workshops and two intervisies"),
        about=_("Four months in which colleagues of several organisations learn, try and look back together."),
        language=get_language() or "nl",
        kind=ProgrammeKind.LEERPROGRAMMA,
        fully_from=5,
        places=25,
        moments=(
            _workshop(0, _("Workshop 1: what is the change about?"), _("What does it ask of us?"), first=True),
            _intervisie(21),
            _workshop(35, _("Workshop 2: who do you need?"), _("Who has to move, and what moves them?")),
            _workshop(63, _("Workshop 3: working with others"), _("What can we offer, and what do we ask?")),
            _intervisie(84),
            _workshop(
                112, _("Workshop 4: what will you do?"), _("Which plan is promising, and what is my part?"), last=True
            ),
        ),
    )


def _workshop(day: int, title: str, question: str, *, first: bool = False, last: bool = False) -> Moment:
    begin = (
        Part(
            25,
            _("Getting to know each other"),
            note=_("Your name, your work, your own learning question."),
            workform=BuiltIn.INTRODUCTIONS,
        )
        if first
        else Part(
            25, _("Look back: what did you try?"), note=_("In threes, five minutes each."), workform=BuiltIn.THREES
        )
    )
    end = (
        Part(
            30,
            _("Commitments and how we go on"),
            note=_("What will you do, with whom, before when?"),
            workform=BuiltIn.ONE_STEP,
        )
        if last
        else Part(
            30,
            _("What do you take along?"),
            note=_("One learning question for the agenda, one step for yourself."),
            workform=BuiltIn.ONE_STEP,
        )
    )
    return Moment(
        kind=MeetingKind.WORKSHOP,
        title=title,
        purpose=question,
        day=day,
        begins=AFTERNOON,
        minutes=180,
        parts=(
            Part(10, _("Welcome and check-in"), facilitator_note=_("Have the code for checking in on the screen.")),
            begin,
            Part(
                35, _("A guest shows how they do it"), facilitator_note=_("Agree on 20 minutes, and 15 for questions.")
            ),
            Part(15, _("Break")),
            Part(60, _("Working session in small groups"), note=question, workform=BuiltIn.CAROUSEL),
            end,
            Part(5, _("Closing"), facilitator_note=_("Harvest before everybody leaves: it takes ten minutes.")),
        ),
    )


def _intervisie(day: int) -> Moment:
    steps = (
        (IntervisieStep.LOOK_BACK, 5),
        (IntervisieStep.PITCHES, 10),
        (IntervisieStep.CHOICE, 5),
        (IntervisieStep.QUESTIONS, 15),
        (IntervisieStep.ANALYSIS, 10),
        (IntervisieStep.ADVICE, 10),
        (IntervisieStep.EVALUATION, 10),
    )
    parts = tuple(Part(minutes, step=str(step)) for step, minutes in steps)
    return Moment(kind=MeetingKind.INTERVISIE, title="", day=day, begins=AFTERNOON, minutes=65, parts=parts)


def _werkplaats_cycle() -> Blueprint:
    return Blueprint(
        name=_("From one werkplaats to the next"),
        about=_("A cycle of four months: raise questions, form groups, work, present, and set the next agenda."),
        language=get_language() or "nl",
        kind=ProgrammeKind.LEERGEMEENSCHAP,
        fully_from=1,
        moments=(
            Moment(
                kind=MeetingKind.WERKPLAATS,
                title=_("Werkplaats: questions and groups"),
                purpose=_("Which questions do we take up, and who works on which one?"),
                day=0,
                begins=AFTERNOON,
                minutes=180,
                parts=(
                    Part(15, _("Welcome and check-in")),
                    Part(30, _("Raise questions"), workform=BuiltIn.ALONE_TO_ALL),
                    Part(25, _("Put together what belongs together")),
                    Part(15, _("Give points")),
                    Part(15, _("Break")),
                    Part(25, _("Walk through the agenda")),
                    Part(25, _("Forming groups")),
                    Part(20, _("Set the agenda")),
                    Part(10, _("Look back and close"), workform=BuiltIn.FOUR_QUESTIONS),
                ),
            ),
            Moment(
                kind=MeetingKind.WORKING_SESSION,
                title=_("Sharpen the questions"),
                purpose=_("Word each question so that its owner can act on it; at most six people."),
                day=14,
                begins=time(10),
                minutes=120,
                parts=(
                    Part(
                        60,
                        _("From barrier to question"),
                        note=_("In the words of those who have it."),
                        workform=BuiltIn.CLUSTERING,
                    ),
                    Part(
                        50,
                        _("From question to action"),
                        note=_("Little effort and much effect first."),
                        workform=BuiltIn.EFFORT,
                    ),
                    Part(10, _("Who owns what")),
                ),
            ),
            Moment(
                kind=MeetingKind.FOLLOW_UP,
                title=_("Halfway: what do the groups need?"),
                purpose=_("Who is stuck, and who can open a door?"),
                day=56,
                begins=time(16),
                minutes=60,
                parts=(
                    Part(5, _("Welcome")),
                    Part(30, _("Each group in two minutes")),
                    Part(20, _("What we ask of each other and of directors")),
                    Part(5, _("Closing")),
                ),
            ),
            Moment(
                kind=MeetingKind.WERKPLAATS,
                title=_("Werkplaats: results and the next agenda"),
                purpose=_("What did we learn, what changed, and what do we ask next?"),
                day=112,
                begins=AFTERNOON,
                minutes=180,
                parts=(
                    Part(15, _("Welcome and check-in")),
                    Part(50, _("Groups present"), workform=BuiltIn.CAROUSEL),
                    Part(30, _("Walk through the agenda")),
                    Part(15, _("Break")),
                    Part(25, _("Raise new questions")),
                    Part(15, _("Give points")),
                    Part(20, _("Set the agenda")),
                    Part(10, _("Look back and close"), workform=BuiltIn.FOUR_QUESTIONS),
                ),
            ),
        ),
    )
