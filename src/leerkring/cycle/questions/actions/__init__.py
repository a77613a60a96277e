"""Everything that people do with themes, learning questions and their actions."""

from leerkring.cycle.questions.actions.answers import (
    answer_provisionally,
    answer_question,
    drop_question,
    explore_question,
    put_back_question,
    reopen_question,
)
from leerkring.cycle.questions.actions.links import (
    change_label,
    change_theme_of_question,
    free_questions,
    give_owner,
    link_activity,
    link_goal,
    offer_to_own,
    pass_on_ownership,
    set_links,
    unlink_activity,
    unlink_goal,
)
from leerkring.cycle.questions.actions.placing import give_code, take_back
from leerkring.cycle.questions.actions.steps import (
    change_action,
    finish_action,
    put_action,
    reopen_action,
    stop_action,
)
from leerkring.cycle.questions.actions.successions import merge_questions, split_question
from leerkring.cycle.questions.actions.themes import change_theme, close_theme, put_theme, reopen_theme
from leerkring.cycle.questions.actions.wordings import raise_question, reword_question, sharpen_question

__all__ = [
    "answer_provisionally",
    "answer_question",
    "change_action",
    "change_label",
    "change_theme",
    "change_theme_of_question",
    "close_theme",
    "drop_question",
    "explore_question",
    "finish_action",
    "free_questions",
    "give_code",
    "give_owner",
    "link_activity",
    "link_goal",
    "merge_questions",
    "offer_to_own",
    "pass_on_ownership",
    "put_action",
    "put_back_question",
    "put_theme",
    "raise_question",
    "reopen_action",
    "reopen_question",
    "reopen_theme",
    "reword_question",
    "set_links",
    "sharpen_question",
    "split_question",
    "stop_action",
    "take_back",
    "unlink_activity",
    "unlink_goal",
]
