from leerkring.outward.exchange import queries
from leerkring.platform import jobs


@jobs.every(minutes=60, name="exchange.clean_waiting_files")
def clean_waiting_files() -> None:
    """A list that nobody decided about goes after a day, also when no other list is put in."""
    queries.old_waiting_files().delete()
