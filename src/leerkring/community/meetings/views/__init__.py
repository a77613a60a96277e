from leerkring.community.meetings.views.attendance import (
    attendance_page,
    people_expect,
    sign_off,
    sign_up,
    walk_in_note,
)
from leerkring.community.meetings.views.attendance_rows import attendance_change, attendance_own
from leerkring.community.meetings.views.calendar import meeting_calendar
from leerkring.community.meetings.views.door_screen import (
    door_close,
    door_now,
    door_open,
    door_screen,
    name_check_in,
    name_take_back,
)
from leerkring.community.meetings.views.doors import check_in_page, door_page
from leerkring.community.meetings.views.materials import material_add, material_open, material_remove, material_restore
from leerkring.community.meetings.views.meetings import (
    meeting_cancel,
    meeting_change,
    meeting_move,
    meeting_page,
    meeting_plan,
    meeting_restore,
    meetings_page,
)
from leerkring.community.meetings.views.run_sheet import (
    item_change,
    item_move,
    item_put,
    item_remove,
    item_restore,
    items_put,
    run_sheet_page,
    run_sheet_print,
)

__all__ = [
    "attendance_change",
    "attendance_own",
    "attendance_page",
    "check_in_page",
    "door_close",
    "door_now",
    "door_open",
    "door_page",
    "door_screen",
    "item_change",
    "item_move",
    "item_put",
    "item_remove",
    "item_restore",
    "items_put",
    "material_add",
    "material_open",
    "material_remove",
    "material_restore",
    "meeting_calendar",
    "meeting_cancel",
    "meeting_change",
    "meeting_move",
    "meeting_page",
    "meeting_plan",
    "meeting_restore",
    "meetings_page",
    "name_check_in",
    "name_take_back",
    "people_expect",
    "run_sheet_page",
    "run_sheet_print",
    "sign_off",
    "sign_up",
    "walk_in_note",
]
