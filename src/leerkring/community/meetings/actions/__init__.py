"""What people do with meetings. One file per part."""

from leerkring.community.meetings.actions.attendance import (
    Noted,
    expect_people,
    note_attendance,
    note_attendances,
    sign_off,
    sign_up,
)
from leerkring.community.meetings.actions.materials import add_material, remove_material, restore_material
from leerkring.community.meetings.actions.planning import (
    cancel_meeting,
    change_meeting,
    move_meeting,
    plan_meeting,
    restore_meeting,
)
from leerkring.community.meetings.actions.run_sheet import (
    Line,
    change_run_sheet_item,
    move_run_sheet_item,
    put_run_sheet_item,
    put_run_sheet_items,
    remove_run_sheet_item,
    restore_run_sheet_item,
)

__all__ = [
    "Line",
    "Noted",
    "add_material",
    "cancel_meeting",
    "change_meeting",
    "change_run_sheet_item",
    "expect_people",
    "move_meeting",
    "move_run_sheet_item",
    "note_attendance",
    "note_attendances",
    "plan_meeting",
    "put_run_sheet_item",
    "put_run_sheet_items",
    "remove_material",
    "remove_run_sheet_item",
    "restore_material",
    "restore_meeting",
    "restore_run_sheet_item",
    "sign_off",
    "sign_up",
]
