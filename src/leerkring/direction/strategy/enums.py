from django.db import models
from django.utils.translation import pgettext_lazy


class ActivityState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("activity", "not started")
    RUNNING = "running", pgettext_lazy("activity", "running")
    DONE = "done", pgettext_lazy("activity", "done")
    STOPPED = "stopped", pgettext_lazy("activity", "stopped")


ACTIVITY_TRANSITIONS: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PLANNED: frozenset({ActivityState.RUNNING, ActivityState.DONE, ActivityState.STOPPED}),
    ActivityState.RUNNING: frozenset({ActivityState.DONE, ActivityState.STOPPED, ActivityState.PLANNED}),
    ActivityState.DONE: frozenset({ActivityState.RUNNING}),
    ActivityState.STOPPED: frozenset({ActivityState.RUNNING, ActivityState.PLANNED}),
}
