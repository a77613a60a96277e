from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.community.meetings.models import Meeting
from leerkring.community.memberships.enums import Level
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.cycle.groups import queries as groups
from leerkring.cycle.groups.enums import PairKind
from leerkring.cycle.groups.forming.actions.people import MOST_WISHES
from leerkring.cycle.groups.forming.models import WEIGHTS, Candidate, Forming, PossibleGroup
from leerkring.cycle.questions.models import LearningQuestion, Theme
from leerkring.platform.ui.forms import PlainForm

MEMBER_LEVELS = [level for level in Level if level not in (Level.FOLLOWER, Level.EXTERNAL)]
HEAVY = [(0, _("does not count")), (1, _("a little")), (4, _("much")), (6, _("very much"))]
WEIGHED = {
    "unit": _("Mix departments"),
    "organisation": _("Mix organisations"),
    "policy_field": _("Mix policy fields"),
    "level": _("Mix levels of taking part"),
    "role": _("Mix roles taken before"),
    "met": _("New people: not again with whom one was in a group"),
}


class PeopleFields(PlainForm):
    """Who is in it: by level, and for a meeting by who is expected or was there."""

    levels = forms.MultipleChoiceField(
        label=_("Who is in it?"),
        choices=[(level.value, level.label) for level in Level if level != Level.EXTERNAL],
        initial=[level.value for level in MEMBER_LEVELS],
        widget=forms.CheckboxSelectMultiple,
    )


class NewFormingForm(PeopleFields):
    """What it is for, who is in it, and on what groups could form."""

    field_order = ["title", "meeting", "only_present", "levels", "themes", "questions"]

    title = forms.CharField(label=_("What are these groups for?"), max_length=200)
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Formed at"), required=False, empty_label=_("No meeting"),
        help_text=_("With a meeting, only people who are on its list are chosen."),
    )  # fmt: skip
    only_present = forms.BooleanField(label=_("Only people who were there"), required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("A group for each theme"), required=False, widget=forms.CheckboxSelectMultiple
    )
    questions = forms.ModelMultipleChoiceField(
        LearningQuestion.objects.none(), label=_("A group for each question"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, community: Community, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = groups.meeting_choices(person, community)  # type: ignore[attr-defined]
        self.fields["themes"].queryset = groups.theme_choices(community)  # type: ignore[attr-defined]
        self.fields["questions"].queryset = groups.question_choices(person, community)  # type: ignore[attr-defined]


class SettingsForm(PlainForm):
    """One slider, and what mixing means."""

    wishes = forms.IntegerField(
        label=_("Wishes or mixing?"), min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 100, "step": 5, "list": "slider-marks"}),
    )  # fmt: skip

    def __init__(self, *args: Any, forming: Forming, **kwargs: Any) -> None:
        weights = WEIGHTS | forming.weights
        super().__init__(*args, initial={"wishes": forming.wishes, **weights}, **kwargs)
        for name, label in WEIGHED.items():
            field = forms.TypedChoiceField(
                label=label, choices=HEAVY, coerce=int, required=not self.is_bound, empty_value=None
            )
            field.widget.attrs["class"] = "utrecht-select"
            self.fields[name] = field

    @property
    def weights(self) -> dict[str, int]:
        """Of a field that was not sent, what it was stays."""
        return {name: weight for name in WEIGHED if (weight := self.cleaned_data.get(name)) is not None}

    @property
    def weighing(self) -> list[Any]:
        return [self[name] for name in WEIGHED]


class PossibleGroupForm(PlainForm):
    name = forms.CharField(label=_("Name of the group"), max_length=200)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False, empty_label=_("No theme"))
    question = forms.ModelChoiceField(
        LearningQuestion.objects.none(), label=_("Question"), required=False, empty_label=_("No question")
    )
    min = forms.IntegerField(label=_("At least"), min_value=1, max_value=1000, initial=4)
    max = forms.IntegerField(label=_("At most"), min_value=1, max_value=1000, initial=8)
    slot = forms.CharField(
        label=_("When it meets"), max_length=40, required=False,
        help_text=_("One or two words, such as: Tuesday morning. Then you can say who can come then."),
    )  # fmt: skip
    needs_facilitator = forms.BooleanField(label=_("Needs somebody who can guide it"), required=False)
    first_at = forms.DateTimeField(
        label=_("First meeting"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M"],
    )  # fmt: skip

    def __init__(
        self, *args: Any, community: Community, person: Person, possible: PossibleGroup | None = None, **kwargs: Any
    ) -> None:
        if possible is not None:
            kwargs["initial"] = {name: getattr(possible, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = groups.theme_choices(community)  # type: ignore[attr-defined]
        self.fields["question"].queryset = groups.question_choices(person, community)  # type: ignore[attr-defined]


class CandidateForm(PlainForm):
    """Wishes of one person, the first one first."""

    can_facilitate = forms.BooleanField(label=_("Can guide a group"), required=False)

    def __init__(self, *args: Any, candidate: Candidate, possible: Sequence[PossibleGroup], **kwargs: Any) -> None:
        initial = {"can_facilitate": candidate.can_facilitate, "slots": candidate.slots, "pin": candidate.pin_id or ""}
        initial |= {f"wish_{number}": choice for number, choice in enumerate(candidate.choices, 1)}
        super().__init__(*args, initial=initial, **kwargs)
        self.known = {str(group.pk): group for group in possible}
        choices = [("", _("No wish")), *((key, group.name) for key, group in self.known.items())]
        for number, label in enumerate(WISHES, 1):
            self.fields[f"wish_{number}"] = _select(label, choices)
        slots = sorted({group.slot for group in possible if group.slot})
        if slots:
            self.fields["slots"] = forms.MultipleChoiceField(
                label=_("Can come"), required=False, choices=[(slot, slot) for slot in slots],
                widget=forms.CheckboxSelectMultiple, help_text=_("Nothing ticked: always."),
            )  # fmt: skip
        self.fields["pin"] = _select(_("Must be in"), [("", _("No fixed group")), *choices[1:]])
        self.order_fields([*(f"wish_{number}" for number in range(1, MOST_WISHES + 1)), "slots", "pin"])

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        wished = [found.get(f"wish_{number}") for number in range(1, MOST_WISHES + 1)]
        return {
            "choices": [self.known[key] for key in wished if key],
            "slots": found.get("slots", []),
            "can_facilitate": found["can_facilitate"],
            "pin": self.known.get(found["pin"]),
        }


class PairForm(PlainForm):
    one = forms.ChoiceField(label=_("Who"), choices=[])
    kind = forms.ChoiceField(label=_("Rule"), choices=PairKind.choices)
    other = forms.ChoiceField(label=_("With whom"), choices=[])

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in candidates}
        choices = [("", _("Choose somebody")), *((key, each.name) for key, each in self.known.items())]
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "one": self.known[found["one"]], "other": self.known[found["other"]], "kind": PairKind(found["kind"]),
        }  # fmt: skip


class MoveForm(PlainForm):
    """Who goes, and to which group or in whose place."""

    candidate = forms.IntegerField()
    group = forms.IntegerField(required=False)
    other = forms.IntegerField(required=False)


WISHES = [_("First wish"), _("Second wish"), _("Third wish"), _("Fourth wish"), _("Fifth wish")]


def _select(label: Any, choices: list[Any]) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices, required=False)
    field.widget.attrs["class"] = "utrecht-select"
    return field
