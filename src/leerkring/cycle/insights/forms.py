from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups.models import LearningGroup
from leerkring.cycle.insights import access, queries
from leerkring.cycle.insights.actions.harvesting import LINE_LENGTH
from leerkring.cycle.insights.enums import HarvestKind
from leerkring.cycle.insights.models import HarvestItem, Insight, Thread
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform.ui.forms import PlainForm

LABELS = [
    (Label.GROUP, _("the group alone")),
    (Label.PROGRAMME, _("everyone in the programme")),
    (Label.ORGANISATIONS, _("everyone of the organisations that take part")),
    (Label.PUBLIC, _("everyone")),
]
LONG = 5000


class LineForm(PlainForm):
    """One line as it is typed, with its sign. The key makes a line sent twice one line."""

    text = forms.CharField(label=_("One line"), max_length=LINE_LENGTH + 2)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class LineEditForm(PlainForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=HarvestKind.choices)
    text = forms.CharField(label=_("What was said"), max_length=LINE_LENGTH)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: HarvestItem, **kwargs: Any) -> None:
        as_it_is = {"kind": item.kind, "text": item.text, "revision": item.revision}
        super().__init__(*args, initial=as_it_is, **kwargs)


class QuestionChoiceForm(PlainForm):
    """One of the questions to which an action or an insight can belong."""

    question = forms.ModelChoiceField(
        LearningQuestion.objects.none(), label=_("Question"), empty_label=_("Choose a question")
    )

    def __init__(self, *args: Any, questions: QuerySet[LearningQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "question", questions)


class ActionQuestionForm(QuestionChoiceForm):
    """Above the lines that are sorted: the question of every action that is made of one."""

    question = forms.ModelChoiceField(
        LearningQuestion.objects.none(), label=_("Actions belong to this question"), empty_label=_("Choose a question")
    )


class InsightForm(PlainForm):
    sentence = forms.CharField(
        label=_("Insight, in one sentence"),
        max_length=300,
        help_text=_("Write it so that somebody who was not there can use it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    context = forms.CharField(
        label=_("Where and when does it hold?"), max_length=LONG, required=False, widget=forms.Textarea
    )
    evidence = forms.CharField(label=_("How do you know?"), max_length=LONG, required=False, widget=forms.Textarea)
    evidence_url = forms.URLField(
        label=_("Link to the evidence"), max_length=500, required=False, assume_scheme="https"
    )


class NewInsightForm(InsightForm):
    questions = forms.ModelMultipleChoiceField(
        LearningQuestion.objects.none(),
        label=_("Says something about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    group = forms.ModelChoiceField(
        LearningGroup.objects.none(), label=_("Found in the group"), required=False, empty_label=_("No group")
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Found at the meeting"), required=False, empty_label=_("No meeting")
    )
    label = forms.ChoiceField(label=_("Who may see it?"), choices=LABELS, initial=Label.PROGRAMME)

    def __init__(self, *args: Any, community: Community, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "questions", queries.question_choices(person, community))
        _choose(self, "group", queries.group_choices(person, community))
        _choose(self, "meeting", queries.meeting_choices(person, community))
        if not access.may_show_to_all(person, community):
            self.fields["label"].choices = LABELS[:-1]  # type: ignore[attr-defined]


class EditInsightForm(InsightForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, insight: Insight, **kwargs: Any) -> None:
        as_it_is = {name: getattr(insight, name) for name in self.base_fields}
        super().__init__(*args, initial=as_it_is, **kwargs)


class LabelForm(PlainForm):
    label = forms.ChoiceField(label=_("Who may see it?"), choices=LABELS)


class FollowUpForm(PlainForm):
    wording = forms.CharField(
        label=_("Which question follows from this?"),
        max_length=300,
        help_text=_("Everyone in the programme can read the question."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SieveForm(PlainForm):
    """By what the list of insights is narrowed. A forged choice is as good as none."""

    words = forms.CharField(
        label=_("Words"), max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("All themes"))
    group = forms.ModelChoiceField(
        LearningGroup.objects.none(), label=_("Group"), required=False, empty_label=_("All groups")
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Meeting"), required=False, empty_label=_("All meetings")
    )
    thread = forms.ModelChoiceField(
        Thread.objects.none(), label=_("Thread"), required=False, empty_label=_("All threads")
    )

    def __init__(self, *args: Any, community: Community, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "theme", queries.theme_choices(community))
        _choose(self, "group", queries.groups_with_insights(person, community))
        _choose(self, "meeting", queries.meetings_with_insights(person, community))
        _choose(self, "thread", queries.threads_visible_to(person, community))

    def sieve(self) -> queries.Sieve:
        self.full_clean()
        chosen = self.cleaned_data

        def id_of(name: str) -> int | None:
            row = chosen.get(name)
            return row.pk if row is not None else None

        return queries.Sieve(
            words=chosen.get("words", ""),
            theme_id=id_of("theme"),
            group_id=id_of("group"),
            meeting_id=id_of("meeting"),
            thread_id=id_of("thread"),
        )


class ThreadForm(PlainForm):
    title = forms.CharField(label=_("Thread"), max_length=200)
    story = forms.CharField(label=_("What runs through it?"), max_length=LONG, required=False, widget=forms.Textarea)
    label = forms.ChoiceField(label=_("Who may see it?"), choices=LABELS[1:], initial=Label.PROGRAMME)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thread: Thread | None = None, **kwargs: Any) -> None:
        if thread is not None:
            kwargs["initial"] = {name: getattr(thread, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class SearchForm(PlainForm):
    q = forms.CharField(
        label=_("Search insights and questions"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def _choose(form: forms.Form, name: str, choices: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices


def take_over(form: forms.Form, revision: int) -> None:
    """After a conflict: saving again is then a choice made with both texts in sight."""
    data = cast(QueryDict, form.data).copy()
    data["revision"] = str(revision)
    form.data = data
