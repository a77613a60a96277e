from leerkring.cycle.groups.views.cases import (
    case_close,
    case_edit,
    case_new,
    case_page,
    case_reopen,
    role_lay_down,
    role_take,
)
from leerkring.cycle.groups.views.forming import group_edit, group_new, group_split, groups_merge
from leerkring.cycle.groups.views.group import (
    group_come_back,
    group_contact,
    group_join,
    group_leave,
    group_move,
    group_move_back,
    group_page,
    question_add,
    question_remove,
)
from leerkring.cycle.groups.views.overview import groups_page
from leerkring.cycle.groups.views.results import result_edit, result_page
from leerkring.cycle.groups.views.roles import role_bring_back, role_change, role_retire, roles_page, roles_start

__all__ = [
    "case_close",
    "case_edit",
    "case_new",
    "case_page",
    "case_reopen",
    "group_come_back",
    "group_contact",
    "group_edit",
    "group_join",
    "group_leave",
    "group_move",
    "group_move_back",
    "group_new",
    "group_page",
    "group_split",
    "groups_merge",
    "groups_page",
    "question_add",
    "question_remove",
    "result_edit",
    "result_page",
    "role_bring_back",
    "role_change",
    "role_lay_down",
    "role_retire",
    "role_take",
    "roles_page",
    "roles_start",
]
