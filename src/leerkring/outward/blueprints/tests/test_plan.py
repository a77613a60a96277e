"""From a blueprint to a running edition, and from an edition to a file that holds nobody."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils.translation import override

from leerkring.community.meetings import actions as meetings
from leerkring.community.meetings.enums import MeetingKind
from leerkring.community.meetings.models import Meeting, RunSheetItem
from leerkring.community.meetings.rhythm.actions import set_rhythm
from leerkring.community.meetings.rhythm.days import USUAL
from leerkring.community.meetings.rhythm.enums import LetterMoment
from leerkring.community.meetings.rhythm.queries import rhythm_of
from leerkring.community.meetings.workforms.actions import Texts, copy_workform, retire_workform
from leerkring.community.meetings.workforms.cards import own_card
from leerkring.community.meetings.workforms.library import CARDS
from leerkring.community.meetings.workforms.models import Workform
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes.enums import EditionState, ProgrammeKind
from leerkring.direction.programmes.models import Edition
from leerkring.formats.intervisie import actions as intervisie
from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library import SHEETS
from leerkring.outward.blueprints import actions, queries
from leerkring.outward.blueprints.blueprint import Workform as FormOfFile
from leerkring.outward.blueprints.blueprint import working_day
from leerkring.outward.blueprints.document import as_text, read
from leerkring.outward.blueprints.models import KeptBlueprint
from leerkring.outward.blueprints.ready_made import ready_made
from leerkring.platform import clock
from leerkring.platform.facts.models import FactRow
from leerkring.platform.rules import Refused
from tests.cast import START, Cast, ProgrammeCast

Browser = Callable[[Person | None], Client]
PAGE = "/eigen/blueprints/"


@pytest.fixture
def own(cast: Cast) -> ProgrammeCast:
    cast.own.programme.kind = ProgrammeKind.LEERPROGRAMMA
    cast.own.programme.save()
    return cast.own


def answers(changes: dict[str, str] | None = None, *, days: int = 6) -> dict[str, Any]:
    """What the form of four workshops sends, each a week after the one before."""
    typed: dict[str, Any] = {"name": "Editie 2027", "places_count": "25", "place": "Raadzaal"}
    for number in range(days):
        day = date(2027, 1, 11) + timedelta(weeks=number)
        typed |= {f"keep_{number}": "on", f"day_{number}": f"{day}", f"begins_{number}": "13:00"}
    return typed | (changes or {})


def plan(own: ProgrammeCast) -> Edition:
    blueprint = ready_made("four-workshops")
    assert blueprint is not None
    begins: list[datetime | None] = [START + timedelta(days=moment.day) for moment in blueprint.moments]
    planned = actions.plan_from_blueprint(
        programme=own.programme,
        blueprint=blueprint,
        name="Editie 2025",
        begins=begins,
        place="Raadzaal",
        places_count=25,
        by=own.lead,
    )
    assert planned.edition is not None
    return planned.edition


def test_one_press_plans_all_of_it(own: ProgrammeCast, client_of: Browser) -> None:
    browser = client_of(own.lead)
    assert browser.get(f"{PAGE}four-workshops/plan/?first=2027-01-09").context["form"]["day_0"].initial == date(
        2027, 1, 11
    )
    left_out = {"keep_5": ""}
    assert browser.post(f"{PAGE}four-workshops/plan/", answers(left_out)).status_code == 302
    edition = Edition.objects.get(name="Editie 2027")
    planned = list(edition.meetings.prefetch_related("items"))
    assert [meeting.kind for meeting in planned] == [
        MeetingKind.WORKSHOP, MeetingKind.INTERVISIE, MeetingKind.WORKSHOP, MeetingKind.WORKSHOP,
        MeetingKind.INTERVISIE,
    ]  # fmt: skip
    assert (edition.state, edition.places_count, edition.fully_from_count) == (EditionState.DRAFT, 25, 5)
    assert (edition.starts_on, edition.ends_on) == (date(2027, 1, 11), date(2027, 2, 8))
    for meeting in planned:
        assert sum(item.minutes for item in meeting.items.all()) == meeting.minutes
        assert (meeting.place, meeting.keeps_text) == ("Raadzaal", meeting.kind != MeetingKind.INTERVISIE)
    fact = FactRow.objects.get(name="MeetingsPlanned")
    assert fact.ids["edition_id"] == edition.pk
    assert fact.ids["meeting_ids"] == [meeting.pk for meeting in planned]


def test_what_is_wrong_plans_nothing_and_keeps_what_was_typed(own: ProgrammeCast, client_of: Browser) -> None:
    browser = client_of(own.lead)
    for changes in ({"name": ""}, {"day_2": ""}, {"begins_1": "half two"}, {f"keep_{n}": "" for n in range(6)}):
        response = browser.post(f"{PAGE}four-workshops/plan/", answers(changes))
        assert response.status_code == 422
        assert response.context["form"]["place"].value() == "Raadzaal"
    assert not Edition.objects.exists()
    assert not Meeting.objects.exists()


def test_a_learning_community_plans_its_meetings_only(cast: Cast, client_of: Browser) -> None:
    typed = {key: value for key, value in answers(days=4).items() if key not in ("name", "places_count")}
    response = client_of(cast.own.lead).post(f"{PAGE}werkplaats-cycle/plan/", typed)
    assert response["Location"] == "/eigen/meetings/"
    assert not Edition.objects.exists()
    assert FactRow.objects.get(name="MeetingsPlanned").ids["edition_id"] is None


def test_no_day_is_proposed_in_a_weekend() -> None:
    assert [working_day(date(2027, 3, day)) for day in (26, 27, 28, 29)] == [
        date(2027, 3, 26), date(2027, 3, 29), date(2027, 3, 29), date(2027, 3, 29),
    ]  # fmt: skip


def test_an_earlier_edition_becomes_the_next_without_anybody(own: ProgrammeCast, client_of: Browser) -> None:
    with clock.at(START):
        edition, beside = plan(own), plan(own)
    titles = [meeting.title for meeting in beside.meetings.filter(kind=MeetingKind.INTERVISIE)]
    assert titles == ["Intervisie 1", "Intervisie 2"], "each edition counts its own"
    intervisie.copy_method(community=own.community, sheet=SHEETS[BuiltIn.INCIDENT], by=own.lead)
    browser = client_of(own.lead)
    text = browser.get(f"{PAGE}edition-{edition.pk}/file/").content.decode()
    for person in (own.lead, own.member, own.facilitator):
        assert person.given_name not in text
        assert person.family_name not in text
    found = read(text.encode())
    again = queries.blueprint_of(edition)
    assert found.blueprint == again
    assert again is not None
    assert [moment.day for moment in again.moments] == [0, 21, 35, 63, 84, 112]
    assert {moment.begins.hour for moment in again.moments} == {10}
    assert [len(method.steps) for method in again.methods] == [6]


def test_a_file_travels_to_another_programme(cast: Cast, own: ProgrammeCast, client_of: Browser) -> None:
    with clock.at(START):
        edition = plan(own)
    intervisie.copy_method(community=own.community, sheet=SHEETS[BuiltIn.INCIDENT], by=own.lead)
    blueprint = queries.blueprint_of(edition)
    assert blueprint is not None
    cast.other.programme.kind = ProgrammeKind.LEERPROGRAMMA
    cast.other.programme.save()
    browser = client_of(cast.other.lead)
    sent = SimpleUploadedFile("methode.json", as_text(blueprint).encode())
    response = browser.post("/ander/blueprints/import/", {"method": sent})
    kept = KeptBlueprint.objects.get()
    assert response["Location"] == f"/ander/blueprints/file-{kept.pk}/"
    assert browser.get(response["Location"]).status_code == 200
    for _again in range(2):
        assert browser.post(f"/ander/blueprints/file-{kept.pk}/plan/", answers()).status_code == 302
    assert Edition.objects.filter(programme=cast.other.programme).count() == 2
    assert len(queries.own_methods(cast.other.community)) == 1
    assert client_of(own.lead).get(f"{PAGE}file-{kept.pk}/").status_code == 404
    browser.post(f"/ander/blueprints/kept/{kept.pk}/remove/")
    assert browser.get(f"/ander/blueprints/file-{kept.pk}/").status_code == 404
    browser.post(f"/ander/blueprints/kept/{kept.pk}/restore/")
    assert list(queries.kept_blueprints(cast.other.community)) == [kept]


def test_working_forms_and_letters_go_along_and_are_never_doubled(
    cast: Cast, own: ProgrammeCast, client_of: Browser
) -> None:
    form = copy_workform(community=own.community, card=CARDS["fishbowl"], by=own.lead)
    set_rhythm(community=own.community, letters={LetterMoment.DAY: 1, LetterMoment.DAYS: 5}, by=own.lead)
    with clock.at(START):
        edition = plan(own)
    first = edition.meetings.all()[0]
    assert [item.built_in_form for item in first.items.all()][1] == "introductions"
    meetings.put_workform(meeting=first, card=own_card(form), by=own.lead)
    retire_workform(workform=form, by=own.lead)
    blueprint = queries.blueprint_of(edition)
    assert blueprint is not None
    assert [each.texts.name for each in blueprint.workforms] == ["Viskom, van onszelf"], "it stands on a run sheet"

    there = cast.other
    there.programme.kind = ProgrammeKind.LEERPROGRAMMA
    there.programme.save()
    browser = client_of(there.lead)
    sent = SimpleUploadedFile("methode.json", as_text(blueprint).encode())
    page = browser.post("/ander/blueprints/import/", {"method": sent})["Location"]
    shown = browser.get(page)
    assert (shown.context["new_count"], shown.context["mails_differ"]) == (1, True)
    assert not Workform.objects.filter(community=there.community).exists(), "looking makes nothing"
    assert browser.post(f"{page}workforms/").status_code == 302
    assert browser.get(page).context["new_count"] == 0
    typed = answers()
    for takes, expected in (("", USUAL), ("on", {LetterMoment.DAYS: 5, LetterMoment.DAY: 1})):
        assert browser.post(f"{page}plan/", typed | {"takes_mails": takes}).status_code == 302
        assert rhythm_of(there.community) == expected
    assert "takes_mails" not in browser.get(f"{page}plan/").context["form"].fields
    brought = Workform.objects.get(community=there.community)
    assert brought.made_by == there.lead
    assert RunSheetItem.objects.filter(own_form=brought, meeting__community=there.community).count() == 2
    with pytest.raises(PermissionDenied):
        actions.take_along(community=there.community, blueprint=blueprint, by=there.facilitator)


def test_what_is_here_under_the_same_name_is_compared_and_chosen(cast: Cast, client_of: Browser) -> None:
    own, browser = cast.own, client_of(cast.own.lead)
    form = copy_workform(community=own.community, card=CARDS["fishbowl"], by=own.lead)
    method = intervisie.copy_method(community=own.community, sheet=SHEETS[BuiltIn.INCIDENT], by=own.lead)
    (theirs,) = queries.own_methods(own.community)
    same = FormOfFile("own-1", Texts.of(own_card(form)))
    other = replace(
        same, texts=replace(same.texts, steps=same.texts.steps + "\nBedank elkaar.", minutes=same.texts.minutes + 1)
    )
    blueprint = ready_made("werkplaats-cycle")
    assert blueprint is not None
    blueprint = replace(blueprint, workforms=(same,), methods=(theirs,))
    assert [each.is_same for each in queries.compared_with(own.community, blueprint)] == [True, True]
    renamed = replace(same, texts=replace(same.texts, name="Anders genoemd"))
    assert queries.compared_with(own.community, replace(blueprint, workforms=(renamed,)))[0].name_here == form.name

    steps = (replace(theirs.steps[0], minutes=theirs.steps[0].minutes + 5), *theirs.steps[1:])
    part = replace(blueprint.moments[0].parts[0], workform="own-1")
    moment = replace(blueprint.moments[0], parts=(part,))
    blueprint = replace(blueprint, workforms=(other,), methods=(replace(theirs, steps=steps),), moments=(moment,))
    sent = SimpleUploadedFile("methode.json", as_text(blueprint).encode())
    page = browser.post(f"{PAGE}import/", {"method": sent})["Location"]
    shown = browser.get(page)
    assert [each.differs for each in (*shown.context["forms"], *shown.context["methods"])] == [True, True]
    of_form = shown.context["forms"][0].differences
    assert [str(difference.name) for difference in of_form] == ["Minuten", "Stappen"]
    assert [line.text for line in of_form[1].theirs if line.is_only_here] == ["Bedank elkaar."]
    assert not [line for line in of_form[1].ours if line.is_only_here]

    assert browser.post(f"{page}workforms/").status_code == 302
    form.refresh_from_db()
    assert (Workform.objects.count(), form.retired_at) == (1, None), "nothing said keeps ours"
    taken = {"form-1": "beside", "form-1-name": form.name}
    response = browser.post(f"{page}workforms/", taken)
    assert (response.status_code, Workform.objects.count()) == (422, 1)
    planned = browser.post(f"{page}plan/", {
        "keep_0": "on", "day_0": "2027-01-11", "begins_0": "13:00",
        "form-1": "beside", "form-1-name": "Viskom van Oost", "method-1": "theirs",
    })  # fmt: skip
    assert planned.status_code == 302
    beside = Workform.objects.get(name="Viskom van Oost")
    assert RunSheetItem.objects.get().own_form == beside, "what was planned follows theirs"
    method.refresh_from_db()
    assert method.removed_at is not None, "put away, not lost"
    assert [each.steps[0].minutes for each in queries.own_methods(own.community)] == [steps[0].minutes]
    shown = browser.get(page)
    assert [each.name_here for each in shown.context["forms"]] == ["Viskom van Oost"]
    assert not shown.context["choices"].differing

    retire_workform(workform=beside, by=own.lead)
    browser.post(f"{page}workforms/", {"form-1": "theirs"})
    form.refresh_from_db()
    assert form.retired_at is not None
    assert Workform.objects.get(name=form.name, retired_at__isnull=True).steps == other.texts.steps


def test_what_comes_with_leerkring_is_compared_by_its_name(cast: Cast, client_of: Browser) -> None:
    own, browser, card = cast.own, client_of(cast.own.lead), CARDS["fishbowl"]
    same = FormOfFile("own-1", Texts.of(card))
    with override("en"):
        english = FormOfFile("own-1", Texts.of(card))
    other = replace(same, texts=replace(same.texts, steps=same.texts.steps + "\nBedank elkaar."))
    begin = ready_made("werkplaats-cycle")
    assert begin is not None
    part = replace(begin.moments[0].parts[0], workform="own-1")
    begin = replace(begin, moments=(replace(begin.moments[0], parts=(part,)),))

    def found(form: FormOfFile, language: str = "nl") -> tuple[bool, bool, bool, str]:
        file = replace(begin, workforms=(form,), language=language)
        (each,) = queries.compared_with(own.community, file)
        return each.is_built_in, each.is_same, each.differs, each.name_here

    assert found(same) == (True, True, False, "")
    assert found(english, "en") == (True, True, False, "Viskom")
    assert found(other) == (True, False, True, "")
    assert found(replace(other, texts=replace(other.texts, name="Kom"))) == (False, False, False, "")

    intervisie.copy_method(community=cast.other.community, sheet=SHEETS[BuiltIn.INCIDENT], by=cast.other.lead)
    incident = replace(queries.own_methods(cast.other.community)[0], name=str(SHEETS[BuiltIn.INCIDENT].name))
    blueprint = replace(begin, workforms=(other,), methods=(incident,))
    sent = SimpleUploadedFile("methode.json", as_text(blueprint).encode())
    page = browser.post(f"{PAGE}import/", {"method": sent})["Location"]
    assert [each.is_same for each in queries.compared_methods(own.community, blueprint)] == [True]
    assert browser.get(page).context["new_count"] == 0
    assert browser.post(f"{page}workforms/", {"form-1": "theirs"}).status_code == 422, "it cannot be put away"
    planned = {"keep_0": "on", "day_0": "2027-01-11", "begins_0": "13:00"}
    assert browser.post(f"{page}plan/", planned).status_code == 302
    assert RunSheetItem.objects.get().built_in_form == "fishbowl", "nothing said keeps what is here"
    assert not Workform.objects.exists()
    assert browser.post(f"{page}workforms/", {"form-1": "beside"}).status_code == 302
    assert [form.name for form in Workform.objects.all()] == ["Viskom (2)"]
    assert found(other) == (False, True, False, "Viskom (2)")


@pytest.mark.django_db(transaction=True)
def test_two_people_who_plan_at_once_bring_a_form_once(cast: Cast) -> None:
    own, other = cast.own, cast.other
    form = copy_workform(community=own.community, card=CARDS["fishbowl"], by=own.lead)
    blueprint = ready_made("werkplaats-cycle")
    assert blueprint is not None
    blueprint = replace(blueprint, workforms=(FormOfFile("own-1", Texts.of(own_card(form))),))
    start, counts = threading.Barrier(3), list[object]()

    def run() -> None:
        try:
            start.wait()
            lead = Person.objects.get(pk=other.lead.pk)
            community = Community.objects.get(pk=other.community.pk)
            counts.append(actions.take_along(community=community, blueprint=blueprint, by=lead))
        except Exception as error:
            counts.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts, key=str) == [0, 0, 1]
    assert Workform.objects.filter(community=other.community).count() == 1


def test_a_wrong_file_is_a_sentence(own: ProgrammeCast, client_of: Browser) -> None:
    browser = client_of(own.lead)
    for content in (b"%PDF-1.7", json.dumps({"leerkring_method": 99}).encode()):
        response = browser.post(f"{PAGE}import/", {"method": SimpleUploadedFile("x.json", content)})
        assert response.status_code == 422
        assert response.context["form"].errors["method"]
    assert not KeptBlueprint.objects.exists()


def test_markup_in_a_file_is_shown_as_typed(own: ProgrammeCast, client_of: Browser) -> None:
    blueprint = ready_made("four-workshops")
    assert blueprint is not None
    document = json.loads(as_text(blueprint))
    document["meetings"][0]["title"] = "<script>alert(1)</script>" + "w" * 170
    sent = SimpleUploadedFile("x.json", json.dumps(document).encode())
    browser = client_of(own.lead)
    page = browser.get(browser.post(f"{PAGE}import/", {"method": sent})["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_team_alone_plans(own: ProgrammeCast) -> None:
    blueprint = ready_made("four-workshops")
    assert blueprint is not None
    for person in (own.member, own.keeper, own.facilitator):
        with pytest.raises(PermissionDenied):
            actions.keep_blueprint(community=own.community, blueprint=blueprint, by=person)
    with pytest.raises(Refused):
        actions.plan_from_blueprint(
            programme=own.programme,
            blueprint=blueprint,
            name="x",
            begins=[None] * 6,
            place="",
            places_count=None,
            by=own.lead,
        )


def test_the_list_asks_as_often_for_300(
    own: ProgrammeCast, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    blueprint = ready_made("four-workshops")
    assert blueprint is not None
    document = json.loads(as_text(blueprint))
    rows = [
        KeptBlueprint(community=own.community, name=f"m{n}", document=document, kept_at=clock.now()) for n in range(300)
    ]
    KeptBlueprint.objects.bulk_create(rows)
    browser = client_of(own.lead)
    browser.get(PAGE)
    with django_assert_max_num_queries(15):
        assert len(browser.get(PAGE).context["kept"]) == 300
