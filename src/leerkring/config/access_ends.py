"""The facts of the communities after which somebody may see less, for the live server to close streams by.

Apps with screens of their own name theirs beside their topics.
"""

from leerkring.community.accounts.facts import SignedOutEverywhere
from leerkring.community.meetings.facts import SeatPutOut
from leerkring.community.memberships.facts import (
    CommunityEdited,
    MemberLeft,
    MembersTakenBack,
    OrganisationAdminDismissed,
    OrganisationWithdrew,
    PlatformAdminDismissed,
    RoleEnded,
)
from leerkring.community.people.facts import PeopleTakenBack, PersonLeft
from leerkring.community.people.models import Person
from leerkring.cycle.groups.facts import GroupLeft
from leerkring.platform import live


def register() -> None:
    of_one = (MemberLeft, RoleEnded, GroupLeft, PersonLeft, OrganisationAdminDismissed, PlatformAdminDismissed)
    live.ends_access(*of_one, whom=lambda change: [live.holder(change.ids["person_id"])])
    live.ends_access(PeopleTakenBack, whom=lambda change: map(live.holder, change.ids["person_ids"]))
    live.ends_access(SignedOutEverywhere, whom=_of_account)
    live.ends_access(SeatPutOut, whom=lambda change: [f"seat:{change.ids['seat_id']}"])
    # Whom these concern is not in the fact: everybody there asks again.
    live.ends_access(MembersTakenBack, OrganisationWithdrew, CommunityEdited)


def _of_account(change: live.Change) -> list[str]:
    persons = Person.objects.filter(account_id=change.ids["account_id"]).values_list("pk", flat=True)
    return [live.holder(person_id) for person_id in persons]
