"""Taking an import back: all that it made goes, whoever acted since stays and is listed."""

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.accounts.models import EmailAddress
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import CommunityKind, Level, Role
from leerkring.community.memberships.models import Community, Membership, Placement
from leerkring.community.people.models import Organisation, Person, Unit
from leerkring.outward.exchange import actions, queries
from leerkring.outward.exchange.tests.lists import HEADINGS, Rows
from leerkring.outward.exchange.tests.test_import_people import LIST, bring_in, counts
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, grant, join


def kept_after_undo(cast: Cast, batch_of: Rows = LIST) -> list[str]:
    batch = queries.batches_of(cast.own.community).get()
    undone = actions.undo_import(batch=batch, by=cast.own.lead)
    return queries.names_of(undone.kept)


def test_all_that_it_made_goes(cast: Cast) -> None:
    before = counts()
    rows: Rows = [[*HEADINGS, "Organisatie"], *LIST[1:], ["C", "", "C", "c@b.example", "Slib", "", "", "Waterschap"]]
    batch = bring_in(cast, rows, organisation__Waterschap="new", unit__ruimte="new")
    undone = actions.undo_import(batch=batch, by=cast.own.lead)
    after = counts()
    assert {name for name in before if before[name] != after[name]} == {"ImportBatch", "FactRow"}
    assert (undone.is_undone, undone.undone_by, undone.kept) == (True, cast.own.lead, [])
    assert FactRow.objects.get(name="ImportUndone").ids == {"batch_id": batch.pk, "kept_count": 0}


def test_after_that_the_list_comes_in_anew(cast: Cast) -> None:
    actions.undo_import(batch=bring_in(cast), by=cast.own.lead)
    assert bring_in(cast).report["new"] == 3


def test_who_was_known_before_stays_as_they_were(cast: Cast) -> None:
    address = EmailAddress.objects.get(account=cast.outsider.account).address
    batch = bring_in(cast, [HEADINGS, ["Buiten", "", "Staander", address, "", "actief", ""]])
    actions.undo_import(batch=batch, by=cast.own.lead)
    assert Person.objects.filter(pk=cast.outsider.pk).exists()
    assert not Membership.objects.filter(person=cast.outsider).exists()


def test_who_signed_in_stays(cast: Cast, client_of: object) -> None:
    bring_in(cast)
    zoe = Person.objects.get(given_name="Zoë")
    client_of(zoe)  # type: ignore[operator]
    assert kept_after_undo(cast) == ["Zoë van der Müller"]
    assert list(Membership.objects.filter(person=zoe).values_list("level", flat=True)) == [Level.CORE]
    assert not Person.objects.filter(given_name__in=["Karel", "Ann"]).exists()


def test_who_said_anything_stays(cast: Cast) -> None:
    bring_in(cast)
    karel = Person.objects.get(given_name="Karel")
    memberships.confirm_level(membership=Membership.objects.get(person=karel), by=karel)
    assert kept_after_undo(cast) == ["Karel 't Bos"]


def test_who_has_anything_else_hanging_on_them_stays(cast: Cast) -> None:
    bring_in(cast)
    zoe, karel, ann = (Person.objects.get(given_name=name) for name in ("Zoë", "Karel", "Ann"))
    grant(zoe, cast.own.community, Role.FACILITATOR)
    circle = Community.objects.create(kind=CommunityKind.GROUP, root=cast.own.community, name="Kring")
    join(karel, circle)
    cast.own.meeting().attendances.create(person=ann)
    assert kept_after_undo(cast) == ["Karel 't Bos", "Ann Ek", "Zoë van der Müller"]


def test_who_was_given_another_place_by_the_team_stays(cast: Cast) -> None:
    bring_in(cast)
    membership = Membership.objects.get(person__given_name="Karel")
    memberships.place(
        membership=membership, organisation=cast.own.organisation, unit=cast.own.units[1], by=cast.own.lead
    )
    assert kept_after_undo(cast) == ["Karel 't Bos"]


def test_who_left_meanwhile_stays_gone_and_is_listed(cast: Cast) -> None:
    bring_in(cast)
    zoe = Person.objects.get(given_name="Zoë")
    memberships.leave_community(membership=Membership.objects.get(person=zoe), by=zoe)
    assert kept_after_undo(cast) == ["Zoë van der Müller"]
    assert not Membership.objects.filter(person=zoe, until_on__isnull=True).exists()


def test_a_filled_place_is_emptied_again(cast: Cast) -> None:
    bring_in(cast)
    second = bring_in(cast, LIST, unit__ruimte=str(cast.own.units[0].pk))
    actions.undo_import(batch=second, by=cast.own.lead)
    ann = Placement.objects.get(membership__person__given_name="Ann")
    assert (ann.unit, ann.until_on) == (None, None)


def test_what_others_use_by_now_stays(cast: Cast) -> None:
    rows: Rows = [
        [*HEADINGS, "Organisatie"],
        ["A", "", "A", "a@b.example", "Havens", "", "", ""],
        ["C", "", "C", "c@b.example", "", "", "", "Waterschap"],
    ]
    batch = bring_in(cast, rows, unit__Havens="new", organisation__Waterschap="new")
    water, havens = Organisation.objects.get(name="Waterschap"), Unit.objects.get(name="Havens")
    member = Membership.objects.get(person=cast.own.member, community=cast.own.community)
    memberships.place(membership=member, organisation=cast.own.organisation, unit=havens, by=cast.own.lead)
    cast.other.community.organisations.add(water)
    actions.undo_import(batch=batch, by=cast.own.lead)
    assert Unit.objects.filter(pk=havens.pk).exists()
    assert Organisation.objects.filter(pk=water.pk).exists()
    assert not cast.own.community.organisations.filter(pk=water.pk).exists()


def test_it_goes_back_once(cast: Cast) -> None:
    batch = bring_in(cast)
    actions.undo_import(batch=batch, by=cast.own.lead)
    with pytest.raises(Refused):
        actions.undo_import(batch=batch, by=cast.own.lead)


def test_only_the_team_takes_it_back(cast: Cast) -> None:
    batch = bring_in(cast)
    for person in (cast.own.keeper, cast.own.member, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.undo_import(batch=batch, by=person)
    actions.undo_import(batch=batch, by=cast.own.lead)
