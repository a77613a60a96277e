"""What groups add to the pages of questions and meetings, for each reader."""

from collections.abc import Callable

from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions
from leerkring.cycle.groups.tests.making import make_group, make_question
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def test_a_question_shows_the_groups_on_it(cast: Cast, client_of: ClientOf) -> None:
    question = make_question(cast.own, code="A")
    make_group(cast.own, "Open kring", questions=[question])
    make_group(cast.own, "Besloten kring", questions=[question], label=Label.GROUP, contact=cast.own.keeper)
    address = f"/eigen/questions/{question.pk}/"
    for person, sees in ((cast.own.member, False), (cast.own.keeper, True), (cast.own.lead, True)):
        text = client_of(person).get(address).content.decode()
        assert ("Open kring" in text, "Besloten kring" in text) == (True, sees)


def test_a_meeting_shows_what_formed_and_was_shown_there(cast: Cast, client_of: ClientOf) -> None:
    meeting = cast.own.meeting()
    group = make_group(cast.own, "Nieuwe kring", meeting=meeting)
    hidden = make_group(cast.own, "Besloten kring", meeting=meeting, label=Label.GROUP, contact=cast.own.keeper)
    for shown, found in ((group, "Niets past hier"), (hidden, "Stil gevonden")):
        actions.write_result(group=shown, meeting=meeting, did="", found=found, asks="", by=cast.own.lead)
    address = f"/eigen/meetings/{meeting.pk}/"
    text = client_of(cast.own.member).get(address).content.decode()
    assert "Nieuwe kring" in text
    assert "Niets past hier" in text
    assert "Besloten kring" not in text
    assert "Stil gevonden" not in text
    assert "Stil gevonden" in client_of(cast.own.keeper).get(address).content.decode()
