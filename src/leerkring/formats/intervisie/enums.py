from django.db import models
from django.utils.translation import gettext_lazy as _


class BuiltIn(models.TextChoices):
    """The methods that come with the product, in our own words (library/)."""

    INCIDENT = "incident", _("Incident method")
    FIVE_STEPS = "five-steps", _("Five steps")
    TEN_STEPS = "ten-steps", _("Ten steps")
    GOSSIP = "gossip", _("Gossip method")
    BALINT = "balint", _("Balint method")
    SOCRATIC = "socratic", _("Socratic conversation, short")
    SUCCESS = "success", _("Learning from success")


class Experience(models.TextChoices):
    """How much of it a group has done together, from little to much."""

    NEW = "new", _("new to intervisie")
    SOME = "some", _("did it a few times")
    MUCH = "much", _("experienced")

    @property
    def rank(self) -> int:
        return list(Experience).index(self)


class Speaker(models.TextChoices):
    """Whose turn it is in a step."""

    EVERYONE = "everyone", _("everyone")
    BRINGER = "bringer", _("the case bringer")
    ASKING = "asking", _("the group asks, the case bringer answers")
    GROUP = "group", _("the group, the case bringer listens")
    NOBODY = "nobody", _("nobody: each thinks alone")


class RoundState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
