from leerkring.cycle.agenda.views.comparing import compare_page, river_page
from leerkring.cycle.agenda.views.drafting import (
    agenda_stubborn,
    draft_page,
    question_move,
    question_place,
    question_split,
    question_take_off,
    questions_merge,
)
from leerkring.cycle.agenda.views.versions import agenda_page, version_new, version_page

__all__ = [
    "agenda_page",
    "agenda_stubborn",
    "compare_page",
    "draft_page",
    "question_move",
    "question_place",
    "question_split",
    "question_take_off",
    "questions_merge",
    "river_page",
    "version_new",
    "version_page",
]
