from leerkring.community.meetings.evaluation.views.answering import (
    evaluation_answer,
    evaluation_here,
    evaluation_link,
    evaluation_mail,
    evaluation_page,
)
from leerkring.community.meetings.evaluation.views.preparing import (
    evaluation_close,
    evaluation_drop,
    evaluation_paper,
    evaluation_prepare,
    evaluation_results,
    evaluation_sheet,
    evaluations_prepare,
)

__all__ = [
    "evaluation_answer",
    "evaluation_close",
    "evaluation_drop",
    "evaluation_here",
    "evaluation_link",
    "evaluation_mail",
    "evaluation_page",
    "evaluation_paper",
    "evaluation_prepare",
    "evaluation_results",
    "evaluation_sheet",
    "evaluations_prepare",
]
