"""How one stands in an edition is told by mail; a place that is free by a link that works without signing in."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from django.core import mail
from django.test import Client

from leerkring.community.accounts.models import Account
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Enrolment, PlaceOffer
from leerkring.direction.programmes.tests.stories import edition_of
from leerkring.platform import clock
from tests.cast import Cast, join

Committed = Callable[[], AbstractContextManager[object]]
Browser = Callable[[Person | None], Client]


def letters(committed: Committed, act: Callable[[], object]) -> list[tuple[str, str]]:
    """Who got what, by what was done."""
    mail.outbox.clear()
    with committed():
        act()
    return [(message.to[0].partition(".")[0], str(message.subject)) for message in mail.outbox]


def test_each_step_is_told_once_to_the_one_whom_it_is_about(
    cast: Cast, client_of: Browser, committed: Committed
) -> None:
    own = cast.own
    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1, meetings=[own.meeting(title="Start")])
    Account.objects.filter(person=own.keeper).update(language="en")

    def registering(person: Person) -> list[tuple[str, str]]:
        return letters(
            committed,
            lambda: actions.register(edition=edition, person=person, organisation=own.organisation, by=person),
        )

    def approving(person: Person) -> list[tuple[str, str]]:
        enrolment = Enrolment.objects.get(edition=edition, person=person)
        return letters(committed, lambda: [actions.approve(enrolment=enrolment, by=own.lead) for _press in range(2)])

    assert registering(own.member) == [("member", "Je hebt je aangemeld voor Voorjaar")]
    assert registering(own.keeper) == [("keeper", "You applied for Voorjaar")]
    registering(own.follower)
    invitation, told = approving(own.member)
    assert told == ("member", "Je doet mee aan Voorjaar")
    assert (invitation[0], "Start" in invitation[1]) == ("member", True)
    assert approving(own.keeper) == [("keeper", "You are on the waiting list for Voorjaar")]
    approving(own.follower)

    first = Enrolment.objects.get(edition=edition, person=own.member)
    left = letters(committed, lambda: actions.move_enrolment(enrolment=first, state=EnrolmentState.LEFT, by=own.member))
    assert left == [("keeper", "A place is free for you in Voorjaar")]
    found = re.search(r"/places/\S+/", str(mail.outbox[0].body))
    assert found
    assert "Keeper Eigen" in client_of(None).get(found[0]).content.decode()

    with clock.at(PlaceOffer.objects.get().answer_before):
        assert letters(committed, actions.lapse_offers) == [
            ("keeper", "The place in Voorjaar went to the next person"),
            ("follower", "Er is een plaats voor je vrij in Voorjaar"),
        ]
        offer = PlaceOffer.objects.get(enrolment__person=own.follower)
        taken = letters(committed, lambda: actions.accept_offer(offer=offer, by=own.follower))
        assert [subject for to, subject in taken if to == "follower"][-1] == "Je doet mee aan Voorjaar"


def test_an_invitation_goes_to_a_contact_and_to_who_can_pass_it_on(cast: Cast, committed: Committed) -> None:
    own = cast.own
    join(cast.outsider, own.community, organisation=own.organisation)
    edition = edition_of(own, state=EditionState.RECRUITING)
    call = actions.make_call(edition=edition, organisation=own.organisation, by=own.lead)
    contact = {"contact_name": "Cor", "contact_address": "cor.x@breda.example", "contact_language": "en"}
    assert letters(committed, lambda: actions.mail_call(call=call, by=own.lead, **contact)) == [
        ("cor", "Who joins Leergemeenschap eigen?")
    ]
    link = f"/eigen/editions/{edition.pk}/register/?via={call.token}"
    assert link in str(mail.outbox[0].body)
    asked = letters(committed, lambda: actions.ask_forwarding(call=call, people=[cast.outsider], by=own.lead))
    assert asked == [("buiten", "Wie ken je voor Voorjaar?")]
    assert link in str(mail.outbox[0].body)
    guest = letters(
        committed,
        lambda: actions.enrol(
            edition=edition,
            person=own.follower,
            organisation=own.organisation,
            state=EnrolmentState.INVITED,
            by=own.lead,
        ),
    )
    assert guest == [("follower", "Je bent uitgenodigd voor Voorjaar")]
