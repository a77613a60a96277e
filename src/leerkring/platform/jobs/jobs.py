from datetime import timedelta

from leerkring.platform import clock, jobs
from leerkring.platform.jobs.enums import State
from leerkring.platform.jobs.models import Job

KEPT = {State.DONE: timedelta(days=7), State.DEAD: timedelta(days=90)}


@jobs.every(minutes=24 * 60, name="jobs.clean")
def clean() -> None:
    for state, term in KEPT.items():
        Job.objects.filter(state=state, ended_at__lt=clock.now() - term).delete()
