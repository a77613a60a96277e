"""Evaluations open when their meeting ends and close when their term is over, by the clock."""

from leerkring.community.meetings.evaluation import actions
from leerkring.platform import jobs


@jobs.every(minutes=10, name="meetings.open_and_close_evaluations")
def open_and_close_evaluations_later() -> None:
    actions.open_and_close_evaluations()
