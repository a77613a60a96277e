from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.evaluation.actions import Asked
from leerkring.community.meetings.evaluation.enums import AskedAs
from leerkring.community.meetings.evaluation.library import LIBRARY, USUAL, USUAL_WITHOUT_TEXT
from leerkring.community.meetings.evaluation.models import TERM_IN_DAYS, Evaluation, EvaluationQuestion
from leerkring.community.meetings.models import Meeting
from leerkring.platform.ui.days import date_words
from leerkring.platform.ui.forms import PlainForm, dress

SCALE = [(str(number), str(number)) for number in range(1, 6)]
OWN = (1, 2)
"""Places for questions in own words."""


class PrepareForm(PlainForm):
    """Which questions are asked, from the list and in own words."""

    ready = forms.MultipleChoiceField(
        label=_("From the list"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    own_1 = forms.CharField(label=_("A question of your own"), max_length=200, required=False)
    kind_1 = forms.ChoiceField(label=_("Answered with"), choices=AskedAs.choices, required=False)
    own_2 = forms.CharField(label=_("One more of your own"), max_length=200, required=False)
    kind_2 = forms.ChoiceField(label=_("Answered with"), choices=AskedAs.choices, required=False)
    days = forms.IntegerField(label=_("Open for so many days"), min_value=1, max_value=28, initial=TERM_IN_DAYS)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, keeps_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [ready for ready in LIBRARY.values() if keeps_text or ready.kind == AskedAs.SCALE]
        self.fields["ready"].choices = [(ready.key, ready.text) for ready in fitting]  # type: ignore[attr-defined]
        if not keeps_text:
            for place in OWN:
                del self.fields[f"own_{place}"], self.fields[f"kind_{place}"]

    @staticmethod
    def initial_of(
        evaluation: Evaluation | None, questions: Iterable[EvaluationQuestion], *, keeps_text: bool
    ) -> dict[str, Any]:
        if evaluation is None:
            return {"ready": list(USUAL if keeps_text else USUAL_WITHOUT_TEXT), "days": TERM_IN_DAYS}
        initial: dict[str, Any] = {"ready": [], "days": evaluation.days, "revision": evaluation.revision}
        places = iter(OWN)
        for question in questions:
            if question.key:
                initial["ready"].append(question.key)
            elif place := next(places, None):
                initial |= {f"own_{place}": question.text, f"kind_{place}": question.kind}
        return initial

    def asked(self) -> list[Asked]:
        said = self.cleaned_data
        ready = [Asked(key=key) for key in LIBRARY if key in said["ready"]]
        own = [
            Asked(text=said[f"own_{place}"], kind=AskedAs(said[f"kind_{place}"] or AskedAs.SCALE))
            for place in OWN
            if said.get(f"own_{place}")
        ]
        return ready + own


class PrepareSeveralForm(PrepareForm):
    """The same questions for several meetings to come."""

    meetings = forms.ModelMultipleChoiceField(
        queryset=Meeting.objects.none(), label=_("At which meetings"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("meetings",)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        kwargs["initial"] = {"meetings": meetings, **kwargs.get("initial", {})}
        super().__init__(*args, keeps_text=True, **kwargs)
        del self.fields["days"], self.fields["revision"]
        field = self.fields["meetings"]
        field.queryset = meetings  # type: ignore[attr-defined]
        field.label_from_instance = _title_and_day  # type: ignore[attr-defined]


def _title_and_day(meeting: Meeting) -> str:
    return f"{meeting.title}, {date_words(meeting.day)}"


class AnswerForm(PlainForm):
    """The questions of one evaluation, to answer with a thumb."""

    def __init__(self, *args: Any, questions: Iterable[EvaluationQuestion], keeps_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            name = f"q{question.pk}"
            if question.kind == AskedAs.SCALE:
                self.fields[name] = forms.TypedChoiceField(
                    label=question.wording, choices=SCALE, widget=forms.RadioSelect, coerce=int
                )
            elif keeps_text:
                self.fields[name] = forms.CharField(
                    label=question.wording, max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
                )
            else:
                continue
            dress(name, self.fields[name])

    def answers(self) -> dict[int, int | str]:
        return {
            question.pk: self.cleaned_data[f"q{question.pk}"]
            for question in self.questions
            if f"q{question.pk}" in self.fields
        }


class AddressForm(PlainForm):
    """Where a guest wants the questions to be mailed."""

    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
