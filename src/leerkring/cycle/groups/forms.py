from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Organisation, Person
from leerkring.cycle.groups import queries
from leerkring.cycle.groups.enums import GroupState, Guidance
from leerkring.cycle.groups.models import Case, LearningGroup, TransitionRole
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform.ui.forms import PlainForm, dress

LABELS = [
    (Label.GROUP, _("the group alone")),
    (Label.PROGRAMME, _("everyone in the programme")),
    (Label.ORGANISATIONS, _("everyone of the organisations that take part")),
    (Label.PUBLIC, _("everyone")),
]
LONG = 5000


class ProposeForm(PlainForm):
    """What a group says of itself."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    purpose = forms.CharField(
        label=_("What do you want to find out?"), max_length=LONG, required=False, widget=forms.Textarea
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme"))
    questions = forms.ModelMultipleChoiceField(
        LearningQuestion.objects.none(),
        label=_("On which questions?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    label = forms.ChoiceField(label=_("Who may see the group?"), choices=LABELS, initial=Label.PROGRAMME)

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "theme", queries.theme_choices(community))
        _choose(self, "questions", queries.question_choices(person, community))


class FormByHandForm(ProposeForm):
    """The same, with the people in it."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who is in it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.ModelChoiceField(
        Person.objects.none(), label=_("Contact"), required=False, empty_label=_("Nobody yet")
    )
    guidance = forms.ChoiceField(
        label=_("How does it work?"), choices=Guidance.choices, initial=Guidance.OWN, widget=forms.RadioSelect
    )
    guide = forms.ModelChoiceField(
        Person.objects.none(), label=_("Guided by this person"), required=False, empty_label=_("Nobody")
    )
    guide_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("or by this organisation"),
        required=False,
        empty_label=_("No organisation"),
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Formed at"), required=False, empty_label=_("No meeting")
    )

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, community=community, person=person, **kwargs)
        people = queries.people_to_form_with(community)
        _choose(self, "people", people)
        _choose(self, "contact", people)
        _choose_guides(self, community)
        _choose(self, "meeting", queries.meeting_choices(person, community))


class EditForm(PlainForm):
    """A group as it is now. The questions are added and taken off on its own page."""

    name = forms.CharField(label=_("Name of the group"), max_length=200)
    purpose = forms.CharField(
        label=_("What do you want to find out?"), max_length=LONG, required=False, widget=forms.Textarea
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme"))
    guidance = forms.ChoiceField(label=_("How does it work?"), choices=Guidance.choices, widget=forms.RadioSelect)
    guide = forms.ModelChoiceField(
        Person.objects.none(), label=_("Guided by this person"), required=False, empty_label=_("Nobody")
    )
    guide_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("or by this organisation"),
        required=False,
        empty_label=_("No organisation"),
    )
    label = forms.ChoiceField(label=_("Who may see the group?"), choices=LABELS)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, group: LearningGroup, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_it_is(group, list(self.base_fields)), **kwargs)
        _choose(self, "theme", queries.theme_choices(group.community))
        _choose_guides(self, group.community)


class MoveForm(PlainForm):
    state = forms.ChoiceField(choices=GroupState.choices)

    @property
    def chosen(self) -> GroupState:
        return GroupState(self.cleaned_data["state"])


class PersonForm(PlainForm):
    """One of the people of the group."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Contact"), empty_label=_("Choose somebody"))

    def __init__(self, *args: Any, group: LearningGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", queries.people_of(group))


class QuestionForm(PlainForm):
    """A question that the group does not work on yet."""

    question = forms.ModelChoiceField(
        LearningQuestion.objects.none(), label=_("Question"), empty_label=_("Choose a question")
    )

    def __init__(self, *args: Any, group: LearningGroup, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "question", queries.questions_to_add(person, group))


class CaseForm(PlainForm):
    title = forms.CharField(label=_("Case"), max_length=200)
    description = forms.CharField(label=_("What is it about?"), max_length=LONG, required=False, widget=forms.Textarea)
    label = forms.ChoiceField(label=_("Who may see it?"), choices=LABELS, initial=Label.PROGRAMME)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs["initial"] = _as_it_is(case, list(self.base_fields))
        super().__init__(*args, **kwargs)


class TakeRoleForm(PlainForm):
    """A transition role in a case. Who may note it for others chooses who."""

    role = forms.ModelChoiceField(TransitionRole.objects.none(), label=_("Role"), empty_label=_("Choose a role"))
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Taken up by"), required=False, empty_label=_("Myself")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", queries.roles_in_use(case.group.community))
        _choose(self, "person", queries.people_of(case.group))


class ResultForm(PlainForm):
    """One page for the table: short is better."""

    did = forms.CharField(label=_("What did you do?"), max_length=LONG, required=False, widget=forms.Textarea)
    found = forms.CharField(label=_("What did you find?"), max_length=LONG, required=False, widget=forms.Textarea)
    asks = forms.CharField(
        label=_("What do you ask of the others?"), max_length=LONG, required=False, widget=forms.Textarea
    )
    wants_to = forms.CharField(label=_("What do you want next?"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MergeForm(PlainForm):
    groups = forms.ModelMultipleChoiceField(
        LearningGroup.objects.none(), label=_("Which groups?"), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Name of the new group"), max_length=200)
    purpose = forms.CharField(
        label=_("What do you want to find out?"), max_length=LONG, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "groups", queries.groups_to_merge(person, community))


class SplitForm(PlainForm):
    """Two to four names, and for each person where they go. Nobody has to go anywhere."""

    PARTS = range(1, 5)

    def __init__(self, *args: Any, group: LearningGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in self.PARTS:
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Group %(number)d") % {"number": number}, max_length=200, required=number < 3
            )
        self.members = list(queries.people_of(group))
        where = [("", _("nowhere"))] + [(str(n), _("group %(number)d") % {"number": n}) for n in self.PARTS]
        for person in self.members:
            self.fields[f"person_{person.pk}"] = forms.ChoiceField(label=person.name, choices=where, required=False)
        for name, field in self.fields.items():
            dress(name, field)

    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"name_{number}"] for number in self.PARTS]

    def person_fields(self) -> list[forms.BoundField]:
        return [self[f"person_{person.pk}"] for person in self.members]

    def parts(self) -> list[tuple[str, list[Person]]]:
        """The names that were filled in, each with who goes there."""
        chosen = self.cleaned_data
        return [
            (name, [p for p in self.members if chosen.get(f"person_{p.pk}") == str(number)])
            for number in self.PARTS
            if (name := chosen.get(f"name_{number}"))
        ]


class RoleForm(PlainForm):
    name = forms.CharField(label=_("Role"), max_length=100)
    meaning = forms.CharField(label=_("What does it mean?"), max_length=300, required=False)


class OneRoleForm(PlainForm):
    """One of the roles of the programme."""

    role = forms.ModelChoiceField(TransitionRole.objects.none())

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "role", queries.transition_roles_of(community))


def _choose(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices


def _choose_guides(form: forms.Form, community: Community) -> None:
    _choose(form, "guide", queries.guide_choices(community))
    _choose(form, "guide_organisation", queries.organisation_choices(community))


def _as_it_is(row: LearningGroup | Case, names: list[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def take_over(form: forms.Form, revision: int) -> None:
    """After a conflict: saving again is then a choice made with both texts in sight."""
    data = cast(QueryDict, form.data).copy()
    data["revision"] = str(revision)
    form.data = data
