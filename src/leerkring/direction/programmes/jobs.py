"""What programmes do by themselves as time goes by."""

from leerkring.direction.programmes import actions
from leerkring.platform import jobs


@jobs.every(minutes=15, name="programmes.lapse_offers")
def lapse_offers_later() -> None:
    actions.lapse_offers()
