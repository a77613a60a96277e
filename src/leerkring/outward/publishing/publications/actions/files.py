from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from leerkring.community.meetings import filetypes
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import access, pictures
from leerkring.outward.publishing.publications.facts import PublicationFilesChanged
from leerkring.outward.publishing.publications.models import Publication
from leerkring.outward.publishing.publications.writing import one_line
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def change_files(
    *,
    publication: Publication,
    by: Person,
    picture: UploadedFile | None = None,
    picture_words: Mapping[str, str] | None = None,
    without_picture: bool = False,
    file: UploadedFile | None = None,
    without_file: bool = False,
) -> Publication:
    """Give it a picture, with words for who does not see it, and a file; or take them away. None leaves them.

    Raises PermissionDenied, and Refused for what is no picture or may not be uploaded.
    """
    if not access.may_publish(by, publication.community):
        raise PermissionDenied
    shown = pictures.picture_of(_content(picture)) if picture is not None else None
    if file is not None and (file.size or 0) > filetypes.MAX_BYTES:
        raise Refused(_("This file is larger than 20 MB. Make it smaller first."))
    kind = filetypes.kind_of(file, file.name or "") if file is not None else None
    with transaction.atomic():
        theirs = Publication.objects.select_for_update().get(pk=publication.pk)
        if shown is not None or without_picture:
            _throw_away(theirs.picture)
            theirs.picture.name, theirs.picture_type = "", ""
            theirs.picture_width = theirs.picture_height = 0
        if shown is not None:
            theirs.picture_type, theirs.picture_width = shown.content_type, shown.width
            theirs.picture_height = shown.height
            theirs.picture = ContentFile(shown.content, name=f"{get_random_string(32)}.{shown.extension}")
        if file is not None or without_file:
            _throw_away(theirs.file)
            theirs.file.name, theirs.file_name, theirs.file_type, theirs.file_size = "", "", "", 0
        if file is not None and kind is not None:
            theirs.file_type, theirs.file_size = kind[1], file.size or 0
            theirs.file_name = filetypes.shown_name(file.name or "", kind[0])
            file.name = f"{get_random_string(32)}.{kind[0]}"
            theirs.file = file
        _word(theirs, picture_words or {})
        theirs.changed_at, theirs.changed_by = clock.now(), by
        theirs.save()
        facts.record(PublicationFilesChanged(community_id=theirs.community_id, by_id=by.pk, publication_id=theirs.pk))
    return theirs


def _content(picture: UploadedFile) -> bytes:
    """As much as tells that it is too large."""
    picture.seek(0)
    return picture.read(pictures.MAX_BYTES + 1)


def _word(publication: Publication, words: Mapping[str, str]) -> None:
    texts = list(publication.texts.all())
    for text in texts:
        if text.language in words:
            text.picture_words = one_line(words[text.language])
            check_fields(text)
            text.save(update_fields=["picture_words"])
    if publication.picture and not any(text.picture_words for text in texts):
        raise Refused(_("Say what the picture shows, for who does not see it."))


def _throw_away(file: FieldFile) -> None:
    if file.name:
        transaction.on_commit(partial(file.storage.delete, file.name))
