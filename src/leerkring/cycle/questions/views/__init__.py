from leerkring.cycle.questions.views.lists import question_new, questions_page, themes_page
from leerkring.cycle.questions.views.pages import question_page
from leerkring.cycle.questions.views.steps import (
    action_change,
    action_finish,
    action_new,
    action_reopen,
    action_stop,
)
from leerkring.cycle.questions.views.themes import theme_change, theme_close, theme_new, theme_reopen
from leerkring.cycle.questions.views.verbs import (
    question_answer,
    question_drop,
    question_explore,
    question_label,
    question_links,
    question_offer,
    question_owner,
    question_reopen,
    question_reword,
    question_sharpen,
    question_theme,
)

__all__ = [
    "action_change",
    "action_finish",
    "action_new",
    "action_reopen",
    "action_stop",
    "question_answer",
    "question_drop",
    "question_explore",
    "question_label",
    "question_links",
    "question_new",
    "question_offer",
    "question_owner",
    "question_page",
    "question_reopen",
    "question_reword",
    "question_sharpen",
    "question_theme",
    "questions_page",
    "theme_change",
    "theme_close",
    "theme_new",
    "theme_reopen",
    "themes_page",
]
