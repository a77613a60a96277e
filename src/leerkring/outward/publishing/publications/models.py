from __future__ import annotations

from datetime import date

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community, Labelled
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications.enums import Language, PublicationKind, ReactionState
from leerkring.platform import clock

LONGEST = 40_000
LONGEST_REACTION = 2_000


class Publication(Labelled):
    """An article or essay. It is out from its day on, unless it was withdrawn; its texts stand beside it."""

    id: int
    kind = models.CharField(_("kind"), max_length=8, choices=PublicationKind, default=PublicationKind.ARTICLE)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    picture = models.FileField(upload_to="publications/%Y/", blank=True)
    picture_type = models.CharField(max_length=20, blank=True)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    file = models.FileField(_("file"), upload_to="publications/%Y/", blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_on", "-id"]
        indexes = [models.Index(fields=["community", "published_on"])]

    def __str__(self) -> str:
        return f"publication {self.pk}"

    @property
    def is_published(self) -> bool:
        return self.published_on is not None and self.withdrawn_at is None

    @property
    def is_out(self) -> bool:
        """Whether those who may read it can read it today."""
        return self.is_published and self.published_on <= clock.today()  # type: ignore[operator]

    @property
    def first_day(self) -> date:
        return self.published_on or clock.today()

    def text_in(self, language: str | None) -> PublicationText:
        """The text in this language, else the other one: lists fetch both at once."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get((language or "")[:2]) or texts.get(Language.DUTCH) or next(iter(texts.values()))

    @property
    def languages(self) -> list[Language]:
        return sorted(Language(text.language) for text in self.texts.all())

    @property
    def names(self) -> list[str]:
        """Those who agreed, as they want to be named (rule 12)."""
        return [author.name for author in self.authors.all() if author.has_agreed]


class PublicationText(models.Model):
    """What it says in one language. `text` is Markdown without HTML and without pictures."""

    id: int
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=200)
    lead = models.CharField(_("lead"), max_length=500)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(LONGEST)])
    picture_words = models.CharField(_("what the picture shows"), max_length=300, blank=True)

    class Meta:
        ordering = ["-language"]
        constraints = [models.UniqueConstraint(fields=["publication", "language"], name="publication_language_once")]

    def __str__(self) -> str:
        return self.title


class PublicationRevision(models.Model):
    """How a text was before it was changed."""

    id: int
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=500)
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="publication_revision_once")]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.publication}"


class Author(models.Model):
    """Somebody who is asked to be named, and the name they chose when they agreed."""

    id: int
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("your name, as it is shown"), max_length=200, blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)

    publication_id: int
    person_id: int

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "person"], name="author_once"),
            models.CheckConstraint(condition=Q(agreed_at__isnull=True) | ~Q(name=""), name="who_agreed_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"author {self.pk}"

    @property
    def has_agreed(self) -> bool:
        return self.agreed_at is not None


class Reaction(models.Model):
    """What a reader who is signed in says to it."""

    id: int
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("your reaction"), validators=[MaxLengthValidator(LONGEST_REACTION)], blank=True)
    state = models.CharField(max_length=10, choices=ReactionState)
    label = models.CharField(max_length=14, choices=Label, default=Label.PROGRAMME)
    """Of the piece when this was written: a wider circle later does not see it."""
    device = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    publication_id: int
    person_id: int

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(fields=["publication", "state", "written_at"]),
            models.Index(fields=["person", "written_at"]),
            models.Index(fields=["device", "written_at"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="removed") | ~Q(reason=""), name="removed_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"reaction {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ReactionState.WAITING

    @property
    def is_removed(self) -> bool:
        return self.state == ReactionState.REMOVED


class ReactionChoice(models.Model):
    """Whether the team of a programme reads reactions before others do."""

    id: int
    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="reaction_choice")
    are_screened = models.BooleanField(_("the team reads reactions first"), default=False)

    def __str__(self) -> str:
        return f"reactions of {self.community}"
