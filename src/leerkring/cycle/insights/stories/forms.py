from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label
from leerkring.cycle.insights.stories.enums import Value
from leerkring.cycle.insights.stories.models import LONGEST, ValueStory
from leerkring.platform.ui.forms import PlainForm


def _prompt(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, required=False, widget=widget)


class StoryForm(PlainForm):
    """Five prompts; one of them is enough."""

    immediate = _prompt(_("What did it do to you at once?"), _("A talk, a laugh, a colleague you met."))
    potential = _prompt(_("What do you have in hand since then?"), _("An idea, a document, a name in your phone."))
    applied = _prompt(_("What did you do with it?"), _("Where did you try it, and with whom?"))
    realised = _prompt(
        _("What did that bring about?"), _("For your work, your municipality, the people who live there.")
    )
    transformative = _prompt(
        _("What is different for good?"), _("What do you, or do others, look at in another way now?")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(story: ValueStory) -> dict[str, object]:
        return {value.value: text for value, text in story.parts} | {"revision": story.revision}

    def texts(self) -> dict[Value, str]:
        return {value: self.cleaned_data[value.value] for value in Value}

    def stand_on(self, revision: int) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        self.data = data


class ShowForm(PlainForm):
    label = forms.ChoiceField(
        label=_("Who may read it"), choices=[(label.value, label.label) for label in Label if label != Label.GROUP]
    )
    is_named = forms.BooleanField(label=_("With my name, outside the programme too"), required=False)
