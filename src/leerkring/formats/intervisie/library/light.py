from django.utils.translation import gettext_lazy as _

from leerkring.formats.intervisie.enums import BuiltIn, Experience, Speaker
from leerkring.formats.intervisie.library.sheet import Sheet, SheetStep

LOOK_BACK = SheetStep(
    _("Looking back"), 5, Speaker.BRINGER,
    _("Who brought the case last time: what did you do with the advice? What came of it?"),
    _("No new advice, and no judging what somebody did or left."),
    is_look_back=True,
)  # fmt: skip

INCIDENT = Sheet(
    BuiltIn.INCIDENT, _("Incident method"),
    _("Fits most groups: one concrete moment, and clear turns."),
    Experience.NEW, 4, 7,
    (
        LOOK_BACK,
        SheetStep(
            _("Pitches"), 10, Speaker.EVERYONE,
            _("Who has a case? Tell in one minute what happened and what you ask of us."),
            _("No questions yet, no advice, no comparing of cases."),
        ),
        SheetStep(
            _("Choosing"), 5, Speaker.EVERYONE,
            _("Which case do we take? It is urgent for somebody, and all of us can learn from it."),
            _("Do not start on the case. What is not chosen stays with who told it."),
        ),
        SheetStep(
            _("Factual questions"), 15, Speaker.ASKING,
            _("Ask only about what happened. Who, what, when. No opinion yet, no tip yet."),
            _("No questions that are really advice. Have them asked again as a question."),
        ),
        SheetStep(
            _("Analysis"), 10, Speaker.GROUP,
            _("Case bringer, move your chair back and listen. The others: what do you think is going on here?"),
            _("The case bringer says nothing. The group does not speak to the case bringer, and gives no advice yet."),
        ),
        SheetStep(
            _("Advice"), 10, Speaker.GROUP,
            _("Each of us in turn: what would you do? Begin with: in your place I would."),
            _("No discussion of each other's advice, and no defence by the case bringer."),
        ),
        SheetStep(
            _("Evaluation"), 10, Speaker.EVERYONE,
            _("Case bringer, what do you take along? Then each of us: what did you learn for your own work?"),
            _("Do not go back into the case."),
        ),
    ),
)  # fmt: skip

FIVE_STEPS = Sheet(
    BuiltIn.FIVE_STEPS, _("Five steps"),
    _("Light: fits little time and a question that is already clear."),
    Experience.NEW, 4, 7,
    (
        SheetStep(
            _("The question"), 5, Speaker.BRINGER,
            _("Tell your question in a few sentences, and why it is yours."),
            _("Nobody interrupts. Questions come in the next step."),
        ),
        SheetStep(
            _("Exploration"), 15, Speaker.ASKING,
            _("Ask open questions, one at a time. Let the answer land before the next one comes."),
            _("No advice, and no questions that can be answered with yes or no."),
        ),
        SheetStep(
            _("The core in your words"), 10, Speaker.GROUP,
            _("Each of us says in one sentence what the core is. Case bringer, which one comes closest?"),
            _("Do not argue about who is right. Each sentence may stand."),
        ),
        SheetStep(
            _("Round of advice"), 15, Speaker.GROUP,
            _("Each gives one piece of advice, in turn. The case bringer listens and thanks."),
            _("No reply to the advice, and no second round."),
        ),
        SheetStep(
            _("Evaluation"), 10, Speaker.EVERYONE,
            _("Case bringer, what is your first step? Then all: what did this question set going in you?"),
            _("No new advice."),
        ),
    ),
)  # fmt: skip

GOSSIP = Sheet(
    BuiltIn.GOSSIP, _("Gossip method"),
    _("Breaks routine: the case bringer hears what others see, as if they were not there."),
    Experience.SOME, 4, 8,
    (
        SheetStep(
            _("The question"), 5, Speaker.BRINGER,
            _("Tell your question, and what you have tried so far."),
            _("Nobody interrupts."),
        ),
        SheetStep(
            _("Clarification"), 10, Speaker.ASKING,
            _("Ask what you must know to see it before you. Short questions, short answers."),
            _("No opinions and no advice."),
        ),
        SheetStep(
            _("Gossip"), 20, Speaker.GROUP,
            _("Case bringer, turn your chair around. The others speak about the case as if you were away: "
              "what do you see, what do you suspect, what strikes you?"),
            _("The case bringer does not turn back or answer. The group stays kind: say nothing that you would not say "
              "to somebody's face."),
        ),
        SheetStep(
            _("The case bringer reacts"), 10, Speaker.BRINGER,
            _("Turn back. What touched you, what did you not know, what do you leave aside?"),
            _("The group explains nothing and adds nothing."),
        ),
        SheetStep(
            _("Evaluation"), 10, Speaker.EVERYONE,
            _("How was it to listen, and how was it to gossip? What does each of us take along?"),
            _("Do not go back into the case."),
        ),
    ),
)  # fmt: skip

SUCCESS = Sheet(
    BuiltIn.SUCCESS, _("Learning from success"),
    _("Fits teams that only fight fires: find out why something went well."),
    Experience.NEW, 3, 8,
    (
        SheetStep(
            _("The story"), 15, Speaker.BRINGER,
            _("Tell of something that went well. What did you do, and how did you notice that it worked?"),
            _("No yes-but, and no other stories yet."),
        ),
        SheetStep(
            _("What made it work"), 20, Speaker.GROUP,
            _("Name what made it work, in two columns on a sheet of paper: what the case bringer did, and what helped "
              "from outside."),
            _("Luck is not an answer. Nor is modesty: the case bringer only adds."),
        ),
        SheetStep(
            _("Deepening"), 15, Speaker.ASKING,
            _("Choose the two that weigh most. How did you do that exactly? What did you leave undone?"),
            _("No advice on how it could have been better."),
        ),
        SheetStep(
            _("What do we learn"), 10, Speaker.EVERYONE,
            _("Each of us: what of this will you do, and in which situation?"),
            _("No general lessons. Begin with I."),
        ),
    ),
)  # fmt: skip
