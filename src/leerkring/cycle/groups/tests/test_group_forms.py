"""The verbs of groups as people do them: by form, twice, in two tabs, with what is not theirs."""

from collections.abc import Callable

import pytest
from django.test import Client

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions, queries
from leerkring.cycle.groups.enums import GroupState
from leerkring.cycle.groups.models import Case, LearningGroup, ResultPage, TransitionRole
from leerkring.cycle.groups.tests.making import ODD, make_group, make_member, make_question, make_theme, only_fact
from tests.cast import Cast

ClientOf = Callable[[Person | None], Client]


def test_a_member_proposes_and_lands_on_the_group(cast: Cast, client_of: ClientOf) -> None:
    theme, question = make_theme(cast.own), make_question(cast.own)
    data = {"name": "Kleine kring", "theme": theme.pk, "questions": [question.pk], "label": "programme"}
    browser = client_of(cast.own.member)
    first, second = (browser.post("/eigen/groups/new/", data) for _ in range(2))
    group = LearningGroup.objects.get()
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == f"/eigen/groups/{group.pk}/"
    assert (group.state, group.theme, list(group.questions.all())) == (GroupState.PROPOSED, theme, [question])


def test_a_facilitator_forms_with_people(cast: Cast, client_of: ClientOf) -> None:
    anna = make_member(cast.own, "Anna")
    data = {
        "name": "Bouw mee", "people": [anna.pk, cast.own.follower.pk], "contact": anna.pk, "guidance": "own",
        "label": "programme",
    }  # fmt: skip
    assert client_of(cast.own.facilitator).post("/eigen/groups/new/", data).status_code == 302
    group = LearningGroup.objects.get()
    assert group.state == GroupState.FORMED
    assert set(queries.people_of(group)) == {anna, cast.own.follower}
    assert queries.contact_of(group) == anna


def test_the_form_keeps_what_was_typed_when_something_is_missing(cast: Cast, client_of: ClientOf) -> None:
    anna = make_member(cast.own, "Anna")
    data = {"name": "", "purpose": "Lange tekst 🌱", "people": [anna.pk], "guidance": "guided", "label": "programme"}
    answer = client_of(cast.own.facilitator).post("/eigen/groups/new/", data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Lange tekst 🌱" in text
    assert f'value="{anna.pk}" checked' in text
    answer = client_of(cast.own.facilitator).post("/eigen/groups/new/", data | {"name": "Bouw"})
    assert answer.status_code == 422
    assert "Kies wie de groep begeleidt" in answer.content.decode()
    assert LearningGroup.objects.count() == 0


def test_forged_people_themes_and_questions_are_refused(cast: Cast, client_of: ClientOf) -> None:
    forged = {
        "people": [cast.outsider.pk],
        "theme": make_theme(cast.other).pk,
        "questions": [make_question(cast.other).pk],
        "meeting": cast.other.meeting().pk,
        "label": "secret",
        "guidance": "both",
    }
    for name, value in forged.items():
        data = {"name": "Bouw", "guidance": "own", "label": "programme", name: value}
        assert client_of(cast.own.facilitator).post("/eigen/groups/new/", data).status_code == 422, name
    assert LearningGroup.objects.count() == 0


@pytest.mark.parametrize("name", ODD)
def test_any_name_can_be_given(cast: Cast, client_of: ClientOf, name: str) -> None:
    answer = client_of(cast.own.member).post("/eigen/groups/new/", {"name": name, "label": "programme"})
    assert answer.status_code == 302
    assert LearningGroup.objects.get().name == name


def test_a_name_that_is_too_long_comes_back(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.own.member).post("/eigen/groups/new/", {"name": "m" * 201, "label": "programme"})
    assert answer.status_code == 422


def test_two_tabs_show_both_texts(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own)
    data = {
        "name": group.name,
        "purpose": "Van de contactpersoon",
        "guidance": "own",
        "label": "programme",
        "revision": 1,
    }
    address = f"/eigen/groups/{group.pk}/edit/"
    assert client_of(cast.own.member).post(address, data).status_code == 302
    answer = client_of(cast.own.lead).post(address, data | {"purpose": "Van het team"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Van de contactpersoon" in text
    assert "Van het team" in text
    assert cast.own.member.name in text
    assert 'name="revision" value="2"' in text
    assert client_of(cast.own.lead).post(address, data | {"purpose": "Samen", "revision": 2}).status_code == 302
    group.refresh_from_db()
    assert group.purpose == "Samen"


def test_moving_says_so_and_can_be_put_back(cast: Cast, client_of: ClientOf) -> None:
    group, browser = make_group(cast.own), client_of(cast.own.member)
    address = f"/eigen/groups/{group.pk}/"
    answer = browser.post(address + "move/", {"state": "finished"}, follow=True)
    assert "Groep gesloten." in answer.content.decode()
    assert address + "move-back/" in answer.content.decode()
    browser.post(address + "move-back/")
    group.refresh_from_db()
    assert group.state == GroupState.FORMED
    assert browser.post(address + "move/", {"state": "nonsense"}).status_code == 422
    refused = browser.post(address + "move/", {"state": "presenting"}, follow=True).content.decode()
    assert "Deze groep is nu: gevormd" in refused


def test_joining_and_leaving_by_button(cast: Cast, client_of: ClientOf) -> None:
    group, browser = make_group(cast.own), client_of(cast.own.follower)
    address = f"/eigen/groups/{group.pk}/"
    for _ in range(2):
        assert browser.post(address + "join/").status_code == 302
    assert set(queries.people_of(group)) == {cast.own.member, cast.own.follower}
    only_fact("GroupJoined")
    answer = browser.post(address + "leave/", follow=True).content.decode()
    assert "Je hoeft niets uit te leggen" in answer
    assert "Zet mij terug" in answer
    browser.post(address + "come-back/")
    assert set(queries.people_of(group)) == {cast.own.member, cast.own.follower}


def test_others_are_refused_at_the_door(cast: Cast, client_of: ClientOf) -> None:
    group = make_group(cast.own, label=Label.PUBLIC)
    address = f"/eigen/groups/{group.pk}/"
    for verb in ("join/", "move/", "contact/", "questions/", "cases/new/"):
        assert client_of(None).post(address + verb)["Location"].startswith("/sign-in/"), verb
        assert client_of(cast.outsider).post(address + verb).status_code == 403, verb
    for verb in ("edit/", "split/", "cases/new/"):
        assert client_of(cast.own.follower).get(address + verb).status_code == 403, verb


def test_the_contact_is_chosen_from_the_group(cast: Cast, client_of: ClientOf) -> None:
    anna = make_member(cast.own, "Anna")
    group, browser = make_group(cast.own, people=[anna]), client_of(cast.own.member)
    address = f"/eigen/groups/{group.pk}/contact/"
    assert browser.post(address, {"person": cast.own.keeper.pk}).status_code == 422
    assert browser.post(address, {"person": anna.pk}).status_code == 302
    assert queries.contact_of(group) == anna


def test_questions_come_and_go_by_form(cast: Cast, client_of: ClientOf) -> None:
    group, question, browser = make_group(cast.own), make_question(cast.own), client_of(cast.own.member)
    address = f"/eigen/groups/{group.pk}/questions/"
    assert browser.post(address, {"question": make_question(cast.other).pk}).status_code == 422
    assert browser.post(address, {"question": question.pk}).status_code == 302
    assert list(group.questions.all()) == [question]
    for _ in range(2):
        assert browser.post(f"{address}{question.pk}/remove/").status_code == 302
    assert browser.post(f"{address}{make_question(cast.other).pk}/remove/").status_code == 404
    assert list(group.questions.all()) == []


def test_a_case_from_putting_to_closing(cast: Cast, client_of: ClientOf) -> None:
    group, browser = make_group(cast.own), client_of(cast.own.member)
    role: TransitionRole = actions.start_transition_roles(community=cast.own.community, by=cast.own.lead)[0]
    data = {"title": "Sloop 🏚️", "description": "", "label": "programme"}
    for _ in range(2):
        assert browser.post(f"/eigen/groups/{group.pk}/cases/new/", data).status_code == 302
    case = Case.objects.get()
    address = f"/eigen/groups/{group.pk}/cases/{case.pk}/"
    assert browser.post(address + "take/", {"role": role.pk}).status_code == 302
    assert browser.post(address + "take/", {"role": 999}).status_code == 422
    assert role.name in browser.get(address).content.decode()
    taken = queries.roles_taken_now(case).get()
    assert browser.post(address + "lay-down/", {"taken": taken.pk}).status_code == 302
    assert browser.post(address + "lay-down/", {"taken": taken.pk}).status_code == 404
    answer = browser.post(address + "close/", follow=True).content.decode()
    assert address + "reopen/" in answer
    edited = browser.post(address + "edit/", data | {"title": "Sloop en hergebruik", "revision": 1})
    assert edited.status_code == 302
    stale = browser.post(address + "edit/", data | {"title": "Iets anders", "revision": 1})
    assert stale.status_code == 422
    assert "Sloop en hergebruik" in stale.content.decode()


def test_a_case_is_found_under_its_own_group_only(cast: Cast, client_of: ClientOf) -> None:
    case = actions.put_case(group=make_group(cast.own), title="Sloop", by=cast.own.member)
    other = make_group(cast.own, "Andere groep")
    browser = client_of(cast.own.lead)
    assert browser.get(f"/eigen/groups/{other.pk}/cases/{case.pk}/").status_code == 404
    assert browser.get(f"/eigen/groups/{case.group_id}/cases/{case.pk}/").status_code == 200


def test_the_page_for_the_werkplaats_in_two_tabs(cast: Cast, client_of: ClientOf) -> None:
    group, meeting = make_group(cast.own), cast.own.meeting()
    address = f"/eigen/groups/{group.pk}/results/{meeting.pk}/"
    data = {"did": "Gebeld", "found": "Niets past", "asks": "Help", "wants_to": "Verder", "revision": 0}
    assert "Nog geen pagina" in client_of(cast.own.follower).get(address).content.decode()
    assert client_of(cast.own.member).post(address + "edit/", data).status_code == 302
    answer = client_of(cast.own.lead).post(address + "edit/", data | {"did": "Gemaild"})
    assert answer.status_code == 422
    assert "Gebeld" in answer.content.decode()
    assert "Gemaild" in answer.content.decode()
    text = client_of(cast.own.follower).get(address).content.decode()
    for words in ("Gebeld", "Niets past", "Help", "Verder"):
        assert words in text
    assert client_of(cast.own.follower).get(address + "edit/").status_code == 403
    assert ResultPage.objects.count() == 1


def test_no_page_for_an_intervisie_or_a_foreign_meeting(cast: Cast, client_of: ClientOf) -> None:
    group, browser = make_group(cast.own), client_of(cast.own.lead)
    for meeting in (cast.own.meeting(keeps_text=False), cast.other.meeting()):
        assert browser.get(f"/eigen/groups/{group.pk}/results/{meeting.pk}/").status_code == 404
        assert browser.post(f"/eigen/groups/{group.pk}/results/{meeting.pk}/edit/", {"did": "x"}).status_code == 404


def test_the_team_edits_the_roles(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.own.lead)
    browser.post("/eigen/roles/start/")
    assert [role.name for role in TransitionRole.objects.all()] == ["verbinder", "coalitiebouwer", "gebiedsmakelaar"]
    assert browser.post("/eigen/roles/", {"name": "verbinder"}).status_code == 422
    assert browser.post("/eigen/roles/", {"name": "tolk", "meaning": "Spreekt twee talen"}).status_code == 302
    tolk = TransitionRole.objects.get(name="tolk")
    assert browser.post("/eigen/roles/change/", {"role": tolk.pk, "name": "vertaler"}).status_code == 302
    assert browser.post("/eigen/roles/change/", {"role": tolk.pk, "name": "verbinder"}).status_code == 422
    assert browser.post("/eigen/roles/retire/", {"role": tolk.pk}).status_code == 302
    tolk.refresh_from_db()
    assert (tolk.name, tolk.is_retired) == ("vertaler", True)
    browser.post("/eigen/roles/bring-back/", {"role": tolk.pk})
    foreign = actions.put_transition_role(community=cast.other.community, name="tolk", by=cast.other.lead)
    assert browser.post("/eigen/roles/retire/", {"role": foreign.pk}).status_code == 422
    assert client_of(cast.own.keeper).get("/eigen/roles/").status_code == 403
    assert client_of(cast.own.keeper).post("/eigen/roles/", {"name": "gids"}).status_code == 403


def test_splitting_and_merging_by_form(cast: Cast, client_of: ClientOf) -> None:
    anna = make_member(cast.own, "Anna")
    group = make_group(cast.own, people=[anna], state=GroupState.WORKING)
    browser = client_of(cast.own.facilitator)
    data = {"name_1": "Hout", "name_2": "Steen", f"person_{anna.pk}": "1", f"person_{cast.own.member.pk}": "2"}
    page = browser.get(f"/eigen/groups/{group.pk}/split/").content.decode()
    assert page.count("(hoeft niet)") == 2, "the third and the fourth name; of people it is said once"
    assert browser.post(f"/eigen/groups/{group.pk}/split/", data | {"name_2": ""}).status_code == 422
    assert browser.post(f"/eigen/groups/{group.pk}/split/", data).status_code == 302
    hout, steen = (LearningGroup.objects.get(name=name) for name in ("Hout", "Steen"))
    assert (list(queries.people_of(hout)), list(queries.people_of(steen))) == ([anna], [cast.own.member])
    LearningGroup.objects.update(state=GroupState.WORKING)
    foreign = make_group(cast.other, state=GroupState.WORKING)
    assert browser.post("/eigen/groups/merge/", {"groups": [hout.pk, foreign.pk], "name": "Samen"}).status_code == 422
    assert browser.post("/eigen/groups/merge/", {"groups": [hout.pk], "name": "Samen"}).status_code == 422
    assert browser.post("/eigen/groups/merge/", {"groups": [hout.pk, steen.pk], "name": "Samen"}).status_code == 302
    assert set(queries.people_of(LearningGroup.objects.get(name="Samen"))) == {anna, cast.own.member}


def test_the_pages_speak_english_too(cast: Cast, client_of: ClientOf) -> None:
    group, browser = make_group(cast.own), client_of(cast.own.lead)
    browser.cookies["leerkring-language"] = "en"
    assert "1 group is at work" in browser.get("/eigen/groups/").content.decode()
    assert "Who is in it" in browser.get(f"/eigen/groups/{group.pk}/").content.decode()
