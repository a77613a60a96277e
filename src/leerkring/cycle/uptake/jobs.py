"""What uptake does by itself as time goes by."""

from leerkring.cycle.uptake import actions
from leerkring.platform import jobs


@jobs.every(minutes=60, name="uptake.remind_of_commitments")
def remind_of_commitments_later() -> None:
    actions.remind_of_commitments()
