"""Calls: an invitation per organisation and policy field, through whom it goes, and who is missing."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from leerkring.community.people.models import Person, PolicyField
from leerkring.direction.programmes import actions, recruiting
from leerkring.direction.programmes.enums import EditionState, EnrolmentState
from leerkring.direction.programmes.models import Call, Edition
from leerkring.direction.programmes.spread import Spread, margins
from leerkring.direction.programmes.spread_picture import SpreadPicture
from leerkring.direction.programmes.tests.stories import edition_of, enrolled
from leerkring.direction.programmes.words import number, places_in_words, rule_in_words
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import Cast, join, make_organisation, make_person

Browser = Callable[[Person | None], Client]


def test_from_who_is_missing_to_an_invitation_in_one_step(cast: Cast, client_of: Browser) -> None:
    own, breda = cast.own, make_organisation("Breda")
    own.community.organisations.add(breda)
    afval, zorg = (PolicyField.objects.create(name=name) for name in ("afval", "jeugdzorg"))
    edition = edition_of(own, state=EditionState.RECRUITING)
    near, beside = make_person("Nabij"), make_person("Ernaast")
    Person.objects.filter(pk=near.pk).update(policy_field=zorg)
    join(near, own.community, organisation=breda)
    join(beside, own.community, organisation=breda)
    actions.enrol(edition=edition, person=own.member, organisation=own.organisation, policy_field=afval, by=own.lead)
    base, lead = f"/eigen/editions/{edition.pk}/", client_of(own.lead)
    page = lead.get(base + "recruit/").content.decode()
    assert "Nog niemand van 1 organisatie" in page
    assert f'name="organisation" value="{breda.pk}"' in page
    assert f'name="policy_field" value="{zorg.pk}"' in page

    assert client_of(own.keeper).post(base + "calls/", {"organisation": breda.pk}).status_code == 403
    assert lead.post(base + "calls/", {}).status_code == 422
    assert lead.post(base + "calls/", {"organisation": cast.other.organisation.pk}).status_code == 422
    for _press in range(2):
        assert lead.post(base + "calls/", {"organisation": breda.pk, "policy_field": zorg.pk}).status_code == 302
    call = Call.objects.get()
    at = f"{base}calls/{call.pk}/"
    page = lead.get(at).content.decode()
    assert f"/eigen/editions/{edition.pk}/register/?via={call.token}" in page
    assert page.index("Nabij") < page.index("Ernaast")
    assert "Member Eigen" not in page.split("<main")[1]

    assert lead.post(at + "forward/", {}).status_code == 422
    assert lead.post(at + "forward/", {"people": [own.member.pk]}).status_code == 422
    for _press in range(2):
        assert lead.post(at + "forward/", {"people": [near.pk]}).status_code == 302
    contact = {"contact_name": "Cor", "contact_address": "cor@breda.example", "contact_language": "nl"}
    assert lead.post(at + "mail/", contact | {"contact_address": "cor"}).status_code == 422
    for _press in range(2):
        assert lead.post(at + "mail/", contact).status_code == 302
        assert lead.post(at + "sent/").status_code == 302
    assert lead.post(at, {"text_nl": "Dag Breda", "text_en": ""}).status_code == 302
    assert "Dag Breda" in lead.get(at).content.decode()
    names = FactRow.objects.filter(name__contains="Call") | FactRow.objects.filter(name="ForwardingAsked")
    assert [row.name for row in names.order_by("id")] == [
        "CallMade",
        "ForwardingAsked",
        "CallMailed",
        "CallSaidSent",
        "CallChanged",
    ]
    assert FactRow.objects.get(name="ForwardingAsked").ids["person_ids"] == [near.pk]
    for act in (
        lambda: actions.make_call(edition=edition, organisation=breda, by=own.keeper),
        lambda: actions.change_call(call=call, text_nl="", text_en="", by=own.keeper),
        lambda: actions.say_call_sent(call=call, by=own.keeper),
        lambda: actions.ask_forwarding(call=call, people=[near], by=own.keeper),
        lambda: actions.mail_call(call=call, by=own.keeper, **contact),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_nothing_is_mailed_before_people_may_apply(cast: Cast) -> None:
    edition = edition_of(cast.own, state=EditionState.DRAFT)
    call = actions.make_call(edition=edition, organisation=cast.own.organisation, by=cast.own.lead)
    with pytest.raises(Refused):
        actions.mail_call(
            call=call, contact_name="C", contact_address="c@d.nl", contact_language="nl", by=cast.own.lead
        )
    with pytest.raises(Refused):
        actions.ask_forwarding(call=call, people=[cast.own.member], by=cast.own.lead)


def test_each_organisation_is_invited_applied_or_silent(cast: Cast, client_of: Browser) -> None:
    own, breda, altena = cast.own, make_organisation("Breda"), make_organisation("Altena")
    edition = edition_of(own, state=EditionState.RECRUITING)
    for person, state in ((own.member, None), (own.keeper, EnrolmentState.WAITING), (own.follower, "invited")):
        enrolled(own, edition, person, EnrolmentState(state) if state else None)
    zundert, moerdijk = make_organisation("Zundert"), make_organisation("Moerdijk")
    own.community.organisations.add(breda, altena, zundert, moerdijk)
    call = actions.make_call(edition=edition, organisation=breda, by=own.lead)
    actions.say_call_sent(call=call, by=own.lead)
    near = make_person("Nabij")
    join(near, own.community, organisation=zundert)
    field = PolicyField.objects.create(name="afval")
    passed = actions.make_call(edition=edition, organisation=zundert, policy_field=field, by=own.lead)
    actions.ask_forwarding(call=passed, people=[near], by=own.lead)
    made = actions.make_call(edition=edition, organisation=moerdijk, by=own.lead)
    rows = recruiting.reached(
        [own.organisation, breda, zundert, moerdijk, altena],
        recruiting.calls_of(edition),
        edition.enrolments.all(),
        recruiting.asked_to_pass_on(edition),
    )
    assert [(row.taking_part, row.asking, row.invited, row.is_silent, row.is_called) for row in rows] == [
        (1, 1, 1, False, True),
        (0, 0, 0, True, True),
        (0, 0, 0, True, True),
        (0, 0, 0, True, False),
        (0, 0, 0, True, False),
    ]
    assert [(row.call, row.asked.count) for row in rows[1:]] == [(call, 0), (passed, 1), (made, 0), (None, 0)]
    page = client_of(own.lead).get(f"/eigen/editions/{edition.pk}/recruit/").content.decode()
    said = ("uitnodiging verstuurd op", "1 collega gevraagd om het door te geven", "nog niet verstuurd")
    assert [page.count(words) for words in (*said, "nog niet uitgenodigd")] == [1, 2, 1, 1], "also by policy field"


def test_the_spread_draws_who_is_there_and_who_is_missing(cast: Cast) -> None:
    afval, zorg = (PolicyField.objects.create(name=name) for name in ("afval", "jeugdzorg"))
    edition = edition_of(cast.own)
    for number_ in range(8):
        actions.enrol(
            edition=edition,
            person=make_person(f"P{number_}"),
            organisation=cast.own.organisation,
            policy_field=afval,
            by=cast.own.lead,
        )
    breda = make_organisation("Breda")
    spread = Spread(
        edition.enrolments.select_related("organisation", "policy_field"),
        [breda],
        cast.other.organisation,
        [afval, zorg],
    )
    assert (spread.missing, spread.missing_fields) == ([breda], [zorg])
    picture = SpreadPicture(spread, Spread(edition.enrolments.all()[:4], [breda], cast.other.organisation))
    assert sorted(dot.is_open for line in picture.lines for dot in line.dots) == [False] * 4 + [True] * 2
    assert [(line.name, len(line.dots), [n for _x, n in line.numbers], line.is_missing) for line in picture.lines] == [
        ("Breda", 0, [], True),
        ("Gemeente Eigen", 6, [8], False),
    ]
    parts = [(part.name, part.taking_part, part.asking, part.has_more) for part in picture.lines[1].parts]
    assert (parts, picture.lines[0].parts) == ([("afval", 4, 4, True)], [])
    assert [(head.name, head.is_missing) for head in picture.heads] == [("afval", False), ("jeugdzorg", True)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": 9, "B": 7}, {"A": 9, "B": 7}),
        ({"A": 9, "B": 7, "C": 3}, {"A": 9}),
        ({"A": 9, "B": 0, "C": 0}, {}),
        ({"A": 9, "B": 4, "C": 4}, {"A": 9}),
        ({"A": 9, "B": 8, "C": 4, "D": 0}, {"A": 9}),
        ({"A": 4}, {}),
        ({}, {}),
    ],
)
def test_a_figure_below_five_is_held_back_and_cannot_be_had_by_subtraction(
    counts: dict[str, int], shown: dict[str, int]
) -> None:
    assert {row.name: row.count for row in margins(counts) if row.count is not None} == shown
    hidden = [count for name, count in counts.items() if name not in shown]
    assert not hidden or not shown or (len(hidden) > 1 and sum(hidden) >= 5)


def test_others_than_the_team_see_the_spread_from_five(cast: Cast, client_of: Browser) -> None:
    own, breda = cast.own, make_organisation("Breda")
    own.community.organisations.add(breda)
    edition = edition_of(own)
    browser, shown = client_of(own.member), []
    for number_ in range(12):
        where = breda if number_ % 2 else own.organisation
        actions.enrol(edition=edition, person=make_person(f"P{number_}"), organisation=where, by=own.lead)
        if number_ > 7:
            page = browser.get(f"/eigen/editions/{edition.pk}/").content.decode().split("<main")[1]
            shown.append([count for count in (4, 5, 6) if f'<td class="r num">{count}</td>' in page])
    assert shown == [[], [5], [5, 6], [6]], "one figure would give the other away"
    assert browser.get(f"/eigen/editions/{edition.pk}/recruit/").status_code == 403


@pytest.mark.parametrize(
    ("places", "taken", "said"),
    [
        (None, 3, "Er is plaats voor iedereen."),
        (25, 25, "Alle plaatsen zijn bezet. Je kunt op de wachtlijst komen."),
        (25, 24, "Er is nog één plaats vrij."),
        (25, 21, "Er zijn nog vier plaatsen vrij."),
        (25, 14, "Meer dan de helft van de plaatsen is bezet."),
        (25, 12, "Er is plaats genoeg."),
        (5, 4, "Er is plaats."),
        (2, 2, "Alle plaatsen zijn bezet. Je kunt op de wachtlijst komen."),
    ],
)
def test_places_are_told_in_words(places: int | None, taken: int, said: str) -> None:
    edition = Edition(places_count=places, fully_from_count=2)
    assert places_in_words(edition, taken) == said
    assert rule_in_words(edition, 6) == "Twee van de zes bijeenkomsten is volledig."
    assert (number(12), number(13)) == ("twaalf", "13")


@pytest.mark.parametrize("page", ["recruit", "waiting"])
def test_the_pages_of_recruiting_ask_as_much_for_3_as_for_300(
    cast: Cast, client_of: Browser, count_queries: Callable[[Client, str], int], page: str
) -> None:
    own = cast.own
    edition = edition_of(own, state=EditionState.RECRUITING)
    browser, address = client_of(own.lead), f"/eigen/editions/{edition.pk}/{page}/"

    def grow(first: int, last: int) -> None:
        for number_ in range(first, last):
            organisation = make_organisation(f"Gemeente {number_}")
            own.community.organisations.add(organisation)
        people = Person.objects.bulk_create(
            Person(given_name=f"G{n}", family_name="Velen", name_key=f"velen {n}") for n in range(first, last)
        )
        edition.enrolments.bulk_create(
            edition.enrolments.model(
                edition=edition,
                person=person,
                organisation=own.organisation,
                state=state,
                enrolled_on=edition.starts_on,
            )
            for person, state in zip(people, ["waiting", "applied", "confirmed"] * len(people), strict=False)
        )

    grow(0, 4)
    few = count_queries(browser, address)
    grow(4, 300)
    many = count_queries(browser, address)
    assert few == many <= 15
