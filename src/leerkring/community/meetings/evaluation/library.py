"""Questions that fit most meetings. They are named by a key, so that each reader sees them in their own language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.evaluation.enums import AskedAs

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Ready:
    key: str
    text: Promise
    kind: AskedAs


LIBRARY = {
    ready.key: ready
    for ready in (
        Ready("useful", _("How much of this can you use in your own work?"), AskedAs.SCALE),
        Ready("room", _("Was there room for what you wanted to bring in?"), AskedAs.SCALE),
        Ready("people", _("Did you meet people with whom you can go on?"), AskedAs.SCALE),
        Ready("step", _("Do you know what your next step is?"), AskedAs.SCALE),
        Ready("worth", _("Was it worth your time?"), AskedAs.SCALE),
        Ready("take", _("What do you take with you to your work?"), AskedAs.LINE),
        Ready("better", _("What should be different next time?"), AskedAs.LINE),
        Ready("missed", _("Whom or what did you miss?"), AskedAs.LINE),
    )
}
USUAL = ("useful", "room", "better")
"""What is asked when nobody chooses otherwise."""
USUAL_WITHOUT_TEXT = ("useful", "room")
"""At an intervisie: numbers only, so that nothing of a case is written down (rule 6)."""
