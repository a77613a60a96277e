"""What every action on a question rests on: the locked row, the change of state, the checks of what is handed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.questions.enums import QuestionState
from leerkring.cycle.questions.models import LearningQuestion, StateChange, Theme, Wording
from leerkring.platform import clock
from leerkring.platform.rules import Refused

SENTENCE = 300


def lock(question: LearningQuestion) -> None:
    """Read the row anew and hold it until the transaction ends; the caller's instance is fresh afterwards."""
    community = question.community
    question.refresh_from_db(from_queryset=LearningQuestion.objects.select_for_update())
    question.community = community


def allow(admitted: bool) -> None:
    if not admitted:
        raise PermissionDenied


def become(question: LearningQuestion, state: QuestionState, by: Person, note: str = "") -> None:
    """Bring the question to a state that the table allows, and write it down. The caller saves the question."""
    if not question.may_become(state):
        raise Refused(
            _("This question is now: %(state)s. Open its page to see what can be done with it.")
            % {"state": QuestionState(question.state).label}
        )
    write_state(question, before=question.state, after=state, by=by, note=note)
    question.state = state


def write_state(question: LearningQuestion, *, before: str, after: QuestionState, by: Person, note: str = "") -> None:
    StateChange.objects.create(question=question, before=before, after=after, at=clock.now(), by=by, note=note)


def sentence(text: str) -> str:
    """The text on one line. Raises Refused when nothing is left, or too much."""
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Write the text first."))
    if len(text) > SENTENCE:
        raise Refused(_("Make it shorter: at most %(count)d characters.") % {"count": SENTENCE})
    return text


def check_meeting(meeting: Meeting | None, community: Community) -> None:
    """A text may be tied to a meeting of the own programme that keeps texts (rule 6)."""
    if meeting is None:
        return
    if meeting.community.root_pk != community.root_pk:
        raise Refused(_("Choose a meeting of this programme."))
    if not meeting.keeps_text:
        raise Refused(_("No text is kept of this meeting. Write the question down without the meeting."))


def write_wording(question: LearningQuestion, *, by: Person, meeting: Meeting | None) -> Wording:
    return Wording.objects.create(question=question, text=question.wording, at=clock.now(), by=by, meeting=meeting)


def check_theme(theme: Theme | None, community: Community) -> None:
    if theme is None:
        return
    if theme.community_id != community.root_pk:
        raise Refused(_("Choose a theme of this programme."))
    if theme.is_closed:
        raise Refused(_("This theme is closed. Choose another one."))


def check_label(label: str, community: Community) -> None:
    if label not in Label.values:
        raise Refused(_("Choose for whom this question is."))
    if label == Label.GROUP and community.root_id is None:
        raise Refused(_("Only a question of a group can be for the group alone. Choose another label."))
