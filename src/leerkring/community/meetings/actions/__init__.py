"""What people do with meetings. One file per part."""

from leerkring.community.meetings.actions.attendance import (
    Noted,
    expect_people,
    note_attendance,
    note_attendances,
    note_parts,
    sign_off,
    sign_up,
)
from leerkring.community.meetings.actions.doors import (
    admit_guests,
    close_door,
    lock_door,
    open_door,
    rotate_code,
    unlock_door,
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
from leerkring.community.meetings.actions.seats import (
    check_in,
    check_in_by_name,
    claim_seat,
    let_back_in,
    put_out,
    take_seat,
)

__all__ = [
    "Line",
    "Noted",
    "add_material",
    "admit_guests",
    "cancel_meeting",
    "change_meeting",
    "change_run_sheet_item",
    "check_in",
    "check_in_by_name",
    "claim_seat",
    "close_door",
    "expect_people",
    "let_back_in",
    "lock_door",
    "move_meeting",
    "move_run_sheet_item",
    "note_attendance",
    "note_attendances",
    "note_parts",
    "open_door",
    "plan_meeting",
    "put_out",
    "put_run_sheet_item",
    "put_run_sheet_items",
    "remove_material",
    "remove_run_sheet_item",
    "restore_material",
    "restore_meeting",
    "restore_run_sheet_item",
    "rotate_code",
    "sign_off",
    "sign_up",
    "take_seat",
    "unlock_door",
]
