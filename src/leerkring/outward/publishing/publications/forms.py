from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications.enums import Language, PublicationKind
from leerkring.outward.publishing.publications.models import LONGEST, LONGEST_REACTION, Publication
from leerkring.platform.ui.forms import PlainForm

READERS = [
    (Label.PUBLIC.value, _("Everybody")),
    (Label.ORGANISATIONS.value, _("Who is signed in from a participating organisation")),
    (Label.PROGRAMME.value, _("Who is signed in and belongs to the programme")),
]


class PublicationForm(PlainForm):
    """The text in one language; kind and readers hold for both."""

    title = forms.CharField(label=_("Title"), max_length=200)
    lead = forms.CharField(
        label=_("Lead"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is about, in two or three sentences. It stands in lists too."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line makes a paragraph. # makes a heading, - a list, > a quote, **so** makes words bold."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, capfirst(kind.label)) for kind in PublicationKind],
        initial=PublicationKind.ARTICLE,
    )  # fmt: skip
    label = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=READERS,
        initial=Label.PUBLIC,
        help_text=_("When more people may read it, authors are asked anew whether they want to be named."),
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=Language.choices, initial=Language.DUTCH)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(publication: Publication, language: str) -> dict[str, object]:
        found: dict[str, object] = {
            "kind": publication.kind, "label": publication.label, "revision": publication.revision,
            "language": language,
        }  # fmt: skip
        if language in publication.languages:
            said = publication.text_in(language)
            found |= {"title": said.title, "lead": said.lead, "text": said.text}
        return found

    def said(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in ("title", "lead", "text")},
            "kind": PublicationKind(cleaned["kind"]),
            "label": Label(cleaned["label"]),
            "language": Language(cleaned["language"]),
        }

    def in_language(self, language: str) -> None:
        """The language is known by the page."""
        self.fields["language"].widget = forms.HiddenInput()
        self.fields["language"].initial = language

    def stand_on(self, revision: int) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = str(revision)
        self.data = data


class FilesForm(PlainForm):
    """A picture with its words in each language, and a file."""

    picture = forms.FileField(
        label=_("Picture"), required=False, max_length=255, help_text=_("PNG or JPEG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )  # fmt: skip
    without_picture = forms.BooleanField(label=_("Take the picture away"), required=False)
    file = forms.FileField(
        label=_("File to download"),
        required=False,
        max_length=255,
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, image or text. At most 20 MB."),
    )
    without_file = forms.BooleanField(label=_("Take the file away"), required=False)
    field_order = ("picture", "without_picture", "words_nl", "words_en", "file", "without_file")

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        self.languages = publication.languages
        super().__init__(*args, **kwargs)
        for text in publication.texts.all():
            field = forms.CharField(
                label=_("What the picture shows, in %(language)s") % {"language": Language(text.language).label},
                required=False,
                max_length=300,
                initial=text.picture_words,
                help_text=_("For those who cannot see it."),
                widget=forms.TextInput(attrs={"class": "utrecht-textbox"}),
            )
            self.fields[f"words_{text.language}"] = field
        if not publication.picture:
            del self.fields["without_picture"]
        if not publication.file:
            del self.fields["without_file"]
        self.order_fields(self.field_order)

    def said(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "picture": cleaned["picture"],
            "picture_words": {language.value: cleaned[f"words_{language.value}"] for language in self.languages},
            "without_picture": cleaned.get("without_picture", False),
            "file": cleaned["file"],
            "without_file": cleaned.get("without_file", False),
        }


class PublishForm(PlainForm):
    on = forms.DateField(label=_("From which day?"), required=False, help_text=_("Left empty, it is today."))


class AskForm(PlainForm):
    prefix = "ask"

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who wrote it?"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = people


class AgreeForm(PlainForm):
    prefix = "agree"

    name = forms.CharField(label=_("Your name, as readers see it"), max_length=200)


class ReactionForm(PlainForm):
    prefix = "reaction"

    text = forms.CharField(
        label=_("Your reaction"), max_length=LONGEST_REACTION, widget=forms.Textarea(attrs={"rows": 4})
    )


class RemoveForm(PlainForm):
    prefix = "remove"

    reason = forms.CharField(label=_("Why is it removed?"), max_length=300, help_text=_("Only its writer reads this."))


class ScreeningForm(PlainForm):
    are_screened = forms.BooleanField(label=_("The team reads reactions first"), required=False)
