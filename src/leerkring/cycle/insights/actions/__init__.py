"""What people do with what was learned. One file per part."""

from leerkring.cycle.insights.actions.harvesting import (
    change_harvest,
    finish_harvest,
    harvest,
    remove_harvest,
    reopen_harvest,
    restore_harvest,
)
from leerkring.cycle.insights.actions.promoting import (
    promote_to_action,
    promote_to_insight,
    promote_to_question,
    take_back_insight,
)
from leerkring.cycle.insights.actions.threading import add_to_thread, change_thread, put_thread, remove_from_thread
from leerkring.cycle.insights.actions.writing import (
    change_insight,
    change_label,
    follow_up,
    link_question,
    unlink_question,
    write_insight,
)

__all__ = [
    "add_to_thread",
    "change_harvest",
    "change_insight",
    "change_label",
    "change_thread",
    "finish_harvest",
    "follow_up",
    "harvest",
    "link_question",
    "promote_to_action",
    "promote_to_insight",
    "promote_to_question",
    "put_thread",
    "remove_from_thread",
    "remove_harvest",
    "reopen_harvest",
    "restore_harvest",
    "take_back_insight",
    "unlink_question",
    "write_insight",
]
