from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from leerkring.community.accounts import queries as accounts
from leerkring.community.accounts.enums import TicketPurpose
from leerkring.community.accounts.models import Account, SignInTicket
from leerkring.community.memberships.enums import CommunityKind, Label, Level, Role
from leerkring.community.memberships.models import (
    Community,
    Invitation,
    Joining,
    Labelled,
    LevelChange,
    Membership,
    OrganisationAdmin,
    Placement,
    RoleGrant,
)
from leerkring.community.memberships.reading import (
    current_grants,
    forget_standings,  # noqa: F401 - other apps ask for it here
    held_today,
    standing_of,
)
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.community.people.names import fold
from leerkring.community.people.queries import person_of_account, units_under
from leerkring.platform.facts.kept import newest_fact
from leerkring.platform.facts.models import FactRow
from leerkring.platform.prepared import prepared

LabelledItem = TypeVar("LabelledItem", bound=Labelled)

ROLE_ORDER = [Role.TEAM, Role.KEEPER, Role.FACILITATOR, Role.CONTACT, Role.SPONSOR, Role.PARTNER]


def communities_visible_to(person: Person | None) -> QuerySet[Community]:
    """Programme communities that exist for this person: public ones, one's own, and those of one's organisations."""
    standing = standing_of(person)
    programmes = Community.objects.filter(kind=CommunityKind.PROGRAMME)
    seen = Q(is_public=True)
    if person is not None:
        group_roots = Community.objects.filter(pk__in=standing.group_communities).values("root_id")
        own = set(standing.communities) | set(standing.roles) | set(standing.open_to_organisations)
        seen |= Q(pk__in=own) | Q(pk__in=group_roots)
    return programmes.filter(seen)


def programme_named(slug: str) -> Community | None:
    """The programme community of this address, whoever asks, with how far the facts have come."""
    return _programme_named.first(slug)


def _named(slug: str) -> QuerySet[Community]:
    programmes = Community.objects.filter(kind=CommunityKind.PROGRAMME, slug=slug)
    return programmes.annotate(newest_fact=newest_fact())  # type: ignore[no-redef]


_programme_named = prepared(str)(_named)


def labelled_visible_to(person: Person | None, items: QuerySet[LabelledItem]) -> QuerySet[LabelledItem]:
    """The items among these that this person may read by their label (rule 13), of whatever programme."""
    return items.filter(open_to(person))


def open_to(person: Person | None) -> Q:
    """Which labelled items this person may read.

    Communities are named by their ids, which the standing has at hand: a join on each list would cost every page.
    """
    standing = standing_of(person)
    seen = Q(label=Label.PUBLIC)
    if own := standing.within(standing.team_roots) | standing.own_circles:
        seen |= Q(community__in=own)
    if reading := standing.within(standing.reading_roots - standing.team_roots):
        seen |= Q(community__in=reading, label__in=[Label.PROGRAMME, Label.ORGANISATIONS])
    if by_organisation := standing.within(standing.open_to_organisations - standing.reading_roots):
        seen |= Q(community__in=by_organisation, label=Label.ORGANISATIONS)
    return seen


def in_programme(community: Community, items: QuerySet[LabelledItem]) -> QuerySet[LabelledItem]:
    """The items of a programme and of all its groups."""
    return items.filter(community__in=_communities_of(community))


def _communities_of(community: Community) -> QuerySet[Community, int]:
    root = community.root_pk
    return Community.objects.filter(Q(pk=root) | Q(root=root)).values_list("pk", flat=True)


def readable_in(person: Person | None, community: Community, items: QuerySet[LabelledItem]) -> QuerySet[LabelledItem]:
    """The items of a programme and of its groups that this person may read."""
    return items.filter(open_in(person, community))


def open_in(person: Person | None, community: Community, path: str = "") -> Q:
    """Which labelled items of a programme and of its groups this person may read, in one plain condition.

    Whoever stands in the programme has its communities at hand; for others only what is public remains. `path` leads
    from the rows to the labelled item: `"question__"`.
    """
    standing = standing_of(person)
    root = community.root_pk
    home, label = f"{path}community__in", f"{path}label__in"
    if root not in standing.known_roots:
        within = Q((home, _communities_of(community)))
        return within & (Q((label, [Label.PUBLIC])) | Q((home, standing.own_circles)))
    everywhere = standing.within(frozenset((root,)))
    if root in standing.team_roots:
        return Q((home, everywhere))
    labels = [Label.PUBLIC]
    if root in standing.reading_roots:
        labels = [Label.PUBLIC, Label.PROGRAMME, Label.ORGANISATIONS]
    elif root in standing.open_to_organisations:
        labels = [Label.PUBLIC, Label.ORGANISATIONS]
    seen = Q((home, everywhere), (label, labels))
    if own := standing.own_circles & everywhere:
        seen |= Q((home, own))
    return seen


def membership_of(person: Person | None, community: Community) -> Membership | None:
    """The current one."""
    if person is None:
        return None
    return Membership.objects.filter(person=person, community=community, until_on__isnull=True).first()


def current_memberships_of(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, until_on__isnull=True).select_related("community")


def took_part_before(membership: Membership) -> bool:
    """Whether this member ever had a level beyond follower, and so may have it again."""
    return LevelChange.objects.filter(membership=membership).exclude(level=Level.FOLLOWER).exists()


def grants_of(person: Person) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(held_today(), person=person).select_related("community")


def holders(community: Community, role: Role) -> QuerySet[Person]:
    """Who has this role here today."""
    return Person.objects.filter(pk__in=current_grants(community).filter(role=role).values("person_id"))


def is_last_of_team(person: Person, community: Community) -> bool:
    team = current_grants(community).filter(role=Role.TEAM)
    return team.filter(person=person).exists() and not team.exclude(person=person).exists()


def admin_rights_of(person: Person) -> QuerySet[OrganisationAdmin]:
    return OrganisationAdmin.objects.filter(person=person).select_related("organisation")


def invitation_of_token(token: str) -> Invitation | None:
    return Invitation.objects.filter(token=token).select_related("community", "organisation").first()


def joining_of_ticket(ticket: SignInTicket) -> Joining:
    return Joining.objects.select_related("community", "invitation", "organisation", "unit", "ticket").get(
        ticket=ticket
    )


def account_of_ticket(ticket: SignInTicket) -> Account | None:
    """Who has the address of this ticket by now."""
    if ticket.address is not None:
        return ticket.address.account
    known = accounts.address_named(ticket.newcomer_address)
    return known.account if known else None


def members_of(community: Community) -> QuerySet[Membership]:
    """Everybody who takes part or follows today, by last name, with where they work."""
    current = Membership.objects.filter(community=community, until_on__isnull=True)
    return (
        current.select_related("person__policy_field")
        .prefetch_related(_places_now())
        .order_by("person__name_key", "person_id")
    )


def _places_now() -> Prefetch[str, QuerySet[Placement], str]:
    current = Placement.objects.filter(until_on__isnull=True).select_related("organisation", "unit")
    return Prefetch("placements", current)


def placed_at(
    members: QuerySet[Membership], organisation: Organisation | None, unit: Unit | None
) -> QuerySet[Membership]:
    """Those who work there now, parts of the unit included."""
    here = Placement.objects.filter(until_on__isnull=True)
    if organisation is not None:
        members = members.filter(pk__in=here.filter(organisation=organisation).values("membership_id"))
    if unit is not None:
        members = members.filter(pk__in=here.filter(unit__in=units_under(unit)).values("membership_id"))
    return members


def named_like(members: QuerySet[Membership], text: str) -> QuerySet[Membership]:
    """Those whose name holds every word of this text."""
    for word in fold(text).split():
        members = members.filter(person__name_key__contains=word)
    return members


def person_in(person_id: int, community: Community) -> Person | None:
    """Somebody who belongs to this programme today: as a member, by a role, or in one of its groups."""
    inside = Q(community=community.root_pk) | Q(community__root=community.root_pk)
    members = Membership.objects.filter(inside, until_on__isnull=True).values("person_id")
    granted = RoleGrant.objects.filter(inside & held_today()).values("person_id")
    people = Person.objects.filter(Q(pk__in=members) | Q(pk__in=granted), pk=person_id, left_at__isnull=True)
    return people.select_related("account", "policy_field").first()


def roles_in(community: Community, person: Person | None = None) -> QuerySet[RoleGrant]:
    """Roles of today in the programme itself, the team first."""
    grants = current_grants(community)
    if person is not None:
        grants = grants.filter(person=person)
    order = Case(*(When(role=role, then=position) for position, role in enumerate(ROLE_ORDER)), default=9)
    return grants.order_by(order, "person__name_key", "pk")


def grant_in(community: Community, person_id: int, grant_id: int) -> RoleGrant | None:
    grants = RoleGrant.objects.filter(community=community, person=person_id, pk=grant_id)
    return grants.select_related("person", "community").first()


def last_membership_of(person_id: int, community: Community) -> Membership | None:
    """The current one, or else the one that ended last."""
    memberships = Membership.objects.filter(person=person_id, community=community, person__left_at__isnull=True)
    return memberships.select_related("community", "person").order_by("-since_on", "-pk").first()


def membership_numbered(membership_id: int) -> Membership | None:
    return Membership.objects.filter(pk=membership_id).select_related("community", "person").first()


def places_of(membership: Membership) -> QuerySet[Placement]:
    """Every place, the newest first."""
    return (
        Placement.objects.filter(membership=membership)
        .select_related("organisation", "unit")
        .order_by("-since_on", "-pk")
    )


def levels_of(membership: Membership) -> QuerySet[LevelChange]:
    """Every level, the newest first."""
    return LevelChange.objects.filter(membership=membership).order_by("-at", "-pk")


def programmes_of(person: Person) -> QuerySet[Membership]:
    """The programmes this person takes part in or follows."""
    own = Membership.objects.filter(person=person, until_on__isnull=True, community__kind=CommunityKind.PROGRAMME)
    return own.select_related("community").prefetch_related(_places_now()).order_by("community__name")


def last_place_of(person: Person) -> Placement | None:
    """Where this person said last to work, in whatever programme."""
    places = Placement.objects.filter(membership__person=person, until_on__isnull=True)
    return places.select_related("organisation", "unit").order_by("-since_on", "-pk").first()


def invitations_of(community: Community) -> QuerySet[Invitation]:
    """The newest first."""
    return Invitation.objects.filter(community=community).select_related("organisation", "made_by").order_by("-pk")


def invitation_in(community: Community, invitation_id: int) -> Invitation | None:
    return Invitation.objects.filter(community=community, pk=invitation_id).select_related("community").first()


def takes_part(organisation: Organisation, community: Community) -> bool:
    return community.organisations.filter(pk=organisation.pk).exists()


def organisations_of(community: Community) -> QuerySet[Organisation]:
    return community.organisations.all()


def organisation_in(community: Community, organisation_id: int) -> Organisation | None:
    return organisations_of(community).filter(pk=organisation_id).first()


def units_in(community: Community) -> QuerySet[Unit]:
    """The parts of all organisations that take part."""
    units = Unit.objects.filter(organisation__communities=community.root_pk).select_related("organisation")
    return units.order_by("organisation__name", "position", "name")


def people_of_organisation(organisation: Organisation) -> QuerySet[Person]:
    """Whoever works there now, in any programme. Names and places only: nothing of what they do (rule 7)."""
    placed = Placement.objects.filter(
        organisation=organisation, until_on__isnull=True, membership__until_on__isnull=True
    )
    people = Person.objects.filter(pk__in=placed.values("membership__person_id"), left_at__isnull=True)
    return people.select_related("account").prefetch_related("account__addresses")


def units_by_person(organisation: Organisation, people: Iterable[Person]) -> dict[int, list[str]]:
    """In which parts of the organisation these people work now."""
    placed = Placement.objects.filter(
        organisation=organisation,
        until_on__isnull=True,
        membership__until_on__isnull=True,
        membership__person__in=list(people),
        unit__isnull=False,
    )
    rows = placed.values_list("membership__person_id", "unit__name").distinct().order_by("unit__name")
    units: defaultdict[int, list[str]] = defaultdict(list)
    for person_id, name in rows:
        units[person_id].append(name)
    return units


def admins_of(organisation: Organisation) -> QuerySet[OrganisationAdmin]:
    admins = OrganisationAdmin.objects.filter(organisation=organisation)
    return admins.select_related("person").order_by("person__name_key")


def admin_in(organisation: Organisation, admin_id: int) -> OrganisationAdmin | None:
    return admins_of(organisation).filter(pk=admin_id).first()


def platform_admins() -> QuerySet[Person]:
    return Person.objects.filter(account__is_platform_admin=True, left_at__isnull=True).select_related("account")


def people_here() -> QuerySet[Person]:
    """Everybody of the installation, with addresses."""
    everybody = Person.objects.filter(left_at__isnull=True).select_related("account")
    return everybody.prefetch_related("account__addresses")


def person_at(address: str) -> Person | None:
    known = accounts.address_named(address)
    return person_of_account(known.account) if known else None


def joining_of_link(token: str) -> Joining | None:
    ticket = accounts.ticket_of_link(token, TicketPurpose.JOIN)
    if ticket is None:
        return None
    return Joining.objects.filter(ticket=ticket).select_related("community").first()


def organisations_with_units(community: Community) -> QuerySet[Organisation]:
    """Those that take part, with their parts and how many members work there."""
    here = Q(placements__membership__community=community, placements__until_on__isnull=True)
    return (
        community.organisations.prefetch_related("units")
        .annotate(members_count=Count("placements", filter=here & Q(placements__membership__until_on__isnull=True)))
        .order_by("name")
    )


def organisation_taken_out(community: Community, organisation_id: int) -> Organisation | None:
    """One that took part here before: no other can be named by its number."""
    withdrew = FactRow.objects.filter(
        name="OrganisationWithdrew", community_id=community.pk, ids__organisation_id=organisation_id
    )
    return Organisation.objects.filter(pk=organisation_id).first() if withdrew.exists() else None


def sample_programmes() -> QuerySet[Community]:
    return Community.objects.filter(kind=CommunityKind.PROGRAMME, is_sample=True).order_by("name")


def sample_grants(community: Community) -> QuerySet[RoleGrant]:
    """Roles of invented people in a programme and in its groups."""
    inside = Q(community=community.pk) | Q(community__root=community.pk)
    grants = RoleGrant.objects.filter(inside & held_today(), person__is_sample=True, person__left_at__isnull=True)
    return grants.select_related("person__account").order_by("since_on", "pk")


def sample_members(community: Community, level: Level) -> QuerySet[Membership]:
    members = Membership.objects.filter(community=community, until_on__isnull=True, level=level, person__is_sample=True)
    return members.select_related("person__account").order_by("since_on", "pk")


def sample_admins() -> QuerySet[OrganisationAdmin]:
    return OrganisationAdmin.objects.filter(person__is_sample=True).select_related("person__account", "organisation")
