"""What each figure counts, in a sentence that stands beside it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definition:
    name: Promise
    sentence: Promise


DEFINITIONS: dict[str, Definition] = {
    "participants": Definition(
        _("Participants"),
        _(
            "People who take part: enrolled in an edition that has begun or, in a community, a member today at a level "
            "other than follower."
        ),
    ),
    "organisations": Definition(_("Organisations"), _("Organisations that these people work for.")),
    "units": Definition(
        _("Units"), _("Main units that members work in. The parts of a unit count as that unit, once.")
    ),
    "meetings": Definition(
        _("Meetings"), _("Meetings of the programme itself that were held, by kind. Those of groups are left out.")
    ),
    "completed": Definition(
        _("Completed"), _("Enrolments completed fully or partly, by the rule that was announced before.")
    ),
    "members_at_start": Definition(
        _("Members at the start"),
        _("People who were a member or follower when the community started, or when the learning programme first met."),
    ),
    "members_now": Definition(_("Members now"), _("People who are members or followers today.")),
    "themes": Definition(_("Themes"), _("Themes of the learning agenda that are not closed.")),
    "groups": Definition(
        _("Groups at the start"), _("Learning groups that were formed at the first werkplaats, ended ones too.")
    ),
    "groups_now": Definition(
        _("Groups now"), _("Learning groups that were formed and have not ended; quiet ones count too.")
    ),
    "versions": Definition(_("Agenda versions"), _("Versions of the learning agenda that were set.")),
    "questions": Definition(_("Learning questions"), _("Learning questions by their state today.")),
    "insights": Definition(_("Insights"), _("Insights that were written down.")),
    "uptakes": Definition(
        _("Uptake"), _("Places, each one change in one unit, by the step that it stands on. Given up is left out.")
    ),
    "norms": Definition(_("Norm"), _("Places where the new way of working is the norm.")),
    "stopped": Definition(_("Stopped"), _("Old ways of working that one unit or more has stopped with for good.")),
    "activities": Definition(_("Activities"), _("Activities under the goals, in any state.")),
}
