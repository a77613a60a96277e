"""What people do with groups. One file per part of a group's life."""

from leerkring.cycle.groups.actions.cases import (
    change_case,
    close_case,
    lay_down_role,
    put_case,
    reopen_case,
    take_role,
)
from leerkring.cycle.groups.actions.life import change_group, form_group, move_group, propose_group, undo_move
from leerkring.cycle.groups.actions.people import (
    add_question,
    join_group,
    leave_group,
    make_contact,
    remove_question,
    undo_leaving,
)
from leerkring.cycle.groups.actions.rearranging import Part, merge_groups, split_group
from leerkring.cycle.groups.actions.results import write_result
from leerkring.cycle.groups.actions.roles import (
    bring_back_transition_role,
    change_transition_role,
    put_transition_role,
    retire_transition_role,
    start_transition_roles,
)

__all__ = [
    "Part",
    "add_question",
    "bring_back_transition_role",
    "change_case",
    "change_group",
    "change_transition_role",
    "close_case",
    "form_group",
    "join_group",
    "lay_down_role",
    "leave_group",
    "make_contact",
    "merge_groups",
    "move_group",
    "propose_group",
    "put_case",
    "put_transition_role",
    "remove_question",
    "reopen_case",
    "retire_transition_role",
    "split_group",
    "start_transition_roles",
    "take_role",
    "undo_leaving",
    "undo_move",
    "write_result",
]
