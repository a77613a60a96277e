"""What people do with programmes. One file per part."""

from leerkring.direction.programmes.actions.calls import (
    ask_forwarding,
    change_call,
    mail_call,
    make_call,
    say_call_sent,
)
from leerkring.direction.programmes.actions.cycles import close_cycle, open_cycle
from leerkring.direction.programmes.actions.dates import follow_meeting
from leerkring.direction.programmes.actions.editions import (
    add_meeting,
    change_edition,
    move_edition,
    open_edition,
    remove_meeting,
    set_meetings,
)
from leerkring.direction.programmes.actions.enrolments import enrol, enrol_people, move_enrolment, put_back
from leerkring.direction.programmes.actions.leaving import expect_again, give_back_places
from leerkring.direction.programmes.actions.places import (
    accept_offer,
    approve,
    decline_offer,
    lapse_offers,
    offer_place,
    renew_waiting,
    withdraw_offer,
)
from leerkring.direction.programmes.actions.programmes import change_programme, start_programme
from leerkring.direction.programmes.actions.registering import (
    ask_to_register,
    change_registration,
    finish_registration,
    register,
)
from leerkring.direction.programmes.completion.actions import complete_enrolments

__all__ = [
    "accept_offer",
    "add_meeting",
    "approve",
    "ask_forwarding",
    "ask_to_register",
    "change_call",
    "change_edition",
    "change_programme",
    "change_registration",
    "close_cycle",
    "complete_enrolments",
    "decline_offer",
    "enrol",
    "enrol_people",
    "expect_again",
    "finish_registration",
    "follow_meeting",
    "give_back_places",
    "lapse_offers",
    "mail_call",
    "make_call",
    "move_edition",
    "move_enrolment",
    "offer_place",
    "open_cycle",
    "open_edition",
    "put_back",
    "register",
    "remove_meeting",
    "renew_waiting",
    "say_call_sent",
    "set_meetings",
    "start_programme",
    "withdraw_offer",
]
