from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.SPEED_ADVICE, BuiltIn.SPEED_ADVICE.label,
        _("Each who has a question goes home with advice of five or six others."),
        Aim.HELP, 40, 25, 60, 8, 60,
        (
            _("Two rows of chairs facing each other. Who has a question sits left, who advises sits right."),
            _("One minute: tell your question in two sentences, without its history."),
            _("Three minutes: the adviser asks one thing and says what they would do. The other writes, and does not "
              "defend."),
            _("Bell. The right row moves one chair. Five rounds."),
            _("Change rows, so that the others bring their question."),
            _("Two minutes alone: underline the advice that you will use this week."),
        ),
        (things.CHAIRS, things.BELL, things.CLOCK, things.PENS),
        _("With people of many organisations who meet seldom, and concrete questions."),
        _("For a case that is confidential or heavy: take intervisie for that."),
        _("Have them write the question down before they sit: who looks for words loses the round."),
    ),
    Card(
        BuiltIn.THREES, BuiltIn.THREES.label,
        _("Each is heard for ten minutes without being interrupted, and finds a first step."),
        Aim.HELP, 30, 21, 45, 3, 150,
        (
            _("In threes: one tells, one asks, one keeps the time and listens."),
            _("Four minutes: the first tells what they tried or where they are stuck. Nobody interrupts."),
            _("Three minutes: the second asks open questions only. No advice wrapped in a question."),
            _("Two minutes: the third says back what they heard, also between the lines."),
            _("One minute: the teller names one step. Then change turns, until each has told."),
        ),
        (things.CLOCK,),
        _("To look back at what people tried since the last time, also in a large hall."),
        _("When it must be written down: this belongs to the three."),
        _("Call out the turns for the whole room. Nothing is told in the large group but what the teller wants."),
    ),
    Card(
        BuiltIn.MARKET, BuiltIn.MARKET.label,
        _("People bring their own questions, and whoever can help comes to them."),
        Aim.HELP, 60, 45, 120, 15, 200,
        (
            _("Who has a question writes it large, says it in one sentence to all, and chooses a place and a round."),
            _("Hang all of them up as a timetable: places across, two or three rounds down."),
            _("Each goes to the question that draws them. Who neither helps nor learns goes to another: that is "
              "allowed, even polite."),
            _("Who brought the question writes on one sheet: what did we find, who does what?"),
            _("In the last ten minutes everybody walks past the sheets. No reports in the large group."),
        ),
        (things.FLIPS, things.MARKERS, things.TAPE, things.BELL),
        _("When the energy is with the people and not with your agenda; for learning groups that look for each other."),
        _("When the outcome is fixed beforehand, or nobody has a question of their own."),
        _("Ask three people beforehand to bring a question, so that the first minute is not silent."),
    ),
)  # fmt: skip
