from django.utils.translation import gettext_lazy as _

from leerkring.formats.intervisie.enums import BuiltIn, Experience, Speaker
from leerkring.formats.intervisie.library.sheet import Sheet, SheetStep

TEN_STEPS = Sheet(
    BuiltIn.TEN_STEPS, _("Ten steps"),
    _("Fits beginners who have the time: each step is small and tells exactly what to do."),
    Experience.NEW, 4, 7,
    (
        SheetStep(
            _("Describe"), 10, Speaker.BRINGER,
            _("Describe what happened, and end with your question."),
            _("Nobody interrupts. Note what you want to know on your own paper."),
        ),
        SheetStep(
            _("Write questions"), 5, Speaker.NOBODY,
            _("Write down three questions each, on your own paper. It goes into the bin afterwards."),
            _("No talking."),
        ),
        SheetStep(
            _("Value the questions"), 5, Speaker.BRINGER,
            _("All questions are read out. Case bringer, say of each one: cold, neutral or warm."),
            _("No answers yet."),
        ),
        SheetStep(
            _("Answers"), 10, Speaker.BRINGER,
            _("Answer the questions, the warm ones last."),
            _("The group does not ask on."),
        ),
        SheetStep(
            _("Second round of questions"), 10, Speaker.ASKING,
            _("Ask on about what you just heard, one question each."),
            _("No advice dressed up as a question."),
        ),
        SheetStep(
            _("The core problem"), 10, Speaker.GROUP,
            _("Each of us: for you, I think the core is. Case bringer, listen."),
            _("No discussion, and no reaction yet."),
        ),
        SheetStep(
            _("A new question"), 5, Speaker.BRINGER,
            _("What hit home? Word your question anew."),
            _("The group does not help with the wording."),
        ),
        SheetStep(
            _("A new approach"), 5, Speaker.BRINGER,
            _("What are you going to do, and with whom?"),
            _("No judging of the plan."),
        ),
        SheetStep(
            _("Tips"), 15, Speaker.GROUP,
            _("One tip each that helps this plan along."),
            _("No other plan in its place."),
        ),
        SheetStep(
            _("Own insights"), 10, Speaker.EVERYONE,
            _("Each of us: what does this say to you about your own work?"),
            _("Do not go back into the case."),
        ),
    ),
)  # fmt: skip

BALINT = Sheet(
    BuiltIn.BALINT, _("Balint method"),
    _("Fits experienced groups: it is about the person in the case, and about what one feels."),
    Experience.MUCH, 5, 9,
    (
        SheetStep(
            _("Collect"), 5, Speaker.EVERYONE,
            _("What occupies us? One sentence each."),
            _("No explanation yet."),
        ),
        SheetStep(
            _("Choosing"), 5, Speaker.EVERYONE,
            _("Whose case has the most energy now?"),
            _("Do not start on the case."),
        ),
        SheetStep(
            _("Tell"), 10, Speaker.BRINGER,
            _("Tell it as it comes to you, without preparation or papers."),
            _("Nobody interrupts, nobody helps."),
        ),
        SheetStep(
            _("Factual questions"), 10, Speaker.ASKING,
            _("Ask for what you miss to see it before you."),
            _("No explanation and no opinion."),
        ),
        SheetStep(
            _("What it does to us"), 10, Speaker.GROUP,
            _("Case bringer, move back. The others: what did you feel while you listened?"),
            _("No analysis yet. The case bringer says nothing."),
        ),
        SheetStep(
            _("Images"), 10, Speaker.GROUP,
            _("Which image, which scene comes to mind?"),
            _("Nobody explains an image of another."),
        ),
        SheetStep(
            _("In the other's shoes"), 15, Speaker.GROUP,
            _("Speak as the people in the case: I, the colleague. I, the director."),
            _("Do not speak about them. The case bringer says nothing."),
        ),
        SheetStep(
            _("What may be going on"), 10, Speaker.GROUP,
            _("What may be going on between the case bringer and the other?"),
            _("No advice, no certainty: begin with perhaps."),
        ),
        SheetStep(
            _("The case bringer reacts"), 10, Speaker.BRINGER,
            _("Come back into the circle. What touched you, what is new?"),
            _("The group does not defend itself."),
        ),
        SheetStep(
            _("What now"), 5, Speaker.BRINGER,
            _("What will you do differently at the next meeting with this person?"),
            _("No advice, unless the case bringer asks for it."),
        ),
        SheetStep(
            _("Evaluation"), 5, Speaker.EVERYONE,
            _("How did we work together? What does each of us take along?"),
            _("Do not go back into the case."),
        ),
    ),
)  # fmt: skip

SOCRATIC = Sheet(
    BuiltIn.SOCRATIC, _("Socratic conversation, short"),
    _("Fits a question with layers: the questions of others do the work."),
    Experience.SOME, 3, 6,
    (
        SheetStep(
            _("The problem in three sentences"), 5, Speaker.BRINGER,
            _("Tell the problem in three sentences, not more."),
            _("Nobody asks anything yet."),
        ),
        SheetStep(
            _("Three open questions each"), 10, Speaker.GROUP,
            _("Think up three open questions each and read them out slowly."),
            _("No answers, no introduction to a question."),
        ),
        SheetStep(
            _("Cold, neutral, warm"), 1, Speaker.BRINGER,
            _("Sort the questions by feeling: cold, neutral or warm."),
            _("Do not explain why."),
        ),
        SheetStep(
            _("Answer the warm ones"), 10, Speaker.BRINGER,
            _("Answer the warm questions, aloud and in your own time."),
            _("The group does not react. Silence may last."),
        ),
        SheetStep(
            _("A new wording and a next step"), 15, Speaker.EVERYONE,
            _("Case bringer, word your problem anew. What is the next step? Then all: what did you hear change?"),
            _("No advice, unless the case bringer asks for it."),
        ),
    ),
)  # fmt: skip
