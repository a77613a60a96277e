"""What people do in intervisie; one file per subject. None of these verbs takes a word about a case."""

from leerkring.formats.intervisie.actions.dividing import form_groups, have_groups_formed
from leerkring.formats.intervisie.actions.groups import (
    accept_agreements,
    close_group,
    form_group,
    reopen_group,
    write_agreements,
)
from leerkring.formats.intervisie.actions.methods import (
    StepText,
    change_method,
    copy_method,
    put_method,
    remove_method,
    restore_method,
)
from leerkring.formats.intervisie.actions.points import release_point, withdraw_point
from leerkring.formats.intervisie.actions.rounds import (
    change_round,
    note_who_is_here,
    plan_round,
    plan_round_on,
    remove_round,
)
from leerkring.formats.intervisie.actions.running import (
    add_minute,
    begin_round,
    catch_up,
    end_round,
    go_back,
    go_on,
    pause_round,
    resume_round,
)
from leerkring.formats.intervisie.actions.turns import note_turn, take_turn_back

__all__ = [
    "StepText",
    "accept_agreements",
    "add_minute",
    "begin_round",
    "catch_up",
    "change_method",
    "change_round",
    "close_group",
    "copy_method",
    "end_round",
    "form_group",
    "form_groups",
    "go_back",
    "go_on",
    "have_groups_formed",
    "note_turn",
    "note_who_is_here",
    "pause_round",
    "plan_round",
    "plan_round_on",
    "put_method",
    "release_point",
    "remove_method",
    "remove_round",
    "reopen_group",
    "restore_method",
    "resume_round",
    "take_turn_back",
    "withdraw_point",
    "write_agreements",
]
