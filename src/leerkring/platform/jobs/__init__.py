"""Jobs: work that is written down in the transaction that wants it, and done after it by a worker.

    @jobs.job("mail.hand_over")
    def hand_over(*, letter_id: int) -> None: ...

    jobs.enqueue("mail.hand_over", letter_id=letter.pk)

A job that was interrupted, by a failure or by the end of its process, is run again: write it so that it can be.
"""

from leerkring.platform.jobs.queue import enqueue, hasten
from leerkring.platform.jobs.registry import TryLater, every, job, when_idle
from leerkring.platform.jobs.running import run_due

__all__ = ["TryLater", "enqueue", "every", "hasten", "job", "run_due", "when_idle"]
