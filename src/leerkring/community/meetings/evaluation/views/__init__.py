from leerkring.community.meetings.evaluation.views.answering import evaluation_answer, evaluation_link, evaluation_page
from leerkring.community.meetings.evaluation.views.preparing import (
    evaluation_close,
    evaluation_drop,
    evaluation_prepare,
    evaluation_results,
    evaluations_prepare,
)

__all__ = [
    "evaluation_answer",
    "evaluation_close",
    "evaluation_drop",
    "evaluation_link",
    "evaluation_page",
    "evaluation_prepare",
    "evaluation_results",
    "evaluations_prepare",
]
