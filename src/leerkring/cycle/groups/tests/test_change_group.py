from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.cycle.groups import actions
from leerkring.cycle.groups.enums import Guidance
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.groups.tests.making import facts_named, make_group, make_question, make_theme, only_fact
from leerkring.platform.rules import EditedMeanwhile, Refused
from tests.cast import Cast


def change(group: LearningGroup, by: Person, **values: Any) -> LearningGroup:
    values = {"name": group.name, "purpose": group.purpose, "theme": None, "guidance": Guidance.OWN, **values}
    return actions.change_group(group=group, by=by, **values)


def test_the_contact_changes_what_the_group_says(cast: Cast) -> None:
    group, theme = make_group(cast.own), make_theme(cast.own)
    change(group, cast.own.member, name="Bouwmarkt", purpose="Uitzoeken", theme=theme, label=Label.PUBLIC)
    group.refresh_from_db()
    assert (group.name, group.purpose, group.theme, group.label) == ("Bouwmarkt", "Uitzoeken", theme, Label.PUBLIC)
    assert (group.circle.name, group.revision, group.changed_by) == ("Bouwmarkt", 2, cast.own.member)
    assert only_fact("GroupChanged").ids == {"group_id": group.pk, "revision": 2}


def test_the_second_of_two_sees_both_texts(cast: Cast) -> None:
    group = make_group(cast.own)
    change(group, cast.own.lead, purpose="De eerste tekst", revision=1)
    with pytest.raises(EditedMeanwhile) as conflict:
        change(group, cast.own.member, purpose="De tweede tekst", revision=1)
    assert "De eerste tekst" in conflict.value.theirs
    assert "De tweede tekst" in conflict.value.mine
    assert (conflict.value.by_name, conflict.value.revision) == (cast.own.lead.name, 2)
    change(group, cast.own.member, purpose="Allebei", revision=2)
    assert group.purpose == "Allebei"


def test_the_same_text_twice_is_no_conflict(cast: Cast) -> None:
    group = make_group(cast.own)
    change(group, cast.own.lead, purpose="Hetzelfde", revision=1)
    change(group, cast.own.member, purpose="Hetzelfde", revision=1)
    assert group.purpose == "Hetzelfde"


@pytest.mark.parametrize("who", ["follower", "colleague"])
def test_others_do_not_change_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        change(make_group(cast.own), getattr(cast.own, who), name="Anders")


def test_a_foreign_theme_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        change(make_group(cast.own), cast.own.member, theme=make_theme(cast.other))


def test_a_question_is_added_once_and_taken_off(cast: Cast) -> None:
    group, question = make_group(cast.own), make_question(cast.own)
    for _ in range(2):
        actions.add_question(group=group, question=question, by=cast.own.member)
    assert list(group.questions.all()) == [question]
    assert only_fact("GroupQuestionAdded").ids == {"group_id": group.pk, "question_id": question.pk}
    for _ in range(2):
        actions.remove_question(group=group, question=question, by=cast.own.member)
    assert list(group.questions.all()) == []
    assert len(facts_named("GroupQuestionRemoved")) == 1


def test_a_question_from_elsewhere_or_by_others_is_not_added(cast: Cast) -> None:
    group = make_group(cast.own)
    with pytest.raises(Refused):
        actions.add_question(group=group, question=make_question(cast.other), by=cast.own.member)
    with pytest.raises(PermissionDenied):
        actions.add_question(group=group, question=make_question(cast.own), by=cast.own.follower)
