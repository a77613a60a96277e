"""What phones send. The page writes its own fields; these read them, and say what is not right yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from leerkring.formats.werkplaats.enums import AskKind, PostKind
from leerkring.formats.werkplaats.ground import SENTENCE
from leerkring.formats.werkplaats.models import Ask
from leerkring.platform.ui.forms import PlainForm

MOST_TABLES = 3


class RoundForm(PlainForm):
    round = forms.IntegerField(widget=forms.HiddenInput)


class WordsForm(RoundForm):
    """A line of text. The key is made on the phone, or on the page where there is no script."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=SENTENCE,
        widget=forms.Textarea(attrs={"id": "words"}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("Make it shorter: at most %(limit_value)d characters."),
        },
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> UUID:
        return self.cleaned_data.get("key") or uuid4()


class PostForm(WordsForm):
    kind = forms.ChoiceField(
        label=_("I bring in"), choices=[(kind.value, kind.label) for kind in PostKind if kind != PostKind.FEEDBACK]
    )


class FeedbackForm(WordsForm):
    group = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TakeBackForm(PlainForm):
    post = forms.IntegerField(widget=forms.HiddenInput)


class PointsForm(RoundForm):
    """`target` is `cluster-ID` or `post-ID`; `count` is what it has after this, so that a retry changes nothing."""

    target = forms.RegexField(r"^(cluster|post)-\d{1,15}$", widget=forms.HiddenInput)
    count = forms.IntegerField(min_value=0, max_value=1_000)

    @property
    def target_kind(self) -> str:
        return str(self.cleaned_data["target"]).partition("-")[0]

    @property
    def target_id(self) -> int:
        return int(str(self.cleaned_data["target"]).partition("-")[2])


class WishesForm(RoundForm):
    """All wishes at once, the first one first: ids with commas; empty takes them back."""

    tables = forms.RegexField(r"^\d{1,15}(,\d{1,15})*$", required=False, max_length=100)

    @property
    def ids(self) -> list[int]:
        return [int(word) for word in str(self.cleaned_data["tables"]).split(",") if word][:MOST_TABLES]


class RepliesForm(RoundForm):
    """A field for each ask; what is left empty is not answered."""

    def __init__(self, *args: Any, asks: Iterable[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = list(asks)
        for ask in self.asks:
            self.fields[self.name_of(ask)] = self._field(ask)

    @staticmethod
    def name_of(ask: Ask) -> str:
        return f"ask-{ask.pk}"

    @staticmethod
    def _field(ask: Ask) -> forms.Field:
        if ask.kind == AskKind.SCALE:
            return forms.TypedChoiceField(
                label=ask.text, required=False, choices=[(n, n) for n in range(1, 6)], coerce=int, empty_value=None
            )
        return forms.CharField(label=ask.text, required=False, max_length=SENTENCE)

    def answers(self) -> list[tuple[Ask, int | None, str]]:
        """The asks that were answered; a line also when it was emptied."""
        found: list[tuple[Ask, int | None, str]] = []
        for ask in self.asks:
            value = self.cleaned_data[self.name_of(ask)]
            if ask.kind == AskKind.LINE:
                found.append((ask, None, value))
            elif value is not None:
                found.append((ask, value, ""))
        return found

    def typed(self) -> dict[int, int | str]:
        """What came in, right or not, so that nothing typed is lost."""
        found: dict[int, int | str] = {}
        for ask in self.asks:
            value = self.data.get(self.name_of(ask), "")
            found[ask.pk] = int(value) if ask.kind == AskKind.SCALE and value.isdigit() else value
        return found
