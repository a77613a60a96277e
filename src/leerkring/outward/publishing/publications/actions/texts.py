from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import access
from leerkring.outward.publishing.publications.enums import LABELS, Language, PublicationKind
from leerkring.outward.publishing.publications.facts import (
    PublicationChanged,
    PublicationPublished,
    PublicationPutBack,
    PublicationWithdrawn,
    PublicationWritten,
)
from leerkring.outward.publishing.publications.models import Publication, PublicationRevision, PublicationText
from leerkring.outward.publishing.publications.writing import lines, one_line
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields, check_revision


def write_publication(
    *,
    community: Community,
    title: str,
    lead: str,
    text: str,
    by: Person,
    language: Language = Language.DUTCH,
    kind: PublicationKind = PublicationKind.ARTICLE,
    label: Label = Label.PUBLIC,
) -> Publication:
    """A draft that only the team reads. Raises PermissionDenied, and Refused for fields that do not fit."""
    _require(access.may_publish(by, community))
    now = clock.now()
    publication = Publication(community=community, label=label, kind=kind, made_at=now, changed_at=now, changed_by=by)
    said = PublicationText(
        publication=publication, language=language, title=one_line(title), lead=one_line(lead), text=lines(text)
    )
    _check(publication, said)
    with transaction.atomic():
        publication.save()
        said.save()
        facts.record(PublicationWritten(community_id=community.pk, by_id=by.pk, publication_id=publication.pk))
    return publication


def change_publication(
    *,
    publication: Publication,
    language: Language,
    title: str,
    lead: str,
    text: str,
    by: Person,
    kind: PublicationKind | None = None,
    label: Label | None = None,
    revision: int | None = None,
) -> Publication:
    """Word it anew in this language, or add the language; how it was is kept.

    For a wider circle nobody is named any more: who agreed is asked anew (rule 12).

    Raises PermissionDenied, Refused, and EditedMeanwhile.
    """
    _require(access.may_publish(by, publication.community))
    with transaction.atomic():
        theirs = _locked(publication)
        said = theirs.texts.filter(language=language).first()
        was = said or PublicationText(publication=theirs, language=language)
        texts = {"title": one_line(title), "lead": one_line(lead), "text": lines(text)}
        own = {"kind": kind or theirs.kind, "label": label or theirs.label}
        check_revision(theirs, revision, own, (was, texts))
        is_same = said is not None and all(getattr(said, name) == value for name, value in texts.items())
        if is_same and all(getattr(theirs, name) == value for name, value in own.items()):
            return theirs
        if said is not None:
            _keep(said, theirs)
        is_wider = own["label"] in LABELS and LABELS.index(Label(own["label"])) < LABELS.index(Label(theirs.label))
        for row, values in ((theirs, own), (was, texts)):
            for name, value in values.items():
                setattr(row, name, value)
        _check(theirs, was)
        theirs.revision += 1
        theirs.changed_by, theirs.changed_at = by, clock.now()
        theirs.save(update_fields=["kind", "label", "revision", "changed_by", "changed_at"])
        was.save()
        if is_wider:
            theirs.authors.update(agreed_at=None)
        facts.record(
            PublicationChanged(
                community_id=theirs.community_id, by_id=by.pk, publication_id=theirs.pk, revision=theirs.revision
            )
        )
    return theirs


def publish(*, publication: Publication, by: Person, on: date | None = None) -> Publication:
    """Let those for whom it is read it, from this day on; without a day from today. Raises PermissionDenied."""
    _require(access.may_publish(by, publication.community))
    with transaction.atomic():
        theirs = _locked(publication)
        day = on or clock.today()
        if theirs.is_published and theirs.published_on == day:
            return theirs
        theirs.published_on, theirs.withdrawn_at = day, None
        theirs.save(update_fields=["published_on", "withdrawn_at"])
        facts.record(PublicationPublished(community_id=theirs.community_id, by_id=by.pk, publication_id=theirs.pk))
    return theirs


def withdraw_publication(*, publication: Publication, by: Person) -> None:
    """Only the team reads it from now on; `put_back_publication` is the way back. Raises PermissionDenied."""
    _require(access.may_publish(by, publication.community))
    with transaction.atomic():
        theirs = _locked(publication)
        if not theirs.is_published:
            return
        theirs.withdrawn_at = clock.now()
        theirs.save(update_fields=["withdrawn_at"])
        facts.record(PublicationWithdrawn(community_id=theirs.community_id, by_id=by.pk, publication_id=theirs.pk))


def put_back_publication(*, publication: Publication, by: Person) -> None:
    """With the day that it had. What was never withdrawn stays as it is. Raises PermissionDenied."""
    _require(access.may_publish(by, publication.community))
    with transaction.atomic():
        theirs = _locked(publication)
        if theirs.withdrawn_at is None:
            return
        theirs.withdrawn_at = None
        theirs.save(update_fields=["withdrawn_at"])
        facts.record(PublicationPutBack(community_id=theirs.community_id, by_id=by.pk, publication_id=theirs.pk))


def _locked(publication: Publication) -> Publication:
    rows = Publication.objects.select_related("community", "changed_by")
    return rows.select_for_update(of=("self",)).get(pk=publication.pk)


def _keep(said: PublicationText, publication: Publication) -> None:
    PublicationRevision.objects.create(
        publication=publication,
        number=publication.revision,
        language=said.language,
        title=said.title,
        lead=said.lead,
        text=said.text,
        written_by=publication.changed_by,
        written_at=publication.changed_at,
    )


def _check(publication: Publication, said: PublicationText) -> None:
    if publication.label not in LABELS:
        raise Refused(_("Choose one of the answers."))
    check_fields(publication, leave_out={"picture", "file"})
    check_fields(said)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
