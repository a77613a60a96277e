from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.DOTS, BuiltIn.DOTS.label,
        _("In ten minutes a group sees what weighs most for it, before it decides."),
        Aim.CHOOSE, 15, 10, 20, 5, 100,
        (
            _("Read all choices aloud, and join those that are the same."),
            _("Say what a dot means: here I want to put time. Each gets three; two on one choice is allowed."),
            _("One minute to choose in silence, on paper. Only then stick, all at once."),
            _("Count, and say what you see. Ask who misses something among the losers, and why."),
            _("Decide in words what comes first: the dots advise, the group decides."),
        ),
        (things.DOTS, things.WALL, things.PENS),
        _("With eight to thirty choices, and when talk goes round in circles."),
        _("For two choices, or when those who carry the consequences are not there."),
        _("Who sticks late follows the crowd: that is what the silent minute is for."),
    ),
    Card(
        BuiltIn.EFFORT, BuiltIn.EFFORT.label,
        _("Actions lie in the order in which they are worth it, and it is plain what to begin with."),
        Aim.CHOOSE, 35, 20, 50, 4, 24,
        (
            _("Draw a cross: little effort left, much effort right; little effect below, much effect above."),
            _("In threes: put five actions on notes, each beginning with a verb."),
            _("Each three places its notes and says in one sentence why there."),
            _("Compare: is this one really more work than that one? Move until nobody moves any more."),
            _("Begin top left. Write a name and a date on each of the first three."),
            _("Bottom right: say aloud what you will not do."),
        ),
        (things.FLIPS, things.NOTES, things.MARKERS),
        _("To go from questions to actions, and to see which initiative is promising."),
        _("While it is not clear yet what the matter is."),
        _("Effort for whom? Let those who have to do the work place the notes."),
    ),
    Card(
        BuiltIn.OBJECTIONS, BuiltIn.OBJECTIONS.label,
        _("A group takes a decision that everybody can live with, good enough to try."),
        Aim.CHOOSE, 30, 15, 45, 4, 15,
        (
            _("One person reads out a proposal of at most three sentences."),
            _("Questions to understand it, no opinions."),
            _("Round: each says in one sentence what it does to them."),
            _("The proposer may change the words, once."),
            _("Round: do you have an objection, a reason why trying this would harm us? A wish is no objection."),
            _("Each objection makes the proposal better: change it together until there is none."),
            _("Write down the decision, with the date on which you look back at it."),
        ),
        (things.PENS,),
        _("For agreements of a group about its own work."),
        _("For what only a director may decide, and for matters of taste."),
        _("Silence is no consent: go round and hear each one. A date to look back makes it easy to try."),
    ),
)  # fmt: skip
