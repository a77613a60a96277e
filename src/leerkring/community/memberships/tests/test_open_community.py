import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships import actions, queries
from leerkring.community.memberships.enums import CommunityKind, Door, Level, Role
from leerkring.community.memberships.models import Community, OrganisationAdmin
from leerkring.community.memberships.tests.reading import facts_named
from leerkring.community.people.models import Organisation, Unit
from leerkring.platform.rules import Refused
from tests.cast import Cast


def test_who_opens_a_programme_becomes_its_team(cast: Cast) -> None:
    by = cast.own.lead
    community = actions.open_community(slug="nieuw", name=" Nieuw ", organisations=[cast.own.organisation], by=by)
    assert (community.kind, community.name, community.root, community.is_public) == (
        CommunityKind.PROGRAMME,
        "Nieuw",
        None,
        False,
    )
    assert list(community.organisations.all()) == [cast.own.organisation]
    assert queries.standing_of(by).is_team(community)
    assert facts_named("CommunityOpened", community) == [{"by": by.pk, "kind": "programme"}]
    assert facts_named("RoleGranted", community) == [{"by": by.pk, "person_id": by.pk, "role": "team"}]


def test_a_platform_admin_opens_it_for_a_lead_and_stays_outside(cast: Cast) -> None:
    community = actions.open_community(slug="nieuw", name="Nieuw", by=cast.platform_admin, lead=cast.own.member)
    assert queries.standing_of(cast.own.member).is_team(community)
    assert not queries.standing_of(cast.platform_admin).is_team(community)


def test_an_organisation_admin_may_open_one(cast: Cast) -> None:
    OrganisationAdmin.objects.create(organisation=cast.own.organisation, person=cast.outsider)
    queries.forget_standings()
    assert actions.open_community(slug="nieuw", name="Nieuw", by=cast.outsider).pk


@pytest.mark.parametrize("who", ["member", "follower", "keeper", "facilitator"])
def test_others_may_not(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_community(slug="nieuw", name="Nieuw", by=getattr(cast.own, who))
    assert not Community.objects.filter(slug="nieuw").exists()


@pytest.mark.parametrize("slug", ["eigen", "sign-in", "platform", "profile", "demo", ""])
def test_an_address_in_use_is_refused(cast: Cast, slug: str) -> None:
    before = Community.objects.count()
    with pytest.raises(Refused):
        actions.open_community(slug=slug, name="Nieuw", by=cast.own.lead)
    assert Community.objects.count() == before


def test_a_programme_needs_a_name(cast: Cast) -> None:
    for name in ("", "  ", "x" * 201):
        with pytest.raises(Refused):
            actions.open_community(slug="nieuw", name=name, by=cast.own.lead)


def test_whoever_takes_part_opens_a_circle(cast: Cast) -> None:
    circle = actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.member)
    assert (circle.kind, circle.root, circle.slug) == (CommunityKind.GROUP, cast.own.community, None)
    assert facts_named("CommunityOpened", circle) == [{"by": cast.own.member.pk, "kind": "group"}]


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_who_does_not_take_part_opens_no_circle(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.open_circle(root=cast.own.community, name="Inkoop", by=getattr(cast.own, who))


def test_no_circle_within_a_circle(cast: Cast) -> None:
    circle = actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.lead)
    with pytest.raises(PermissionDenied):
        actions.open_circle(root=circle, name="Binnenste", by=cast.own.lead)


def test_the_team_edits_what_is_given_and_leaves_the_rest(cast: Cast) -> None:
    community = cast.own.community
    actions.edit_community(community=community, is_public=False, member_door=Door.INVITED, by=cast.own.lead)
    community.refresh_from_db()
    assert (community.name, community.is_public, community.follow_door, community.member_door) == (
        "Leergemeenschap eigen",
        False,
        Door.ORGANISATIONS,
        Door.INVITED,
    )
    assert facts_named("CommunityEdited", community) == [{"by": cast.own.lead.pk}]
    for person in (cast.own.keeper, cast.other.lead, cast.platform_admin):
        with pytest.raises(PermissionDenied):
            actions.edit_community(community=community, name="Anders", by=person)


def test_the_contact_names_the_group(cast: Cast) -> None:
    circle = actions.open_circle(root=cast.own.community, name="Inkoop", by=cast.own.member)
    actions.join(community=circle, person=cast.own.member, level=Level.ACTIVE, by=cast.own.member)
    actions.grant_role(community=circle, person=cast.own.member, role=Role.CONTACT, by=cast.own.member)
    actions.edit_community(community=circle, name="Inkoop en aanbesteding", by=cast.own.member)
    assert Community.objects.get(pk=circle.pk).name == "Inkoop en aanbesteding"


def test_an_organisation_takes_part_and_withdraws(cast: Cast) -> None:
    community, by = cast.own.community, cast.own.lead
    organisation = actions.bring_in_organisation(community=community, name=" Gemeente Nieuw ", by=by)
    again = actions.bring_in_organisation(community=community, name="Gemeente Nieuw", by=by)
    assert organisation == again
    assert Organisation.objects.filter(name="Gemeente Nieuw").count() == 1
    assert len(facts_named("OrganisationAdded")) == 1
    actions.take_organisation_out(community=community, organisation=organisation, by=by)
    assert list(community.organisations.all()) == [cast.own.organisation]
    assert facts_named("OrganisationWithdrew") == [{"by": by.pk, "organisation_id": organisation.pk}]


def test_taking_part_is_for_the_team_to_say(cast: Cast) -> None:
    for person in (cast.own.keeper, cast.other.lead):
        with pytest.raises(PermissionDenied):
            actions.bring_in_organisation(community=cast.own.community, name="X", by=person)
        with pytest.raises(PermissionDenied):
            actions.take_organisation_out(community=cast.own.community, organisation=cast.own.organisation, by=person)
    with pytest.raises(Refused):
        actions.bring_in_organisation(community=cast.own.community, name=" ", by=cast.own.lead)


def test_the_team_names_a_part_of_an_organisation_that_takes_part(cast: Cast) -> None:
    unit = actions.add_own_unit(
        community=cast.own.community, organisation=cast.own.organisation, name="Inkoop", by=cast.own.lead
    )
    again = actions.add_own_unit(
        community=cast.own.community, organisation=cast.own.organisation, name="Inkoop", by=cast.own.lead
    )
    assert (unit.position, unit) == (3, again)
    assert len(facts_named("UnitAdded")) == 1


def test_not_of_an_organisation_elsewhere(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_own_unit(
            community=cast.own.community, organisation=cast.other.organisation, name="X", by=cast.own.lead
        )
    with pytest.raises(PermissionDenied):
        actions.add_own_unit(
            community=cast.own.community, organisation=cast.own.organisation, name="X", by=cast.own.member
        )
    assert not Unit.objects.filter(name="X").exists()
