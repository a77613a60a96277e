"""The library with its honest minutes, what fits, and copies that a programme makes its own."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from leerkring.community.people.models import Person
from leerkring.formats.intervisie import actions, queries
from leerkring.formats.intervisie.actions import StepText
from leerkring.formats.intervisie.enums import BuiltIn, Experience, Speaker
from leerkring.formats.intervisie.library import SHEETS
from leerkring.formats.intervisie.models import Method
from leerkring.formats.intervisie.sheets import every_sheet, minutes_of, own_sheet, proposals
from leerkring.formats.intervisie.tests.conftest import Sitting
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast

Browser = Callable[[Person | None], Client]
MINUTES = {"incident": 65, "five-steps": 55, "ten-steps": 85, "gossip": 55, "balint": 95, "socratic": 41, "success": 60}


def test_seven_methods_with_the_minutes_that_are_published() -> None:
    assert {key: sheet.minutes for key, sheet in SHEETS.items()} == MINUTES
    assert {key: len(SHEETS[key].steps) for key in MINUTES} == {
        "incident": 7, "five-steps": 5, "ten-steps": 10, "gossip": 5, "balint": 11, "socratic": 5, "success": 4,
    }  # fmt: skip
    for sheet in SHEETS.values():
        assert all(step.say and step.not_now and step.minutes for step in sheet.steps), sheet.key
        with override("nl"):
            dutch = str(sheet.steps[0].say)
        with override("en"):
            assert str(sheet.steps[0].say) != dutch


def test_each_round_but_the_first_takes_five_minutes_to_look_back() -> None:
    incident, gossip = SHEETS[BuiltIn.INCIDENT], SHEETS[BuiltIn.GOSSIP]
    assert [minutes_of(sheet, is_first=True) for sheet in (incident, gossip)] == [60, 55]
    assert [minutes_of(sheet, is_first=False) for sheet in (incident, gossip)] == [65, 60]


@pytest.mark.parametrize(
    ("minutes", "people", "experience", "found"),
    [
        (60, 6, Experience.SOME, ["gossip", "socratic", "success", "five-steps"]),
        (45, 5, None, ["socratic"]),
        (120, 9, Experience.MUCH, ["balint"]),
        (30, None, None, []),
        (None, 3, Experience.NEW, ["success"]),
    ],
)
def test_what_fits(minutes: int | None, people: int | None, experience: Experience | None, found: list[str]) -> None:
    fitting = proposals(SHEETS.values(), minutes=minutes, people=people, experience=experience)
    assert [sheet.key for sheet in fitting] == found


def copy_of(cast: Cast, key: BuiltIn = BuiltIn.INCIDENT) -> Method:
    return actions.copy_method(community=cast.own.community, sheet=SHEETS[key], by=cast.own.facilitator)


def test_a_copy_is_of_this_programme_only(cast: Cast) -> None:
    method = copy_of(cast)
    sheet = own_sheet(queries.methods_of(cast.own.community).get())
    assert (sheet.key, sheet.minutes, len(sheet.steps)) == (str(method.pk), 60, 6)
    assert not queries.methods_of(cast.other.community).exists()
    assert queries.method_numbered(cast.other.community, str(method.pk)) is None
    assert len(every_sheet(queries.methods_of(cast.own.community))) == 8
    with pytest.raises(PermissionDenied):
        actions.copy_method(community=cast.own.community, sheet=SHEETS[BuiltIn.GOSSIP], by=cast.own.member)


def change(method: Method, by: Person, **values: object) -> Method:
    given: dict[str, object] = {
        "name": "Kort", "fits": "", "experience": Experience.NEW, "size_min": 3, "size_max": 6,
        "steps": [StepText("Vraag", 5, Speaker.BRINGER), StepText("Advies", 20, Speaker.GROUP)],
    }  # fmt: skip
    return actions.change_method(method=method, by=by, **given | values)  # type: ignore[arg-type]


def test_a_copy_is_written_anew(cast: Cast) -> None:
    method = change(copy_of(cast), cast.own.keeper, revision=1)
    sheet = own_sheet(method)
    assert (sheet.name, sheet.minutes, method.revision) == ("Kort", 25, 2)
    with pytest.raises(EditedMeanwhile):
        change(method, cast.own.lead, name="Anders", revision=1)
    nothing = StepText("x", 0, Speaker.GROUP)
    refused: list[dict[str, object]] = [{"steps": []}, {"size_min": 8}, {"name": " "}, {"steps": [nothing]}]
    for wrong in refused:
        with pytest.raises(Refused):
            change(method, cast.own.lead, **wrong)
    assert Method.objects.get().name == "Kort"


def test_a_method_stays_as_it_is_while_a_round_runs_with_it(sitting: Sitting) -> None:
    method = copy_of(sitting.cast)
    actions.change_round(round=sitting.round, sheet=own_sheet(method), by=sitting.chair)
    sitting.begin()
    for act in (lambda: change(method, sitting.lead), lambda: actions.remove_method(method=method, by=sitting.lead)):
        with pytest.raises(Refused):
            act()
    actions.end_round(round=sitting.round, by=sitting.chair)
    actions.remove_method(method=method, by=sitting.lead)
    assert not queries.methods_of(sitting.cast.own.community).exists()
    actions.restore_method(method=method, by=sitting.lead)
    assert queries.methods_of(sitting.cast.own.community).get() == method


def test_pages_of_methods(cast: Cast, client_of: Browser) -> None:
    home = f"/{cast.own.community.slug}/intervisie/methods/"
    lead, follower = client_of(cast.own.lead), client_of(cast.own.follower)
    assert follower.get(home + "?minutes=45&people=5").status_code == 200
    assert follower.get(home + "?minutes=veel&experience=x").status_code == 200
    assert follower.get(home + "balint/").status_code == 200
    assert follower.get(home + "nonsense/").status_code == 404
    assert follower.post(home + "balint/copy/").status_code == 403
    answer = lead.post(home + "balint/copy/")
    method = Method.objects.get()
    assert answer["Location"] == f"{home}{method.pk}/change/"
    page = lead.get(answer["Location"])
    form, steps = page.context["form"], page.context["steps"]
    typed = {name: form[name].value() for name in form.fields} | {
        f"steps-{name}": steps.management_form[name].value() for name in steps.management_form.fields
    }
    for step in steps:
        typed |= {step.add_prefix(name): step[name].value() or "" for name in step.fields}
    typed |= {"name": "Onze Balint", "steps-0-minutes": "7", "steps-1-name": "", "steps-2-place": "99"}
    assert lead.post(answer["Location"], typed).status_code == 302
    sheet = own_sheet(Method.objects.get())
    assert (sheet.name, sheet.steps[0].minutes, len(sheet.steps)) == ("Onze Balint", 7, 10)
    assert str(sheet.steps[-1].name) == "Vertellen"
    wrong = lead.post(answer["Location"], typed | {"steps-0-minutes": "", "revision": "2"})
    assert wrong.status_code == 422
    assert "Onze Balint" in wrong.content.decode()
    assert lead.post(answer["Location"], typed | {"name": "Later"}).status_code == 422, "somebody was first"
    assert lead.post(f"{home}{method.pk}/remove/").status_code == 302
    assert lead.get(f"{home}{method.pk}/").status_code == 404
    assert list(lead.get(home).context["put_away"]) == [method]
    assert lead.post(f"{home}{method.pk}/restore/").status_code == 302
    assert lead.get(f"{home}{method.pk}/").status_code == 200
