"""Registering: signed in, as a visitor who proves an address, and what stays closed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.models import Membership, Placement
from leerkring.community.people.models import Person, PolicyField
from leerkring.direction.programmes import actions, queries, recruiting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Edition, Enrolment, Registration
from leerkring.direction.programmes.spread import Spread
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, make_organisation, make_person

Browser = Callable[[Person | None], Client]


def names_of_facts() -> list[str]:
    ours = ("Enrolled", "EnrolmentMoved", "RegistrationAsked", "RegistrationChanged")
    return list(FactRow.objects.filter(name__in=ours).order_by("id").values_list("name", flat=True))


def test_one_registers_signed_in_and_the_team_answers(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    field = PolicyField.objects.create(name="afval")
    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1)
    browser, address = client_of(own.follower), f"/eigen/editions/{edition.pk}/register/"
    page = browser.get(address).content.decode()
    assert f'<option value="{own.organisation.pk}" selected' in page
    form = {
        "organisation": own.organisation.pk,
        "unit": own.units[1].pk,
        "policy_field": field.pk,
        "personal_question": "Hoe?",
        "manager_contact": "chef@voorbeeld.example",
        "state": "confirmed",
    }
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, form | {"organisation": cast.other.organisation.pk}).status_code == 422
    assert browser.post(address, form | {"unit": cast.other.units[0].pk}).status_code == 422
    assert browser.post(address, form).status_code == 302
    assert browser.post(address, form).status_code == 422
    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.state, enrolment.unit) == (own.follower, "applied", own.units[1])
    assert (enrolment.personal_question, enrolment.manager_contact) == ("Hoe?", "chef@voorbeeld.example")
    assert FactRow.objects.get(name="Enrolled").ids["state"] == "applied"
    assert "Je hebt je aangemeld" in browser.get(address).content.decode()

    approve = f"/eigen/editions/{edition.pk}/enrolments/{enrolment.pk}/approve/"
    assert browser.post(approve).status_code == 403
    lead = client_of(own.lead)
    assert lead.post(approve).status_code == lead.post(approve).status_code == 302
    late = actions.register(edition=edition, person=own.member, organisation=own.organisation, by=own.member)
    actions.approve(enrolment=late, by=own.lead)
    states = dict(Enrolment.objects.values_list("person__given_name", "state"))
    assert states == {"Follower": "confirmed", "Member": "waiting"}
    assert "op de wachtlijst" in client_of(own.member).get(address).content.decode()

    assert browser.post(address + "leave/").status_code == browser.post(address + "leave/").status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.manager_contact) == ("left", "")
    again = actions.register(edition=edition, person=own.follower, organisation=own.organisation, by=own.follower)
    assert (again.pk, again.state) == (enrolment.pk, "applied")


def test_the_page_says_before_one_enrols_what_it_is(cast: Cast, client_of: Browser) -> None:
    meetings = [cast.own.meeting(days=7 * number, title=f"Geheim {number}") for number in range(1, 4)]
    edition = edition_of(cast.own, state=EditionState.RECRUITING, places_count=8, meetings=meetings)
    for number in range(6):
        enrolled(cast.own, edition, make_person(f"Gast {number}"))
    actions.change_registration(
        edition=edition, is_open_to_all=True, confirms_at_once=True, offer_days=4, by=cast.own.lead
    )
    page = client_of(None).get(f"/eigen/editions/{edition.pk}/register/").content.decode()
    for said in ("Twee van de drie bijeenkomsten is volledig", "Er zijn nog twee plaatsen vrij", "Wie ziet wat"):
        assert said in page
    assert "Geheim" not in page
    assert "Geheim 1" in client_of(cast.own.member).get(f"/eigen/editions/{edition.pk}/register/").content.decode()


def test_a_visitor_with_a_link_fills_it_in_and_confirms_by_mail(
    cast: Cast, client_of: Browser, committed: Callable[[], Any]
) -> None:
    other = cast.other
    edition = edition_of(other, state=EditionState.RECRUITING)
    actions.change_registration(
        edition=edition, is_open_to_all=False, confirms_at_once=True, offer_days=4, by=other.lead
    )
    call = actions.make_call(edition=edition, organisation=other.organisation, by=other.lead)
    address = f"/ander/editions/{edition.pk}/register/"
    browser = client_of(None)
    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}?via=x").status_code == 404
    assert browser.get(f"{address}?via={call.token}").status_code == 200
    form = {"name": "Ann van Ek", "address": "ann@voorbeeld.example", "organisation": other.organisation.pk}
    assert browser.post(address, form).status_code == 404
    assert browser.post(f"{address}?via={call.token}", form | {"address": "ann"}).status_code == 422
    with committed():
        assert browser.post(f"{address}?via={call.token}", form).headers["Location"] == "/register/code/"
    assert not Person.objects.filter(family_name="Ek").exists()
    (letter,) = mail.outbox
    assert letter.to == ["ann@voorbeeld.example"]
    found = re.search(r"/register/[^/\s]+/", str(letter.body))
    assert found
    assert client_of(None).get(found[0]).status_code == 200
    assert Registration.objects.count() == 1
    assert not Enrolment.objects.exists()

    assert browser.post(found[0]).headers["Location"] == address
    enrolment = Enrolment.objects.get()
    assert (enrolment.person.name, enrolment.state, enrolment.call) == ("Ann van Ek", "confirmed", call)
    placement = Placement.objects.get(membership__person=enrolment.person)
    assert (placement.organisation, placement.membership.level_stated_by_team) == (other.organisation, True)
    assert browser.get(address).status_code == 200
    assert client_of(None).post(found[0]).status_code == 410


def test_a_code_registers_too_and_a_known_address_is_the_person_that_has_it(
    cast: Cast, client_of: Browser, committed: Callable[[], Any]
) -> None:
    edition = edition_of(cast.own, state=EditionState.RECRUITING)
    actions.change_registration(
        edition=edition, is_open_to_all=True, confirms_at_once=True, offer_days=4, by=cast.own.lead
    )
    browser, form = client_of(None), {"name": "Wie dan ook", "organisation": cast.own.organisation.pk}
    assert browser.get("/register/code/").status_code == 302
    with committed():
        browser.post(f"/eigen/editions/{edition.pk}/register/", form | {"address": "buiten.staander@voorbeeld.example"})
    code = re.search(r"\b\d{3} ?\d{3}\b", str(mail.outbox[0].body))
    assert code
    assert browser.post("/register/code/", {"code": "1"}).status_code == 422
    assert browser.post("/register/code/", {"code": code[0]}).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.state) == (cast.outsider, "confirmed")
    membership = Membership.objects.get(person=cast.outsider)
    assert not membership.placements.exists(), "nobody claims an organisation alone"


def test_who_holds_no_link_is_told_and_cannot(cast: Cast, client_of: Browser) -> None:
    own, other = cast.own, cast.other
    edition, theirs = edition_of(own, state=EditionState.RECRUITING), edition_of(other, state=EditionState.RECRUITING)
    elsewhere = actions.make_call(edition=theirs, organisation=other.organisation, by=other.lead)
    address, form = f"/eigen/editions/{edition.pk}/register/", {"organisation": own.organisation.pk}
    for person in (None, cast.outsider):
        page = client_of(person).get(address)
        assert (page.status_code, "met een link" in page.content.decode()) == (200, True)
        assert 'href="/eigen/contact/"' in page.content.decode()
        assert client_of(person).post(f"{address}?via={elsewhere.token}", form).status_code == 422
    for person in (cast.outsider, own.lead):
        with pytest.raises(PermissionDenied):
            actions.register(edition=edition, person=cast.outsider, organisation=own.organisation, by=person)
    with pytest.raises(PermissionDenied):
        actions.ask_to_register(
            edition=edition, call=elsewhere, name="A", address="a@b.nl", organisation=own.organisation, device="d"
        )
    assert not Enrolment.objects.exists()
    for state in (EditionState.DRAFT, EditionState.RUNNING, EditionState.FINISHED):
        Edition.objects.filter(pk=edition.pk).update(state=state)
        with pytest.raises(Refused):
            actions.register(edition=edition, person=own.member, organisation=own.organisation, by=own.member)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.DRAFT)
    assert client_of(own.member).get(address).status_code == 404
    assert client_of(own.lead).get(address).status_code == 200


def test_a_closed_edition_shows_the_way_on(cast: Cast, client_of: Browser) -> None:
    own = cast.own
    edition, private = edition_of(own), edition_of(cast.other, state=EditionState.RECRUITING)
    call = actions.make_call(edition=private, organisation=cast.other.organisation, by=cast.other.lead)
    Edition.objects.filter(pk=private.pk).update(state=EditionState.FINISHED)
    address, write, follow = f"/eigen/editions/{edition.pk}/register/", 'href="/eigen/contact/"', "/eigen/follow/"

    def main(person: Person | None, at: str = address) -> str:
        return client_of(person).get(at).content.decode().split("<main")[1]

    ways = [(person, (write in page, follow in page)) for person in (None, own.member) if (page := main(person))]
    assert ways == [(None, (True, True)), (own.member, (True, False))]
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.ARCHIVED)
    assert "is voorbij" in main(None)
    assert "/eigen/editions/" in main(own.member)

    hidden, draft = edition_of(own, state=EditionState.RECRUITING), edition_of(own, state=EditionState.DRAFT)
    beside = [[other.pk for other in recruiting.open_beside(edition, p)] for p in (None, own.member, own.lead)]
    assert beside == [[], [hidden.pk], [hidden.pk]], "without a link it is for who belongs; a draft is for nobody"
    assert f"/eigen/editions/{hidden.pk}/register/" in main(own.member)
    assert f"/eigen/editions/{draft.pk}/" not in main(own.member)
    enrolled(own, hidden, own.member)
    assert recruiting.open_beside(edition, own.member) == []

    closed = main(None, f"/ander/editions/{private.pk}/register/?via={call.token}")
    assert ("/ander/contact/" in closed, "/ander/follow/" in closed, "/sign-in/" in closed) == (False, False, True)


def test_who_was_invited_by_name_is_in_with_one_answer(cast: Cast) -> None:
    edition = edition_of(cast.own, state=EditionState.RECRUITING, places_count=1)
    guest = make_person("Genodigd")
    enrolled(cast.own, edition, guest, EnrolmentState.INVITED)
    answered = actions.register(edition=edition, person=guest, organisation=cast.own.organisation, by=guest)
    assert answered.state == EnrolmentState.CONFIRMED
    assert names_of_facts()[-2:] == ["Enrolled", "EnrolmentMoved"]


def test_who_changes_municipality_halfway_keeps_the_old_one_here(cast: Cast) -> None:
    own, altena = cast.own, make_organisation("Altena")
    own.community.organisations.add(altena)
    edition = edition_of(own, state=EditionState.RECRUITING)
    enrolment = enrolled(own, edition, own.member)
    membership = Membership.objects.get(person=own.member, community=own.community)
    memberships.place(membership=membership, organisation=altena, by=own.lead, on=clock.today() + timedelta(days=1))
    enrolment.refresh_from_db()
    assert (enrolment.organisation, enrolment.unit) == (own.organisation, own.units[0])
    spread = Spread(queries.enrolments_of(edition), [altena], host=make_organisation("Regio"))
    assert {row.organisation.name: row.count for row in spread.rows} == {"Altena": 0, "Gemeente Eigen": 1}


def test_how_people_register_is_the_teams_to_say(cast: Cast, client_of: Browser) -> None:
    edition = edition_of(cast.own, state=EditionState.RECRUITING)
    field = PolicyField.objects.create(name="afval")
    address = f"/eigen/editions/{edition.pk}/registration/"
    form = {
        "is_open_to_all": "all",
        "confirms_at_once": "team",
        "offer_days": 3,
        "wanted_fields": [field.pk],
        "invitation_nl": "Kom!",
    }
    assert client_of(cast.own.keeper).post(address, form).status_code == 403
    assert client_of(cast.own.lead).get(address).status_code == 200
    assert client_of(cast.own.lead).post(address, form | {"offer_days": 0}).status_code == 422
    assert client_of(cast.own.lead).post(address, form).status_code == 302
    edition.refresh_from_db()
    assert (edition.is_open_to_all, edition.confirms_at_once, edition.offer_days) == (True, False, 3)
    assert (edition.invitation_nl, list(edition.wanted_fields.all())) == ("Kom!", [field])
    assert names_of_facts() == ["RegistrationChanged"]
