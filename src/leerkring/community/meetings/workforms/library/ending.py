from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.FOUR_QUESTIONS, BuiltIn.FOUR_QUESTIONS.label,
        _("A group learns from what it did, and leaves with something to do differently."),
        Aim.LOOK_BACK, 20, 10, 35, 3, 40,
        (
            _("Four questions, one after the other: two minutes of writing for each, then a round."),
            _("What did we mean to do, and what happened?"),
            _("What went better than we thought, and what made it so?"),
            _("What was hard, and what did we do about it?"),
            _("What do we do differently next time? Who begins? Write this where all can see."),
        ),
        (things.PENS, things.MARKERS),
        _("After a werkplaats, a trial or a quarter of work together."),
        _("To settle who was to blame."),
        _("Keep the order: who begins with what was hard, never comes to what worked."),
    ),
    Card(
        BuiltIn.KEEP_START_STOP, BuiltIn.KEEP_START_STOP.label,
        _("A team says what it keeps, what it begins, and above all what it stops doing."),
        Aim.LOOK_BACK, 25, 15, 35, 3, 40,
        (
            _("Three sheets: keep, begin, stop. Five minutes of notes in silence, at least one on each sheet."),
            _("Read out the sheet of stopping first, while there is energy."),
            _("Each stop: what does it free, and who will miss it?"),
            _("Choose one of each sheet, with a name and a date."),
            _("Put the stop on the list of changes, so that it is followed until it really has stopped."),
        ),
        (things.FLIPS, things.NOTES, things.MARKERS),
        _("When new work keeps coming on top of the old."),
        _("When the group may not decide on its own work."),
        _("Empty stop sheets are normal. Ask: what would you not take up again if it fell away tomorrow?"),
    ),
    Card(
        BuiltIn.ONE_STEP, BuiltIn.ONE_STEP.label,
        _("Each leaves with one thing that they will do, with whom, and before when."),
        Aim.LOOK_BACK, 15, 10, 30, 2, 300,
        (
            _("Three minutes alone: what will you do in your own organisation? Begin with I, and take a verb."),
            _("Add whom you need and before which day. Smaller: could you do it next week?"),
            _("In pairs, two minutes each: ask what could come between."),
            _("Write it down where you find it again; in Leerkring it comes back by itself after six and twelve "
              "weeks."),
            _("Who wants to says it aloud. Close."),
        ),
        (things.PENS,),
        _("At the end of each workshop, also with three hundred people."),
        _("As homework that is checked: what one will do is one's own."),
        _("Ask for one step, not for three. Nobody has to read it aloud."),
    ),
)  # fmt: skip
