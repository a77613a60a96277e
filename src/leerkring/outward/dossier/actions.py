from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.outward.dossier import access, queries
from leerkring.outward.dossier.facts import DossierAsked, DossierFailed, DossierMade, DossierRemoved
from leerkring.outward.dossier.gathering import gather
from leerkring.outward.dossier.models import Dossier
from leerkring.outward.dossier.scope import Scope
from leerkring.outward.dossier.writing import write_archive
from leerkring.platform import clock, facts, jobs
from leerkring.platform.rules import Refused


def ask_dossier(*, community: Community, by: Person, narrowest: Label = Label.GROUP) -> Dossier:
    """Have a dossier made of what this person may read, down to a label. While one is made, twice is once.

    Raises PermissionDenied, and Refused for a label that is none.
    """
    if not access.may_ask_dossier(by, community):
        raise PermissionDenied
    if narrowest not in Label.values:
        raise Refused(_("Choose for whom the dossier is."))
    with transaction.atomic():
        Community.objects.select_for_update().get(pk=community.pk)
        waiting = queries.dossiers_in_the_making(by, community).filter(narrowest=narrowest).first()
        if waiting is not None:
            return waiting
        dossier = Dossier.objects.create(community=community, narrowest=narrowest, asked_by=by, asked_at=clock.now())
        facts.record(
            DossierAsked(
                community_id=community.pk, by_id=by.pk, dossier_id=dossier.pk, narrowest=Label(narrowest).value
            )
        )
        jobs.enqueue("dossier.make", dossier_id=dossier.pk)
    return dossier


def make_dossier(*, dossier: Dossier) -> Dossier:
    """Write the file. Done again after an interruption it is the same file. Raises OSError."""
    if dossier.is_made:
        return dossier
    scope = Scope(dossier.community, dossier.asked_by, Label(dossier.narrowest))
    gathered = gather(scope)
    dossier.file_name = dossier.file_name or f"{get_random_string(32)}.zip"
    manifest = write_archive(gathered, dossier.path, f"dossier-{dossier.community.slug}")
    with transaction.atomic():
        dossier.made_at, dossier.failed_at = clock.now(), None
        dossier.size, dossier.files_count = dossier.path.stat().st_size, len(manifest.rows) + 2
        dossier.save()
        facts.record(DossierMade(community_id=dossier.community_id, by_id=dossier.asked_by_id, dossier_id=dossier.pk))
    return dossier


def fail_dossier(*, dossier: Dossier) -> None:
    """It could not be made; who asked for it is told on the page."""
    with transaction.atomic():
        dossier.failed_at = clock.now()
        dossier.save(update_fields=["failed_at"])
        facts.record(DossierFailed(community_id=dossier.community_id, by_id=None, dossier_id=dossier.pk))


def remove_dossiers(*, dossiers: Iterable[Dossier]) -> int:
    """The files first, so that no file is left that nobody knows of. Says how many."""
    count = 0
    for dossier in dossiers:
        if dossier.file_name:
            dossier.path.unlink(missing_ok=True)
        with transaction.atomic():
            facts.record(DossierRemoved(community_id=dossier.community_id, by_id=None, dossier_id=dossier.pk))
            dossier.delete()
        count += 1
    return count
