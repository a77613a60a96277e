"""What people do with programmes. One file per part."""

from leerkring.direction.programmes.actions.cycles import close_cycle, open_cycle
from leerkring.direction.programmes.actions.editions import (
    add_meeting,
    change_edition,
    move_edition,
    open_edition,
    remove_meeting,
    set_meetings,
)
from leerkring.direction.programmes.actions.enrolments import complete_enrolments, enrol, enrol_people, move_enrolment
from leerkring.direction.programmes.actions.programmes import change_programme, start_programme

__all__ = [
    "add_meeting",
    "change_edition",
    "change_programme",
    "close_cycle",
    "complete_enrolments",
    "enrol",
    "enrol_people",
    "move_edition",
    "move_enrolment",
    "open_cycle",
    "open_edition",
    "remove_meeting",
    "set_meetings",
    "start_programme",
]
