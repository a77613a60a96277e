"""The waiting list moves up by itself: an offer with a term, answered by the link in a mail."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from leerkring.community.memberships.queries import forget_standings
from leerkring.community.people.models import Person
from leerkring.direction.programmes import actions, recruiting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.jobs import lapse_offers_later
from leerkring.direction.programmes.models import Edition, Enrolment, PlaceOffer
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import AMSTERDAM, Cast, make_cast, make_person

Browser = Callable[[Person | None], Client]
OFFERS = ("PlaceOffered", "PlaceAccepted", "PlaceDeclined", "OfferLapsed", "OfferWithdrawn", "WaitingRenewed")


def waiting_for_one_place(cast: Cast, names: str = "ABC") -> tuple[Edition, Enrolment, list[Enrolment]]:
    """A full edition of one place, who has it, and who waits, in order."""
    edition = edition_of(cast.own, state=EditionState.RECRUITING, places_count=1)
    holder = enrolled(cast.own, edition, cast.own.member)
    waiting = []
    for number, name in enumerate(names):
        with clock.at(clock.now() - timedelta(hours=10 - number)):
            waiting.append(enrolled(cast.own, edition, make_person(name), EnrolmentState.WAITING))
    return edition, holder, waiting


def leave(enrolment: Enrolment) -> None:
    actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=enrolment.person)


def told() -> list[tuple[str, int]]:
    rows = FactRow.objects.filter(name__in=OFFERS).order_by("id")
    return [(row.name, row.ids["enrolment_id"]) for row in rows]


def test_a_place_goes_down_the_list_until_somebody_takes_it(cast: Cast, client_of: Browser) -> None:
    edition, holder, (first, second, third) = waiting_for_one_place(cast)
    leave(holder)
    offer = PlaceOffer.objects.get()
    assert (offer.enrolment, offer.offered_by) == (first, None)
    assert recruiting.free_places(edition) == 0
    with pytest.raises(Refused):
        enrolled(cast.own, edition, cast.own.keeper)

    visitor, address = client_of(None), f"/places/{recruiting.token_of(offer)}/"
    assert "Ja, ik doe mee" in visitor.get(address).content.decode()
    assert visitor.get(f"/places/{recruiting.token_of(offer)}x/").status_code == 404
    assert visitor.post(address, {}).status_code == 422
    assert told() == [("PlaceOffered", first.pk)]
    assert visitor.post(address, {"answer": "no"}).status_code == 302
    assert "naar de volgende" in visitor.get(address).content.decode()

    offer = PlaceOffer.objects.get(enrolment=second)
    with clock.at(offer.answer_before - timedelta(seconds=1)):
        lapse_offers_later()
        assert not PlaceOffer.objects.filter(answer="lapsed").exists()
    with clock.at(offer.answer_before):
        late = f"/places/{recruiting.token_of(offer)}/"
        assert visitor.post(late, {"answer": "yes"}).status_code == 422
        assert (actions.lapse_offers(), actions.lapse_offers()) == (1, 0)
        assert "Houd mij op de lijst" in visitor.get(late).content.decode()
        last = PlaceOffer.objects.get(enrolment=third)
        for _press in range(2):
            assert visitor.post(f"/places/{recruiting.token_of(last)}/", {"answer": "yes"}).status_code == 302
        assert visitor.post(late, {"answer": "stay"}).status_code == 302
        assert visitor.post(late, {"answer": "yes"}).status_code == 422
        assert "op de wachtlijst" in visitor.get(late).content.decode()
    states = dict(edition.enrolments.values_list("person__given_name", "state"))
    assert states == {"Member": "left", "A": "left", "B": "waiting", "C": "confirmed"}
    assert told() == [
        ("PlaceOffered", first.pk),
        ("PlaceDeclined", first.pk),
        ("PlaceOffered", second.pk),
        ("OfferLapsed", second.pk),
        ("PlaceOffered", third.pk),
        ("PlaceAccepted", third.pk),
        ("WaitingRenewed", second.pk),
    ]


def test_who_let_a_place_pass_does_not_get_it_again_unasked(cast: Cast) -> None:
    edition, holder, (only,) = waiting_for_one_place(cast, "A")
    leave(holder)
    with clock.at(PlaceOffer.objects.get().answer_before):
        actions.lapse_offers()
        assert PlaceOffer.objects.count() == 1
        actions.renew_waiting(enrolment=only, by=only.person)
        assert PlaceOffer.objects.filter(answered_at__isnull=True).count() == 1
    with pytest.raises(PermissionDenied):
        actions.renew_waiting(enrolment=only, by=cast.own.lead)
    assert edition.enrolments.get(person=only.person).state == EnrolmentState.WAITING


@pytest.mark.parametrize(
    ("starts_in", "days"), [(60, 4), (3, 2), (1, 1), (-5, 4)], ids=["far", "near", "tomorrow", "begun"]
)
def test_the_term_ends_with_a_day_and_before_the_edition_begins(cast: Cast, starts_in: int, days: int) -> None:
    with clock.at(datetime(2026, 10, 22, 15, 0, tzinfo=AMSTERDAM)):
        edition, holder, _waiting = waiting_for_one_place(cast, "A")
        starts_on = clock.today() + timedelta(days=starts_in)
        Edition.objects.filter(pk=edition.pk).update(starts_on=starts_on)
        leave(holder)
        offer = PlaceOffer.objects.get()
        assert offer.last_day == clock.today() + timedelta(days=days)
        assert offer.answer_before.astimezone(AMSTERDAM).hour == 0, "also over the end of summer time"


def test_the_team_offers_by_hand_out_of_turn_and_takes_it_back(cast: Cast, client_of: Browser) -> None:
    edition, holder, (first, second) = waiting_for_one_place(cast, "AB")
    base, lead = f"/eigen/editions/{edition.pk}/", client_of(cast.own.lead)
    page = lead.get(base + "waiting/").content.decode()
    assert page.index("A Voorbeeld") < page.index("B Voorbeeld")
    assert lead.post(f"{base}enrolments/{second.pk}/offer/").status_code == 422
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.RUNNING)
    leave(holder)
    assert not PlaceOffer.objects.exists(), "a list moves by itself while the edition recruits"
    assert lead.post(f"{base}enrolments/{holder.pk}/offer/").status_code == 422
    for _press in range(2):
        assert lead.post(f"{base}enrolments/{second.pk}/offer/").status_code == 302
    offer = PlaceOffer.objects.get()
    assert (offer.enrolment, offer.offered_by) == (second, cast.own.lead)
    assert client_of(cast.own.keeper).post(f"{base}offers/{offer.pk}/withdraw/").status_code == 403
    for _press in range(2):
        assert lead.post(f"{base}offers/{offer.pk}/withdraw/").status_code == 302
    assert told() == [("PlaceOffered", second.pk), ("OfferWithdrawn", second.pk)]
    with pytest.raises(Refused):
        actions.accept_offer(offer=offer, by=second.person)
    with pytest.raises(PermissionDenied):
        actions.accept_offer(offer=offer, by=first.person)
    for act in (actions.offer_place, actions.approve):
        with pytest.raises(PermissionDenied):
            act(enrolment=first, by=cast.own.keeper)


def test_more_places_go_to_the_list_and_a_place_is_the_teams_to_give(cast: Cast, client_of: Browser) -> None:
    edition, _holder, (first, second, third) = waiting_for_one_place(cast)
    actions.change_edition(
        edition=edition,
        name=edition.name,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        places_count=3,
        by=cast.own.lead,
    )
    assert [offer.enrolment for offer in PlaceOffer.objects.all()] == [first, second]
    actions.move_enrolment(enrolment=first, state=EnrolmentState.CONFIRMED, by=cast.own.lead)
    assert PlaceOffer.objects.get(enrolment=first).answer == "accepted"
    leave(second)
    assert recruiting.open_offer_of(third) is not None
    last = enrolled(cast.own, edition, make_person("D"), EnrolmentState.WAITING)
    actions.move_enrolment(enrolment=third, state=EnrolmentState.LEFT, by=cast.own.lead)
    answers = dict(PlaceOffer.objects.values_list("enrolment", "answer"))
    assert answers == {first.pk: "accepted", second.pk: "declined", third.pk: "withdrawn", last.pk: ""}
    actions.move_enrolment(enrolment=first, state=EnrolmentState.LEFT, by=cast.own.lead)
    for enrolment in (first, third):
        offer = PlaceOffer.objects.get(enrolment=enrolment)
        page = client_of(None).get(f"/places/{recruiting.token_of(offer)}/").content.decode()
        assert "Deze plaats is niet meer vrij" in page


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_gets_it() -> None:
    """Real threads, real transactions: registering, approving, and an answer that comes as the term ends."""
    cast = make_cast()
    own = cast.own
    forget_standings()

    def at_once(*acts: Callable[[], object]) -> None:
        start, errors = threading.Barrier(len(acts)), list[Exception]()

        def run(act: Callable[[], object]) -> None:
            try:
                start.wait()
                act()
            except Refused:
                pass
            except Exception as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors, errors

    def states() -> list[str]:
        return sorted(Enrolment.objects.filter(edition=edition).values_list("state", flat=True))

    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1)
    actions.change_registration(edition=edition, is_open_to_all=False, confirms_at_once=True, offer_days=4, by=own.lead)
    people = [own.member, own.keeper, own.facilitator, own.follower]

    def registering(person: Person) -> Callable[[], object]:
        theirs = Person.objects.select_related("account").get(pk=person.pk)
        again = Edition.objects.select_related("programme__community").get(pk=edition.pk)
        return lambda: actions.register(edition=again, person=theirs, organisation=own.organisation, by=theirs)

    at_once(*(registering(person) for person in people for _press in range(2)))
    assert states() == ["confirmed", "waiting", "waiting", "waiting"]
    assert sorted(row.ids["state"] for row in FactRow.objects.filter(name="Enrolled")) == states()

    leave(Enrolment.objects.get(edition=edition, state=EnrolmentState.CONFIRMED))
    offer = PlaceOffer.objects.get()
    with clock.at(offer.answer_before - timedelta(seconds=1)):
        moment = clock.now()

    def accepting() -> object:
        with clock.at(moment):
            return actions.accept_offer(offer=PlaceOffer.objects.get(pk=offer.pk), by=offer.enrolment.person)

    def lapsing() -> object:
        with clock.at(offer.answer_before):
            return actions.lapse_offers()

    at_once(accepting, lapsing, lapsing, accepting)
    held = recruiting.taken_count(edition)
    assert (held, states().count("confirmed") + PlaceOffer.objects.filter(answered_at=None).count()) == (1, 1)

    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1)
    applied = [enrolled(own, edition, person, EnrolmentState.APPLIED) for person in people[:2]]

    def approving(enrolment: Enrolment) -> Callable[[], object]:
        return lambda: actions.approve(
            enrolment=Enrolment.objects.get(pk=enrolment.pk), by=Person.objects.get(pk=own.lead.pk)
        )

    at_once(*(approving(enrolment) for enrolment in applied))
    assert states() == ["confirmed", "waiting"]
