"""What people do on the way from an insight to the norm."""

from leerkring.cycle.uptake.actions.blocks import (
    block,
    link_block_to_question,
    loosen_block_from_question,
    question_from_block,
    unblock,
)
from leerkring.cycle.uptake.actions.changes import (
    change_change,
    link_activity,
    link_goal,
    link_insight,
    loosen_link,
    put_change,
)
from leerkring.cycle.uptake.actions.commitments import (
    make_commitment,
    promote_to_commitment,
    remove_commitment,
    restore_commitment,
    share_commitment,
)
from leerkring.cycle.uptake.actions.initiatives import (
    change_initiative,
    join_initiative,
    judge_initiative,
    leave_initiative,
    link_initiative,
    loosen_initiative,
    put_initiative,
)
from leerkring.cycle.uptake.actions.looking_back import (
    insight_from_commitment,
    look_back,
    question_from_commitment,
    remind_of_commitments,
    uptake_from_commitment,
)
from leerkring.cycle.uptake.actions.steps import (
    give_up,
    name_recipient,
    resume,
    review_norm,
    start_uptake,
    step_down,
    step_up,
)

__all__ = [
    "block",
    "change_change",
    "change_initiative",
    "give_up",
    "insight_from_commitment",
    "join_initiative",
    "judge_initiative",
    "leave_initiative",
    "link_activity",
    "link_block_to_question",
    "link_goal",
    "link_initiative",
    "link_insight",
    "look_back",
    "loosen_block_from_question",
    "loosen_initiative",
    "loosen_link",
    "make_commitment",
    "name_recipient",
    "promote_to_commitment",
    "put_change",
    "put_initiative",
    "question_from_block",
    "question_from_commitment",
    "remind_of_commitments",
    "remove_commitment",
    "restore_commitment",
    "resume",
    "review_norm",
    "share_commitment",
    "start_uptake",
    "step_down",
    "step_up",
    "unblock",
    "uptake_from_commitment",
]
