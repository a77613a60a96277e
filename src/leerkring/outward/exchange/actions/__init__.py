"""What can be done with lists; one file per subject."""

from leerkring.outward.exchange.actions.activities import import_activities
from leerkring.outward.exchange.actions.files import keep_choices, keep_file, send_back
from leerkring.outward.exchange.actions.people import import_people
from leerkring.outward.exchange.actions.undoing import undo_import

__all__ = ["import_activities", "import_people", "keep_choices", "keep_file", "send_back", "undo_import"]
