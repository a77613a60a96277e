from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships.models import Membership, Placement
from leerkring.community.people.models import Person, PolicyField
from leerkring.direction.programmes import actions, queries
from leerkring.direction.programmes.enums import ENROLMENT_TRANSITIONS, EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_person

Browser = Callable[[Person | None], Client]


def test_organisation_unit_and_field_are_kept_as_they_were(cast: Cast) -> None:
    field = PolicyField.objects.create(name="afval")
    edition = edition_of(cast.own)
    enrolment = actions.enrol(
        edition=edition,
        person=cast.own.member,
        organisation=cast.own.organisation,
        unit=cast.own.units[2],
        policy_field=field,
        by=cast.own.lead,
    )
    Placement.objects.filter(membership__person=cast.own.member).delete()
    enrolment.refresh_from_db()
    assert (enrolment.organisation, enrolment.unit, enrolment.policy_field) == (
        cast.own.organisation,
        cast.own.units[2],
        field,
    )
    assert [row.ids for row in FactRow.objects.filter(name="Enrolled")] == [
        {"edition_id": edition.pk, "enrolment_id": enrolment.pk, "person_id": cast.own.member.pk, "state": "active"}
    ]


def test_who_takes_part_becomes_a_member_and_who_is_invited_does_not_yet(cast: Cast) -> None:
    edition = edition_of(cast.own)
    newcomer, guest = make_person("Nieuw"), make_person("Genodigd")
    enrolled(cast.own, edition, newcomer)
    enrolled(cast.own, edition, guest, EnrolmentState.INVITED)
    members = set(queries.members_now(cast.own.community))
    assert (newcomer in members, guest in members) == (True, False)
    assert Placement.objects.get(membership__person=newcomer).unit == cast.own.units[0]
    membership = Membership.objects.get(person=newcomer)
    assert membership.level_stated_by_team


def test_nobody_is_enrolled_twice_or_in_a_part_of_another_organisation(cast: Cast) -> None:
    edition = edition_of(cast.own)
    enrolled(cast.own, edition, cast.own.member)
    with pytest.raises(Refused):
        enrolled(cast.own, edition, cast.own.member)
    with pytest.raises(Refused):
        actions.enrol(
            edition=edition,
            person=cast.own.keeper,
            organisation=cast.own.organisation,
            unit=cast.other.units[0],
            by=cast.own.lead,
        )
    assert Enrolment.objects.count() == 1


def test_a_full_edition_has_a_waiting_list(cast: Cast) -> None:
    edition = edition_of(cast.own, places_count=1)
    enrolled(cast.own, edition, cast.own.member)
    with pytest.raises(Refused):
        enrolled(cast.own, edition, cast.own.keeper)
    waiting = enrolled(cast.own, edition, cast.own.keeper, EnrolmentState.WAITING)
    with pytest.raises(Refused):
        actions.move_enrolment(enrolment=waiting, state=EnrolmentState.CONFIRMED, by=cast.own.lead)
    first = Enrolment.objects.get(person=cast.own.member)
    actions.move_enrolment(enrolment=first, state=EnrolmentState.LEFT, by=cast.own.lead)
    actions.move_enrolment(enrolment=waiting, state=EnrolmentState.CONFIRMED, by=cast.own.lead)
    assert waiting.state == EnrolmentState.CONFIRMED


@pytest.mark.parametrize("state", [EditionState.FINISHED, EditionState.AFTERCARE, EditionState.ARCHIVED])
def test_an_edition_that_is_over_takes_nobody(cast: Cast, state: EditionState) -> None:
    with pytest.raises(Refused):
        enrolled(cast.own, edition_of(cast.own, state=state), cast.own.member)


@pytest.mark.parametrize("state", [EnrolmentState.COMPLETED, EnrolmentState.LEFT])
def test_nobody_begins_at_the_end(cast: Cast, state: EnrolmentState) -> None:
    with pytest.raises(Refused):
        enrolled(cast.own, edition_of(cast.own), cast.own.member, state)


def test_nobody_but_the_team_enrols_another(cast: Cast) -> None:
    edition = edition_of(cast.own, state=EditionState.RECRUITING)
    for by in (cast.own.keeper, cast.own.facilitator, cast.own.member, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.enrol(edition=edition, person=cast.own.follower, organisation=cast.own.organisation, by=by)
    theirs = edition_of(cast.other, state=EditionState.RECRUITING)
    with pytest.raises(PermissionDenied):
        actions.enrol(edition=theirs, person=cast.outsider, organisation=cast.own.organisation, by=cast.outsider)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("before", EnrolmentState)
@pytest.mark.parametrize("after", EnrolmentState)
def test_an_enrolment_moves_along_the_table(cast: Cast, before: EnrolmentState, after: EnrolmentState) -> None:
    enrolment = enrolled(cast.own, edition_of(cast.own), cast.own.member)
    Enrolment.objects.update(state=before)
    if before == after:
        actions.move_enrolment(enrolment=enrolment, state=after, by=cast.own.lead)
        assert not FactRow.objects.filter(name="EnrolmentMoved").exists()
    elif after in ENROLMENT_TRANSITIONS[before] and after != EnrolmentState.COMPLETED:
        actions.move_enrolment(enrolment=enrolment, state=after, by=cast.own.lead)
        assert Enrolment.objects.get().state == after
    else:
        with pytest.raises(Refused):
            actions.move_enrolment(enrolment=enrolment, state=after, by=cast.own.lead)
        assert Enrolment.objects.get().state == before


def test_one_says_yes_to_an_invitation_and_steps_out_without_explaining(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own)
    enrolment = enrolled(cast.own, edition, cast.own.member, EnrolmentState.INVITED)
    browser = client_of(cast.own.member)
    address = f"/eigen/editions/{edition.pk}/enrolments/{enrolment.pk}/move/"
    assert browser.post(address, {"state": "confirmed"}).status_code == 403
    assert browser.post(address, {"state": "applied"}).status_code == 302
    assert browser.post(address, {"state": "left"}).status_code == 302
    assert Enrolment.objects.get().state == EnrolmentState.LEFT
    assert client_of(cast.own.keeper).post(address, {"state": "left"}).status_code == 403
    assert client_of(cast.own.lead).post(address, {"state": ""}).status_code == 422
    assert client_of(cast.own.lead).post(address, {"state": "completed"}).status_code == 422


def test_an_enrolment_of_another_edition_is_not_found(cast: Cast, client_of: Browser) -> None:
    enrolment = enrolled(cast.own, edition_of(cast.own), cast.own.member)
    beside = edition_of(cast.own)
    address = f"/eigen/editions/{beside.pk}/enrolments/{enrolment.pk}/move/"
    assert client_of(cast.own.lead).post(address, {"state": "left"}).status_code == 404


def test_several_people_are_enrolled_from_where_they_work(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own, state=EditionState.DRAFT)
    browser = client_of(cast.own.lead)
    address = f"/eigen/editions/{edition.pk}/enrol/"
    people = [cast.own.member.pk, cast.own.keeper.pk]
    opened = browser.get(f"{address}?all=1").context
    assert len(opened["ticked"]) == len(opened["people"]) > 2
    assert browser.post(address, {"people": [*people, cast.outsider.pk]}).status_code == 422
    assert browser.post(address, {"people": people, "state": "completed"}).status_code == 422
    assert not Enrolment.objects.exists()
    assert browser.post(address, {"people": people, "state": "invited"}).status_code == 302
    rows = {row.person: (row.state, row.unit) for row in Enrolment.objects.all()}
    assert rows == {cast.own.member: ("invited", cast.own.units[0]), cast.own.keeper: ("invited", cast.own.units[1])}


def test_without_a_place_of_work_nobody_of_the_list_is_enrolled(cast: Cast) -> None:
    Placement.objects.filter(membership__person=cast.own.keeper).update(until_on=clock.today())
    edition = edition_of(cast.own)
    with pytest.raises(Refused):
        actions.enrol_people(edition=edition, people=[cast.own.member, cast.own.keeper], by=cast.own.lead)
    assert not Enrolment.objects.exists()
    with pytest.raises(PermissionDenied):
        actions.enrol_people(edition=edition, people=[cast.own.member], by=cast.own.keeper)


def test_the_team_sees_who_was_where_and_others_only_their_own(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own)
    for person in (cast.own.member, cast.own.keeper):
        enrolled(cast.own, edition, person)
    address = f"/eigen/editions/{edition.pk}/"
    assert "Member Eigen" in client_of(cast.own.lead).get(address).content.decode()
    for who in (cast.own.keeper, cast.own.facilitator, cast.own.follower, None):
        page = client_of(who).get(address).content.decode().split("<main")[1]
        assert "Member Eigen" not in page
        assert "Minder dan vijf mensen" in page
    assert Edition.objects.count() == 1
