from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.CHECK_IN, BuiltIn.CHECK_IN.label,
        _("Everybody has spoken once before the work begins, and you know how people sit there."),
        Aim.ARRIVE, 10, 5, 20, 3, 20,
        (
            _("Ask one question that anybody can answer in one sentence: what was on your mind on the way here?"),
            _("Begin yourself, short and honest: your answer sets the length of all others."),
            _("Go round. Each one says a name and one sentence; who wants to may pass."),
            _("Say in one sentence what you heard, and begin."),
        ),
        (),
        _("At the start of a meeting of people who know each other a little."),
        _("With more than twenty people: it becomes waiting. Do it in fours then."),
        _("Nobody reacts to anybody. One long story makes them all long: thank, and look at the next one."),
    ),
    Card(
        BuiltIn.INTRODUCTIONS, BuiltIn.INTRODUCTIONS.label,
        _("People of different organisations know whom they can ask what."),
        Aim.ARRIVE, 25, 15, 40, 6, 30,
        (
            _("Put three questions where all can see them: where do you work, what do you want to learn here, what "
              "can others ask you?"),
            _("Two minutes alone: write the answers on one card each for learning and for asking."),
            _("In pairs of different organisations, three minutes each: tell, and listen."),
            _("Round: each introduces the other in half a minute, and hangs the two cards up."),
            _("Leave the cards hanging all day. Read out what many want to learn."),
        ),
        (things.NOTES, things.MARKERS, things.WALL, things.CLOCK),
        _("At the first meeting of a group that will work together for some time."),
        _("When most know each other: ask only for what is new."),
        _("Job titles take the time and say little. Ask for the question behind the title."),
    ),
    Card(
        BuiltIn.LINE_UP, BuiltIn.LINE_UP.label,
        _("In five minutes all see how differently they think or how far they are, without a debate."),
        Aim.ARRIVE, 10, 5, 20, 8, 100,
        (
            _("Name the two ends of the room: never tried at all, and daily work with us."),
            _("Read out a statement. Everybody walks to the place that fits, in silence."),
            _("Ask three people at different places: what makes you stand there?"),
            _("Ask who wants to move now. Then the next statement, three at most."),
        ),
        (things.TAPE,),
        _("To bring movement into a group, and to show that being of two minds is normal."),
        _("When somebody cannot stand or walk: let all show a number with their fingers instead. And not for a matter "
          "in which the chief in the room has already chosen."),
        _("Ask the ends and the middle alike. Nobody has to defend a place."),
    ),
)  # fmt: skip
