"""What people do with a division, from the list of people to the groups that come of it."""

from leerkring.cycle.groups.forming.actions.handing import TableToFill, ToPlace, form_circles, form_tables, late_change
from leerkring.cycle.groups.forming.actions.moving import arrange, move_candidate, swap_candidates, take_back_move
from leerkring.cycle.groups.forming.actions.people import (
    change_candidate,
    choose_people,
    put_pair,
    remove_pair,
    set_absent,
)
from leerkring.cycle.groups.forming.actions.preparing import (
    change_forming,
    change_possible_group,
    open_forming,
    put_possible_group,
    remove_possible_group,
)
from leerkring.cycle.groups.forming.actions.runs import begin_forming, fail_forming, finish_forming, fit_in
from leerkring.cycle.groups.forming.actions.throwing import bring_back, throw_away
from leerkring.cycle.groups.forming.actions.using import close_forming, make_groups, tie_groups

__all__ = [
    "TableToFill",
    "ToPlace",
    "arrange",
    "begin_forming",
    "bring_back",
    "change_candidate",
    "change_forming",
    "change_possible_group",
    "choose_people",
    "close_forming",
    "fail_forming",
    "finish_forming",
    "fit_in",
    "form_circles",
    "form_tables",
    "late_change",
    "make_groups",
    "move_candidate",
    "open_forming",
    "put_pair",
    "put_possible_group",
    "remove_pair",
    "remove_possible_group",
    "set_absent",
    "swap_candidates",
    "take_back_move",
    "throw_away",
    "tie_groups",
]
