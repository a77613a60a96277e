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

from leerkring.cycle.uptake.handing.models import Handover  # isort: skip  # points to those above

__all__ = [
    "Block",
    "Change",
    "Commitment",
    "CommitmentReminder",
    "GivingUp",
    "Handover",
    "Initiative",
    "InitiativeJudgement",
    "InitiativeOrganisation",
    "NormReview",
    "Promotion",
    "QuestionFromBlock",
    "StepTaken",
    "Uptake",
]
