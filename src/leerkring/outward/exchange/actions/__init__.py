"""What can be done with lists and calendars; one file per subject."""

from leerkring.outward.exchange.actions.activities import import_activities
from leerkring.outward.exchange.actions.calendars import close_calendar, open_calendar
from leerkring.outward.exchange.actions.files import keep_choices, keep_file, send_back
from leerkring.outward.exchange.actions.people import import_people
from leerkring.outward.exchange.actions.undoing import undo_import

__all__ = [
    "close_calendar",
    "import_activities",
    "import_people",
    "keep_choices",
    "keep_file",
    "open_calendar",
    "send_back",
    "undo_import",
]
