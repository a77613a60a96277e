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
from leerkring.direction.programmes.views.enrolments import enrolment_move, enrolment_restore, people_enrol
from leerkring.direction.programmes.views.programmes import programme_start, programmes_page, settings_page
from leerkring.direction.programmes.views.recruiting import (
    call_forward,
    call_mail,
    call_make,
    call_page,
    call_sent,
    recruit_page,
    registration_settings,
)
from leerkring.direction.programmes.views.registering import (
    edition_register,
    place_page,
    registration_code,
    registration_confirm,
    registration_leave,
)
from leerkring.direction.programmes.views.waiting import (
    enrolment_approve,
    offer_make,
    offer_withdraw,
    waiting_page,
)

__all__ = [
    "call_forward",
    "call_mail",
    "call_make",
    "call_page",
    "call_sent",
    "cycle_open",
    "edition_change",
    "edition_complete",
    "edition_meetings",
    "edition_move",
    "edition_open",
    "edition_page",
    "edition_register",
    "editions_page",
    "enrolment_approve",
    "enrolment_move",
    "enrolment_restore",
    "offer_make",
    "offer_withdraw",
    "people_enrol",
    "place_page",
    "programme_start",
    "programmes_page",
    "recruit_page",
    "registration_code",
    "registration_confirm",
    "registration_leave",
    "registration_settings",
    "settings_page",
    "waiting_page",
]
