"""Changes and their uptake, commitments, and promising initiatives."""

from leerkring.cycle.uptake.models.changes import (
    Block,
    Change,
    GivingUp,
    NormReview,
    QuestionFromBlock,
    StepTaken,
    Uptake,
)
from leerkring.cycle.uptake.models.commitments import Commitment, CommitmentReminder, Promotion
from leerkring.cycle.uptake.models.initiatives import Initiative, InitiativeJudgement, InitiativeOrganisation

__all__ = [
    "Block",
    "Change",
    "Commitment",
    "CommitmentReminder",
    "GivingUp",
    "Initiative",
    "InitiativeJudgement",
    "InitiativeOrganisation",
    "NormReview",
    "Promotion",
    "QuestionFromBlock",
    "StepTaken",
    "Uptake",
]
