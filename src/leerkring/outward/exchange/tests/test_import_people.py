"""Importing people: whole or not at all, nobody twice, and the right of the team."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerkring.community.accounts.models import EmailAddress
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community, LevelChange, Membership, Placement
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.outward.exchange import actions
from leerkring.outward.exchange.enums import ImportKind, Thing
from leerkring.outward.exchange.looking import Choices, look_at
from leerkring.outward.exchange.matching import decision_key
from leerkring.outward.exchange.models import ImportBatch, WaitingFile
from leerkring.outward.exchange.people_import import ImportPlan
from leerkring.outward.exchange.tests.lists import HEADINGS, Rows, xlsx
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast

LIST: Rows = [
    HEADINGS,
    ["Zoë", "van der", "Müller", "Zoe@Voorbeeld.Example; z@prive.example", "Ruimte", "Kern", "12-03-2023"],
    ["Karel", "'t", "Bos", "karel@voorbeeld.example", "", "volger", ""],
    ["Ann", "", "Ek", "ann@voorbeeld.example", "ruimte", "", ""],
]


def plan_for(community: Community, rows: Rows = LIST, by: Person | None = None, **decisions: str) -> ImportPlan:
    look = look_at(
        content=xlsx(rows),
        file_name="lijst.xlsx",
        kind=ImportKind.PEOPLE,
        community=community,
        choices=Choices(decisions={decision_key(*_key(key)): value for key, value in decisions.items()}),
        by=by,
    )
    assert look.people is not None
    return look.people


def _key(key: str) -> tuple[Thing, str]:
    thing, text = key.split("__", 1)
    return Thing(thing), text


def bring_in(cast: Cast, rows: Rows = LIST, **decisions: str) -> ImportBatch:
    own = cast.own
    return actions.import_people(
        community=own.community,
        plan=plan_for(own.community, rows, own.lead, **decisions),
        by=own.lead,
        file_name="lijst.xlsx",
    )


def counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in (
            Person,
            EmailAddress,
            Membership,
            Placement,
            LevelChange,
            ImportBatch,
            FactRow,
            Unit,
            Organisation,
        )
    }


def test_everybody_comes_in_as_the_list_says(cast: Cast) -> None:
    batch = bring_in(cast)
    zoe = Person.objects.get(given_name="Zoë")
    assert (zoe.prefix, zoe.family_name, zoe.name_key) == ("van der", "Müller", "muller zoe van der")
    addresses = EmailAddress.objects.filter(account__person=zoe).order_by("-is_main")
    assert list(addresses.values_list("address", "is_main", "verified_at")) == [
        ("zoe@voorbeeld.example", True, None),
        ("z@prive.example", False, None),
    ]
    membership = Membership.objects.get(person=zoe, community=cast.own.community)
    assert (membership.level, membership.level_stated_by_team, str(membership.since_on)) == (
        Level.CORE,
        True,
        "2023-03-12",
    )
    placement = Placement.objects.get(membership=membership)
    assert (placement.organisation, placement.unit) == (cast.own.organisation, cast.own.units[0])
    assert list(LevelChange.objects.filter(membership=membership).values_list("level", "stated_by_team")) == [
        (Level.CORE, True)
    ]
    karel = Membership.objects.get(person__given_name="Karel")
    assert (karel.level, karel.since_on) == (Level.FOLLOWER, clock.today())
    assert batch.report["joined"] == batch.made_count == 3


def test_one_fact_tells_it_without_names(cast: Cast) -> None:
    batch = bring_in(cast)
    fact = FactRow.objects.get(name="PeopleImported")
    assert (fact.community_id, fact.by_id) == (cast.own.community.pk, cast.own.lead.pk)
    assert fact.ids == {"batch_id": batch.pk, "persons_count": 3}


def test_the_kept_report_holds_no_text_of_rows(cast: Cast) -> None:
    rows: Rows = [*LIST, ["Weg", "", "Persoon", "geen adres", "", "", ""]]
    report = str(bring_in(cast, rows).report)
    assert "'row': 5, 'cell': 'D5'" in report
    assert "Persoon" not in report
    assert "geen adres" not in report
    assert "zoe@" not in report


def test_the_same_list_again_makes_nobody_twice(cast: Cast) -> None:
    bring_in(cast)
    before = counts()
    batch = bring_in(cast)
    after = counts()
    grown = {name for name in before if before[name] != after[name]}
    assert grown == {"ImportBatch", "FactRow"}
    assert (batch.report["already_in"], batch.made_count) == (3, 0)


def test_a_later_decision_fills_the_part_of_who_had_none(cast: Cast) -> None:
    bring_in(cast)
    ann = Membership.objects.get(person__given_name="Ann")
    assert Placement.objects.get(membership=ann, until_on__isnull=True).unit is None
    batch = bring_in(cast, LIST, unit__ruimte=str(cast.own.units[0].pk))
    assert Placement.objects.get(membership=ann, until_on__isnull=True).unit == cast.own.units[0]
    assert batch.report["placed"] == 1


def test_somebody_of_another_programme_joins_with_name_and_addresses_untouched(cast: Cast) -> None:
    stranger = cast.outsider
    address = EmailAddress.objects.get(account=stranger.account).address
    rows: Rows = [HEADINGS, ["Andere", "", "Naam", f"{address.upper()}; extra@voorbeeld.example", "", "actief", ""]]
    batch = bring_in(cast, rows)
    stranger.refresh_from_db()
    assert stranger.given_name == "Buiten"
    assert list(EmailAddress.objects.filter(account=stranger.account).values_list("address", flat=True)) == [address]
    assert Membership.objects.filter(person=stranger, community=cast.own.community).exists()
    assert (batch.report["new"], batch.report["joined"]) == (0, 1)


def test_a_level_that_somebody_chose_stays(cast: Cast) -> None:
    bring_in(cast)
    zoe = Person.objects.get(given_name="Zoë")
    membership = Membership.objects.get(person=zoe)
    memberships.choose_level(membership=membership, level=Level.OCCASIONAL, by=zoe)
    bring_in(cast)
    membership.refresh_from_db()
    assert (membership.level, membership.level_stated_by_team) == (Level.OCCASIONAL, False)


def test_who_left_is_not_brought_back(cast: Cast) -> None:
    bring_in(cast)
    zoe = Person.objects.get(given_name="Zoë")
    memberships.leave_community(membership=Membership.objects.get(person=zoe), by=zoe)
    batch = bring_in(cast)
    assert not Membership.objects.filter(person=zoe, until_on__isnull=True).exists()
    assert batch.report["left_before"] == [2]


def test_new_parts_and_organisations_come_in_when_the_team_says_so(cast: Cast) -> None:
    rows: Rows = [
        [*HEADINGS, "Organisatie"],
        ["A", "", "A", "a@b.example", "Havens", "", "", ""],
        ["B", "", "B", "b@b.example", "Havens", "", "", ""],
        ["C", "", "C", "c@b.example", "Slib", "", "", "Waterschap"],
    ]
    batch = bring_in(cast, rows, unit__Havens="new", organisation__Waterschap="new")
    havens = Unit.objects.get(organisation=cast.own.organisation, name="Havens")
    assert Placement.objects.filter(unit=havens).count() == 2
    water = Organisation.objects.get(name="Waterschap")
    assert cast.own.community.organisations.filter(pk=water.pk).exists()
    assert Placement.objects.get(membership__person__given_name="C").organisation == water
    assert (batch.made["units"], batch.made["organisations"]) == ([havens.pk], [water.pk])


def test_who_came_in_meanwhile_is_not_made_again(cast: Cast) -> None:
    """Two tabs: both plans were made before either was carried out."""
    own = cast.own
    first, second = plan_for(own.community, by=own.lead), plan_for(own.community, by=own.lead)
    for plan in (first, second):
        actions.import_people(community=own.community, plan=plan, by=own.lead, file_name="lijst.xlsx")
    assert Person.objects.filter(given_name="Zoë").count() == 1
    assert Membership.objects.filter(person__given_name="Zoë").count() == 1


def test_a_second_click_finds_what_the_first_one_did(cast: Cast) -> None:
    own = cast.own
    waiting = actions.keep_file(
        community=own.community, kind=ImportKind.PEOPLE, file_name="lijst.xlsx", content=xlsx(LIST), by=own.lead
    )
    copy = WaitingFile.objects.get(pk=waiting.pk)
    plan = plan_for(own.community, by=own.lead)
    batches = [
        actions.import_people(community=own.community, plan=plan, by=own.lead, file_name="x", waiting=each)
        for each in (waiting, copy)
    ]
    assert batches[0].pk == batches[1].pk
    assert not WaitingFile.objects.exists()


def test_nothing_stays_when_one_thing_fails(cast: Cast) -> None:
    own = cast.own
    plan = plan_for(own.community, by=own.lead)
    before = counts()
    with CaptureQueriesContext(connection):
        failing = _fails_at("placement")
        with connection.execute_wrapper(failing), pytest.raises(RuntimeError):
            actions.import_people(community=own.community, plan=plan, by=own.lead, file_name="lijst.xlsx")
    assert counts() == before


def _fails_at(table: str) -> Callable[..., Any]:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and f"memberships_{table}" in sql:
            raise RuntimeError("the power goes out")
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize("who", ["keeper", "facilitator", "member", "follower", "colleague"])
def test_only_the_team_imports(cast: Cast, who: str) -> None:
    own, person = cast.own, getattr(cast.own, who)
    plan, before = plan_for(own.community), counts()
    with pytest.raises(PermissionDenied):
        actions.import_people(community=own.community, plan=plan, by=person, file_name="lijst.xlsx")
    with pytest.raises(PermissionDenied):
        actions.import_people(community=own.community, plan=plan, by=cast.other.lead, file_name="lijst.xlsx")
    with pytest.raises(PermissionDenied):
        actions.keep_file(community=own.community, kind=ImportKind.PEOPLE, file_name="x", content=xlsx(LIST), by=person)
    assert counts() == before
    actions.import_people(community=own.community, plan=plan, by=own.lead, file_name="lijst.xlsx")


def test_waiting_lists_are_few_and_go_after_a_day(cast: Cast) -> None:
    own = cast.own

    def keep() -> WaitingFile:
        return actions.keep_file(
            community=own.community, kind=ImportKind.PEOPLE, file_name="l.xlsx", content=xlsx(LIST), by=own.lead
        )

    first = keep()
    for _number in range(9):
        keep()
    with pytest.raises(Refused):
        keep()
    WaitingFile.objects.filter(pk=first.pk).update(at=first.at - actions.files.queries.KEPT_FOR)
    keep()
    assert not WaitingFile.objects.filter(pk=first.pk).exists()


def test_a_row_costs_no_query_of_its_own(cast: Cast) -> None:
    def cost(count: int) -> int:
        rows: Rows = [
            HEADINGS,
            *[["A", "", f"B{n}", f"a{count}-{n}@b.example", "Ruimte", "", ""] for n in range(count)],
        ]
        plan = plan_for(cast.own.community, rows)
        with CaptureQueriesContext(connection) as captured:
            actions.import_people(community=cast.own.community, plan=plan, by=None, file_name="lijst.xlsx")
        return len(captured)

    assert cost(300) - cost(3) < 30
