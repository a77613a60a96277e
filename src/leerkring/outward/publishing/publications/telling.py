"""The part of the sample cases that is published, told with our own actions as soon as a case stands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leerkring.community.accounts import queries as accounts
from leerkring.community.memberships import queries as memberships
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.publishing.publications import actions
from leerkring.outward.publishing.publications.enums import Language, PublicationKind
from leerkring.outward.publishing.publications.models import Publication
from leerkring.platform import clock, facts
from leerkring.sample.cast import Member
from leerkring.sample.facts import StoryTold
from leerkring.sample.publications import LEADS, PICTURES, PIECES, Piece, Said


@facts.beside(StoryTold)
def tell_what_is_published(fact: StoryTold) -> None:
    today = clock.today()
    told = {community.pk: community for community in memberships.sample_programmes()}
    community = told.get(fact.community_id or 0)
    if community is None:
        return
    for piece in PIECES:
        if piece.slug == community.slug and piece.when(today) <= today:
            with clock.at(_at(piece.when(today))):
                publication = _written(community, piece)
            for said in piece.reactions:
                _react(publication, piece, said, today)


def _written(community: Community, piece: Piece) -> Publication:
    publication = actions.write_publication(
        community=community,
        kind=PublicationKind.ESSAY if piece.is_essay else PublicationKind.ARTICLE,
        label=piece.label,
        by=_lead(community),
        title=piece.dutch.title,
        lead=piece.dutch.lead,
        text=piece.dutch.text,
    )
    if piece.english:
        publication = actions.change_publication(
            publication=publication,
            language=Language.ENGLISH,
            title=piece.english.title,
            lead=piece.english.lead,
            text=piece.english.text,
            by=_lead(community),
        )
    _add_files(publication, piece, _lead(community))
    for member, name in piece.authors:
        person = _person(community, member)
        author = actions.ask_author(publication=publication, person=person, by=_lead(community))
        actions.agree(author=author, name=name, by=person)
    for member in piece.asked:
        actions.ask_author(publication=publication, person=_person(community, member), by=_lead(community))
    if piece.is_draft:
        return publication
    return actions.publish(publication=publication, by=_lead(community))


def _add_files(publication: Publication, piece: Piece, by: Person) -> None:
    if not (piece.picture or piece.file):
        return
    words = {Language.DUTCH.value: piece.dutch.picture}
    if piece.english:
        words[Language.ENGLISH.value] = piece.english.picture
    picture = SimpleUploadedFile(piece.picture, (PICTURES / piece.picture).read_bytes()) if piece.picture else None
    file = SimpleUploadedFile(piece.file[0], piece.file[1].encode()) if piece.file else None
    actions.change_files(publication=publication, picture=picture, picture_words=words, file=file, by=by)


def _react(publication: Publication, piece: Piece, said: Said, today: date) -> None:
    day = piece.when(today) + timedelta(days=said.days)
    if day > today:
        return
    with clock.at(_at(day, 16)):
        community = publication.community
        if said.waits:
            actions.choose_screening(community=community, are_screened=True, by=_lead(community))
        person = _person(community, said.by)
        actions.write_reaction(publication=publication, text=said.text, device=f"sample {said.by.key}", by=person)


def _lead(community: Community) -> Person:
    return _person(community, LEADS[community.slug or ""])


def _person(community: Community, member: Member) -> Person:
    found = accounts.address_named(member.address)
    if found is None:
        raise LookupError(f"{member.key} is not of {community}")
    person: Person = found.account.person
    return person


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
