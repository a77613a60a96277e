"""The cast of the unit tests: two programmes with somebody in every role, made afresh for each test that asks.

`cast.own` is the programme under test, `cast.other` one that has nothing to do with it. People are named after what
they are. Rows below the cycle are made directly, because the actions under test should not depend on each other.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from leerkring.community.accounts.models import Account, EmailAddress
from leerkring.community.meetings.enums import MeetingKind, MeetingState
from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.enums import CommunityKind, Label, Level, Role
from leerkring.community.memberships.models import Community, Membership, Placement, RoleGrant
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.direction.programmes.enums import ProgrammeKind
from leerkring.direction.programmes.models import Programme
from leerkring.platform import clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2024, 12, 3, 10, 0, tzinfo=AMSTERDAM)


def make_organisation(name: str, *units: str) -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(name=name)
    known = set(organisation.units.values_list("name", flat=True))
    Unit.objects.bulk_create(
        Unit(organisation=organisation, name=unit, position=position)
        for position, unit in enumerate(units)
        if unit not in known
    )
    return organisation


def make_person(given_name: str, family_name: str = "Voorbeeld", *, prefix: str = "", address: str = "") -> Person:
    (person,) = make_people([(given_name, family_name)], prefix=prefix, address=address)
    return person


def make_people(names: Iterable[tuple[str, str]], *, prefix: str = "", address: str = "") -> list[Person]:
    """Given and family names; one insert for each table, because nearly every test begins here."""
    wanted = list(names)
    accounts = Account.objects.bulk_create(Account(made_at=clock.now()) for _ in wanted)
    EmailAddress.objects.bulk_create(
        EmailAddress(
            account=account,
            address=address or f"{given_name}.{family_name}@voorbeeld.example".lower().replace(" ", "-"),
            is_main=True,
            verified_at=clock.now(),
        )
        for account, (given_name, family_name) in zip(accounts, wanted, strict=True)
    )
    return Person.objects.bulk_create(
        Person(
            account=account,
            given_name=given_name,
            prefix=prefix,
            family_name=family_name,
            name_key=f"{family_name} {given_name}".lower(),
        )
        for account, (given_name, family_name) in zip(accounts, wanted, strict=True)
    )


def join(
    person: Person,
    community: Community,
    level: Level = Level.ACTIVE,
    *,
    organisation: Organisation | None = None,
    unit: Unit | None = None,
) -> Membership:
    (membership,) = join_all([(person, community, level, organisation, unit)])
    return membership


Joins = tuple[Person, Community, Level, Organisation | None, Unit | None]


def join_all(wanted: Iterable[Joins]) -> list[Membership]:
    rows = list(wanted)
    since_on = clock.today() - timedelta(days=30)
    made = Membership.objects.bulk_create(
        Membership(community=community, person=person, level=level, since_on=since_on)
        for person, community, level, _, _ in rows
    )
    Placement.objects.bulk_create(
        Placement(membership=membership, organisation=organisation, unit=unit, since_on=since_on)
        for membership, (_, _, _, organisation, unit) in zip(made, rows, strict=True)
        if organisation is not None
    )
    memberships.forget_standings()
    return made


def grant(person: Person, community: Community, role: Role) -> RoleGrant:
    granted = RoleGrant.objects.create(community=community, person=person, role=role, since_on=clock.today())
    memberships.forget_standings()
    return granted


@dataclass
class ProgrammeCast:
    """A programme and somebody in every role; `outsider` is signed in but has nothing to do with it."""

    community: Community
    programme: Programme
    organisation: Organisation
    units: list[Unit]
    lead: Person
    keeper: Person
    facilitator: Person
    member: Person
    follower: Person
    colleague: Person
    """Somebody of a participating organisation who is in another programme only."""

    def meeting(
        self,
        kind: MeetingKind = MeetingKind.WERKPLAATS,
        *,
        days: int = 14,
        state: MeetingState = MeetingState.PLANNED,
        label: Label = Label.PROGRAMME,
        title: str = "",
        keeps_text: bool = True,
    ) -> Meeting:
        starts_at = clock.now() + timedelta(days=days)
        return Meeting.objects.create(
            community=self.community,
            kind=kind,
            title=title or f"{kind.label} over {days} dagen",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            state=state,
            label=label,
            facilitator=self.facilitator,
            keeps_text=keeps_text,
        )


@dataclass
class Cast:
    own: ProgrammeCast
    other: ProgrammeCast
    outsider: Person
    platform_admin: Person


def make_programme(slug: str, organisation_name: str, *, is_public: bool = True) -> ProgrammeCast:
    organisation = make_organisation(organisation_name, "Ruimte", "Afval", "Vastgoed")
    units = list(organisation.units.all())
    community = Community.objects.create(
        kind=CommunityKind.PROGRAMME, slug=slug, name=f"Leergemeenschap {slug}", is_public=is_public
    )
    community.organisations.add(organisation)
    programme = Programme.objects.create(
        community=community,
        kind=ProgrammeKind.LEERGEMEENSCHAP,
        headline="Wij leren samen",
        purpose="Leren hoe circulair werken gewoon wordt.",
        host=organisation,
        starts_on=clock.today() - timedelta(days=365),
    )
    names = ("lead", "keeper", "facilitator", "member", "follower", "colleague")
    people = dict(zip(names, make_people((name.title(), slug.title()) for name in names), strict=True))
    join_all(
        (
            (people[name], community, Level.FOLLOWER if name == "follower" else Level.ACTIVE, organisation, unit)
            for name, unit in zip(names[:-1], [*units, units[0], units[0]], strict=True)
        ),
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(community=community, person=people[name], role=role, since_on=clock.today())
        for name, role in (("lead", Role.TEAM), ("keeper", Role.KEEPER), ("facilitator", Role.FACILITATOR))
    )
    return ProgrammeCast(community=community, programme=programme, organisation=organisation, units=units, **people)


def make_cast() -> Cast:
    own = make_programme("eigen", "Gemeente Eigen")
    other = make_programme("ander", "Gemeente Ander", is_public=False)
    join_all(
        (
            (own.colleague, other.community, Level.ACTIVE, own.organisation, own.units[0]),
            (other.colleague, own.community, Level.ACTIVE, other.organisation, other.units[0]),
        )
    )
    admin, outsider = make_people((("Beheer", "Voorbeeld"), ("Buiten", "Staander")))
    Account.objects.filter(person=admin).update(is_platform_admin=True)
    return Cast(
        own=own,
        other=other,
        outsider=outsider,
        platform_admin=Person.objects.select_related("account").get(pk=admin.pk),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client_of(client: Client) -> Callable[[Person | None], Client]:
    """A browser in which this person is signed in (None: a visitor)."""

    def sign_in(person: Person | None) -> Client:
        browser = Client()
        if person is not None and person.account is not None:
            browser.force_login(person.account)
        return browser

    return sign_in


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside is gone afterwards."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
