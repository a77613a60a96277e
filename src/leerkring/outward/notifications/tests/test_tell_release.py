"""Who is taken out of an edition, or steps out, reads it in one letter; the meetings to come leave their calendar."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from django.core import mail
from django.core.mail import EmailMessage

from leerkring.community.accounts.models import Account
from leerkring.community.meetings import actions as meetings
from leerkring.community.memberships import actions as memberships
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Membership
from leerkring.direction.programmes import actions
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Enrolment
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.outward.notifications.tests.test_tell_meeting import Committed, address, event_of
from leerkring.outward.notifications.tests.test_tell_meeting import later as jobs_after
from leerkring.platform import clock
from tests.cast import Cast, make_person


def later(committed: Callable[[], AbstractContextManager[object]]) -> None:
    jobs_after(committed, 3)


def entries() -> list[tuple[str, str, str, int, str]]:
    """To whom which entry went, how and with which sequence; letters without one are left out."""
    found = []
    for message in with_entry():
        method, event = event_of(message)
        found.append((message.to[0], str(event["SUMMARY"]), method, int(str(event["SEQUENCE"])), str(event["STATUS"])))
    return found


def with_entry() -> list[EmailMessage]:
    return [message for message in mail.outbox if "text/calendar" in message.message().as_string()]


def uids() -> set[str]:
    return {str(event_of(message)[1]["UID"]) for message in with_entry()}


def plain() -> list[tuple[str, str]]:
    return [(message.to[0], str(message.subject)) for message in mail.outbox if message not in with_entry()]


def test_the_calendar_follows_who_is_taken_out_and_put_back(cast: Cast, committed: Committed) -> None:
    own = cast.own
    first, second, held = own.meeting(title="Een"), own.meeting(title="Twee", days=30), own.meeting(days=-3)
    edition = edition_of(own, state=EditionState.RECRUITING, meetings=[first, second, held])
    Account.objects.filter(person=own.keeper).update(language="en")
    with committed():
        enrolment = enrolled(own, edition, own.member)
        other = enrolled(own, edition, own.keeper)
    meetings.sign_off(meeting=second, by=own.member)
    mine, theirs = address(own.member), address(own.keeper)
    known = uids()
    assert sorted(entries()) == [
        (theirs, "Een", "REQUEST", 0, "CONFIRMED"), (theirs, "Twee", "REQUEST", 0, "CONFIRMED"),
        (mine, "Een", "REQUEST", 0, "CONFIRMED"), (mine, "Twee", "REQUEST", 0, "CONFIRMED"),
    ]  # fmt: skip

    mail.outbox.clear()
    with committed():
        actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.lead)
        actions.put_back(enrolment=enrolment, by=own.lead)
    later(committed)
    assert mail.outbox == [], "a slip of the hand is told to nobody"

    with committed():
        actions.move_enrolment(enrolment=enrolment, state=EnrolmentState.LEFT, by=own.lead)
    assert mail.outbox == []
    later(committed)
    assert plain() == [(mine, "Je doet niet meer mee aan Voorjaar")]
    assert mail.outbox[0].to == [mine], "the letter comes before what clears the calendar"
    assert "De 2 bijeenkomsten die nog komen, gaan uit je agenda." in mail.outbox[0].body
    assert "Vraag het aan het programmateam: Lead Eigen." in mail.outbox[0].body
    assert entries() == [(mine, "Een", "CANCEL", 3, "CANCELLED"), (mine, "Twee", "CANCEL", 3, "CANCELLED")]
    assert uids() == known

    mail.outbox.clear()
    with committed():
        actions.put_back(enrolment=enrolment, by=own.lead)
    later(committed)
    assert plain() == [(mine, "Je doet mee aan Voorjaar")]
    assert entries() == [(mine, "Een", "REQUEST", 4, "CONFIRMED"), (mine, "Twee", "REQUEST", 4, "CONFIRMED")]

    mail.outbox.clear()
    with committed():
        meetings.change_meeting(meeting=first, place="Breda", by=own.lead)
        actions.move_enrolment(enrolment=other, state=EnrolmentState.LEFT, by=own.keeper)
    later(committed)
    assert plain() == [(theirs, "You gave back your place in Voorjaar")]
    told = next(message for message in mail.outbox if message.subject == plain()[0][1])
    assert "The 2 meetings that are still to come leave your calendar." in told.body
    assert sorted(entries()) == [
        (theirs, "Een", "CANCEL", 6, "CANCELLED"), (theirs, "Twee", "CANCEL", 5, "CANCELLED"),
        (mine, "Een", "REQUEST", 6, "CONFIRMED"),
    ]  # fmt: skip


def test_who_had_no_place_hears_of_the_teams_no_and_not_of_their_own(cast: Cast, committed: Committed) -> None:
    own = cast.own
    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1, meetings=[own.meeting()])
    with committed():
        enrolled(own, edition, own.lead)
        waiting = enrolled(own, edition, own.member, EnrolmentState.WAITING)
        invited = enrolled(own, edition, own.keeper, EnrolmentState.INVITED)
    mail.outbox.clear()
    with committed():
        actions.move_enrolment(enrolment=waiting, state=EnrolmentState.LEFT, by=own.lead)
        actions.move_enrolment(enrolment=invited, state=EnrolmentState.LEFT, by=own.keeper)
    later(committed)
    assert [(message.to[0], message.subject) for message in mail.outbox] == [
        (address(own.member), "Je staat niet meer op de lijst van Voorjaar")
    ]
    assert "agenda" not in mail.outbox[0].body


def test_who_leaves_the_programme_gives_back_what_they_have_in_its_editions(cast: Cast, committed: Committed) -> None:
    own = cast.own
    edition = edition_of(own, state=EditionState.RECRUITING, places_count=1, meetings=[own.meeting(title="Een")])
    running = edition_of(own, meetings=[own.meeting(title="Loopt")])
    beside, public = own.meeting(title="Los"), own.meeting(title="Voor iedereen", label=Label.PUBLIC)
    with committed():
        enrolled(own, running, own.member)
        mine = enrolled(own, edition, own.member)
        with clock.at(clock.now() - timedelta(hours=2)):
            stranger = enrolled(own, edition, make_person("Wachter"), EnrolmentState.WAITING)
        last = enrolled(own, edition, own.keeper, EnrolmentState.WAITING)
        for meeting in (beside, public):
            meetings.expect_people(meeting=meeting, people=[own.member, own.keeper], by=own.lead)
    mail.outbox.clear()
    membership = Membership.objects.get(person=own.member, community=own.community)

    def states() -> list[str]:
        return [Enrolment.objects.get(pk=enrolment.pk).state for enrolment in (mine, stranger, last)]

    with committed():
        memberships.leave_community(membership=membership, by=own.member)
        memberships.come_back(membership=membership, by=own.member)
    jobs_after(committed, 11)
    assert states() == ["confirmed", "waiting", "waiting"]
    assert mail.outbox == []

    with committed():
        memberships.leave_community(membership=membership, by=own.member)
    jobs_after(committed, 11)
    assert states() == ["left", "waiting", "waiting"]
    assert [offer.enrolment for offer in stranger.offers.all()] == [stranger]
    jobs_after(committed, 14)
    assert {(to, title, method) for to, title, method, *_rest in entries()} == {
        (address(own.member), title, "CANCEL") for title in ("Een", "Loopt", "Los")
    }
    assert (address(own.member), "Je gaf je plaats in Voorjaar terug") in plain()
    assert Enrolment.objects.get(edition=running, person=own.member).state == EnrolmentState.ACTIVE

    with committed():
        memberships.leave_everything(person=stranger.person, by=stranger.person)
    assert states() == ["left", "left", "waiting"]
    assert (stranger.offers.get().answer, last.offers.get().is_open) == ("withdrawn", True)

    mail.outbox.clear()
    with committed():
        memberships.come_back(membership=membership, by=own.member)
    assert [(title, method) for _to, title, method, *_rest in entries()] == [("Loopt", "REQUEST")]
    assert states() == ["left", "left", "waiting"]
