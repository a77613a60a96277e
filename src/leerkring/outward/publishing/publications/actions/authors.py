from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import access, queries
from leerkring.outward.publishing.publications.facts import AuthorAgreed, AuthorAsked, AuthorDeclined, AuthorRemoved
from leerkring.outward.publishing.publications.models import Author, Publication
from leerkring.outward.publishing.publications.writing import one_line
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def ask_author(*, publication: Publication, person: Person, by: Person) -> Author:
    """Ask somebody of the programme to be named; until they agree, no reader sees it.

    Raises PermissionDenied, and Refused for somebody from elsewhere.
    """
    if not access.may_publish(by, publication.community):
        raise PermissionDenied
    with transaction.atomic():
        known = Author.objects.filter(publication=publication, person=person).first()
        if known is not None:
            return known
        if not queries.people_to_ask(publication).filter(pk=person.pk).exists():
            raise Refused(_("%(name)s is not in this programme. Invite them first.") % {"name": person.name})
        author = Author.objects.create(publication=publication, person=person, asked_at=clock.now())
        facts.record(
            AuthorAsked(
                community_id=publication.community_id, by_id=by.pk, publication_id=publication.pk, person_id=person.pk
            )
        )
    return author


def agree(*, author: Author, name: str, by: Person) -> Author:
    """Say yes to being named here, and how (rule 12). Raises PermissionDenied for anybody else, and Refused."""
    if not access.may_answer_as(by, author):
        raise PermissionDenied
    author.name, author.agreed_at = one_line(name), clock.now()
    if not author.name:
        raise Refused(_("Write the name that readers see."))
    check_fields(author)
    with transaction.atomic():
        shown = Publication.objects.select_for_update().get(pk=author.publication_id)
        if shown.label != author.publication.label:
            raise Refused(_("Who may read this has changed. Look once more, and say whether you agree."))
        author.save(update_fields=["name", "agreed_at"])
        facts.record(AuthorAgreed(**_ids(author, by)))
    return author


def decline(*, author: Author, by: Person) -> None:
    """Say no, or no longer: the name is gone at once. Raises PermissionDenied for anybody else."""
    if not access.may_answer_as(by, author):
        raise PermissionDenied
    with transaction.atomic():
        ids = _ids(author, by)
        if Author.objects.filter(pk=author.pk).delete()[0]:
            facts.record(AuthorDeclined(**ids))


def remove_author(*, author: Author, by: Person) -> None:
    """Take somebody off it. Raises PermissionDenied."""
    if not access.may_publish(by, author.publication.community):
        raise PermissionDenied
    with transaction.atomic():
        ids = _ids(author, by)
        if Author.objects.filter(pk=author.pk).delete()[0]:
            facts.record(AuthorRemoved(**ids))


def _ids(author: Author, by: Person) -> dict[str, int]:
    publication = author.publication
    return {
        "community_id": publication.community_id,
        "by_id": by.pk,
        "publication_id": publication.pk,
        "person_id": author.person_id,
    }
