from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.enums import Aim, BuiltIn
from leerkring.community.meetings.workforms.library import things

CARDS = (
    Card(
        BuiltIn.ALONE_TO_ALL, BuiltIn.ALONE_TO_ALL.label,
        _("Everybody thinks first, and the best of it reaches the whole room in a quarter of an hour."),
        Aim.GATHER, 20, 12, 35, 8, 200,
        (
            _("Ask one question. One or two minutes alone, in silence, with a pen."),
            _("Four minutes in pairs: lay your thoughts beside each other."),
            _("Six minutes in fours: what do you share, and what surprises you? Choose one sentence."),
            _("Each four says its sentence aloud. Who has the same says so; no need to repeat it."),
            _("Write the sentences where all can see."),
        ),
        (things.PENS, things.CLOCK),
        _("For nearly any question, also in a hall with fixed chairs; and when always the same people speak."),
        _("When you have the answer already and only want to tell it."),
        _("Guard the silence of the first minutes: without it, the quickest speakers decide what it is about."),
    ),
    Card(
        BuiltIn.CLUSTERING, BuiltIn.CLUSTERING.label,
        _("All ideas of a group hang on the wall, put together by the group itself, each as heavy as the next."),
        Aim.GATHER, 35, 25, 60, 4, 30,
        (
            _("Write the question large. Ten minutes in silence: one thought on a note, in whole words, large enough "
              "to read from two metres."),
            _("Each reads out one note and hangs it up; round again until all hang. Only questions to understand."),
            _("Five minutes in silence, all at the wall: move what belongs together. Whoever disagrees moves it back."),
            _("Now talk. Give each heap a name that is a sentence, not a word."),
            _("Take a picture. Ask what is missing."),
        ),
        (things.NOTES, things.MARKERS, things.WALL, _("A telephone that takes pictures")),
        _("To find barriers or learning questions, and to let silent people count as much as loud ones."),
        _("For one difficult matter: that asks for talk, not for notes."),
        _("A note that hangs alone stays alone: it is often the new one. One word on a note says nothing tomorrow."),
    ),
    Card(
        BuiltIn.CAROUSEL, BuiltIn.CAROUSEL.label,
        _("Groups walk along questions on the wall, and each adds to what the ones before them wrote."),
        Aim.GATHER, 40, 25, 60, 12, 60,
        (
            _("Hang up four to six sheets with a question each, far apart. A group at each, with its own colour."),
            _("Seven minutes: write what you think of. Then all move on to the next sheet."),
            _("Read first what is there. Tick what you share, put a question mark by what you do not see, add."),
            _("Each next round is a minute shorter. Go on until all are back at their own sheet."),
            _("Each group reads its sheet, and tells in one minute what stands out."),
        ),
        (things.FLIPS, things.MARKERS, things.TAPE, things.BELL),
        _("To work on several questions at once, on one's feet, and after lunch."),
        _("When the questions need knowledge that only one group has."),
        _("Write questions that begin with how or what. Hang the sheets where two people side by side can write."),
    ),
)  # fmt: skip
