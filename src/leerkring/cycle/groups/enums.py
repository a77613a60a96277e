from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    FORMED = "formed", _("formed")
    WORKING = "working", _("working")
    DORMANT = "dormant", _("quiet")
    PRESENTING = "presenting", _("presenting")
    FINISHED = "finished", _("finished")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")


class Guidance(models.TextChoices):
    OWN = "own", _("on its own")
    GUIDED = "guided", _("guided")


_G = GroupState

GROUP_TRANSITIONS: dict[GroupState, frozenset[GroupState]] = {
    _G.PROPOSED: frozenset({_G.FORMED, _G.FINISHED}),
    _G.FORMED: frozenset({_G.WORKING, _G.FINISHED}),
    _G.WORKING: frozenset({_G.DORMANT, _G.PRESENTING, _G.FINISHED, _G.SPLIT, _G.MERGED}),
    _G.DORMANT: frozenset({_G.WORKING, _G.FINISHED}),
    _G.PRESENTING: frozenset({_G.WORKING, _G.FINISHED, _G.SPLIT, _G.MERGED}),
    _G.FINISHED: frozenset({_G.WORKING}),
    _G.SPLIT: frozenset(),
    _G.MERGED: frozenset(),
}

LIVING_GROUP_STATES = frozenset({_G.PROPOSED, _G.FORMED, _G.WORKING, _G.DORMANT, _G.PRESENTING})


class FormingState(models.TextChoices):
    """Where a division stands."""

    PREPARED = "prepared", _("being prepared")
    RUNNING = "running", _("being formed")
    FORMED = "formed", _("formed")
    FAILED = "failed", _("not possible yet")
    USED = "used", _("groups made")


class PairKind(models.TextChoices):
    TOGETHER = "together", _("must be together")
    APART = "apart", _("must be apart")
    CHOSEN = "chosen", _("chose each other")
