from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("not started")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


ACTIVITY_TRANSITIONS: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PLANNED: frozenset({ActivityState.RUNNING, ActivityState.DONE, ActivityState.STOPPED}),
    ActivityState.RUNNING: frozenset({ActivityState.DONE, ActivityState.STOPPED, ActivityState.PLANNED}),
    ActivityState.DONE: frozenset({ActivityState.RUNNING}),
    ActivityState.STOPPED: frozenset({ActivityState.RUNNING, ActivityState.PLANNED}),
}
