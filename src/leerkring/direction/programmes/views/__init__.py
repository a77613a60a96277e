from leerkring.direction.programmes.views.editions import (
    cycle_open,
    edition_change,
    edition_complete,
    edition_meetings,
    edition_move,
    edition_open,
    edition_page,
    editions_page,
)
from leerkring.direction.programmes.views.enrolments import edition_apply, enrolment_move, people_enrol
from leerkring.direction.programmes.views.programmes import programme_start, programmes_page, settings_page

__all__ = [
    "cycle_open",
    "edition_apply",
    "edition_change",
    "edition_complete",
    "edition_meetings",
    "edition_move",
    "edition_open",
    "edition_page",
    "editions_page",
    "enrolment_move",
    "people_enrol",
    "programme_start",
    "programmes_page",
    "settings_page",
]
