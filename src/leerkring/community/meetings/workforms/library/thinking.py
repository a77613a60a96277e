from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.WALK, BuiltIn.WALK.label,
        _("Two people think a question through while walking, and come back with one sentence."),
        Aim.EXPLORE, 30, 20, 45, 2, 200,
        (
            _("Make pairs of people who do not work together. Give all the same question, on paper."),
            _("Say when everybody is back, and at what time they turn round."),
            _("Way out: one tells, the other asks. Way back: the other way about."),
            _("Back inside: each pair writes one sentence that others can use."),
            _("Read some of them aloud, and hang up all."),
        ),
        (things.PENS, things.MARKERS),
        _("After a long time of sitting, and for questions that touch one's own doubt."),
        _("In heavy rain, or when somebody cannot walk far: find two chairs by a window for that pair."),
        _("Without the turning point one person talks all the way. Send a message halfway."),
    ),
    Card(
        BuiltIn.FISHBOWL, BuiltIn.FISHBOWL.label,
        _("A large group listens to a real conversation, and whoever has something to add can sit down in it."),
        Aim.EXPLORE, 40, 30, 60, 10, 60,
        (
            _("Five chairs in the middle, all others around them. Four people sit down, one chair stays empty."),
            _("Read out the question. Who sits inside talks with each other, not to the room."),
            _("Who wants to add something takes the empty chair. Somebody else inside then stands up and leaves."),
            _("After fifteen minutes change the question: what would it take at our place?"),
            _("Stop. Outside, in pairs: what did you hear that you will use?"),
            _("Hear three pairs, and write the sentences down."),
        ),
        (things.CHAIRS, things.CLOCK),
        _("When a few have experience, and many have questions about it."),
        _("For a decision, or when people do not feel free before their chiefs."),
        _("The empty chair stays empty in the first five minutes; ask somebody beforehand to take it. Give those "
          "outside paper, so that their thoughts are not lost."),
    ),
    Card(
        BuiltIn.WORLD_CAFE, BuiltIn.WORLD_CAFE.label,
        _("Many people build on each other's thoughts about a few questions, in changing company."),
        Aim.EXPLORE, 75, 60, 120, 12, 200,
        (
            _("Tables of four or five, paper on each, one question to a table; the same question may lie on several."),
            _("Each table has a host who stays. First round, twenty minutes: talk, write and draw on the paper."),
            _("All but the host move to different tables. The host says in one minute what lies there; build on it."),
            _("Third round at one more table, with: what is the core, and what is missing?"),
            _("Go back to the first table: read what has come, and choose two sentences."),
            _("Each host reads out two sentences. Somebody writes them down where all can see."),
        ),
        (_("Large paper, a sheet for each table"), things.MARKERS, things.BELL, things.CLOCK),
        _("To widen a matter, and to let people of many departments meet."),
        _("With less than an hour, or when one answer has to be chosen."),
        _("Brief the hosts a day before. Questions that can be answered with yes or no make silent tables."),
    ),
)  # fmt: skip
