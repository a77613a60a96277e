"""Where a blueprint comes from, as one word in its address: ours, an earlier edition, or a file that was kept."""

from __future__ import annotations

from dataclasses import dataclass

from leerkring.community.memberships.models import Community
from leerkring.outward.blueprints import queries
from leerkring.outward.blueprints.blueprint import Blueprint
from leerkring.outward.blueprints.document import read_document
from leerkring.outward.blueprints.models import KeptBlueprint
from leerkring.outward.blueprints.queries import EDITION, FILE
from leerkring.outward.blueprints.ready_made import ready_made

LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Source:
    word: str
    blueprint: Blueprint
    kept: KeptBlueprint | None = None
    is_own: bool = False
    """Made from an edition of this programme: the one that can be handed on."""


def source_named(community: Community, word: str) -> Source | None:
    """None where nothing has this name, or it belongs to another programme."""
    if blueprint := ready_made(word):
        return Source(word, blueprint)
    if (number := _number(word, EDITION)) is not None:
        edition = queries.editions_to_plan_from(community).select_related("programme").filter(pk=number).first()
        blueprint = queries.blueprint_of(edition) if edition else None
        return Source(word, blueprint, is_own=True) if blueprint else None
    if (number := _number(word, FILE)) is not None:
        kept = queries.kept_blueprints(community).filter(pk=number).first()
        return Source(word, read_document(kept.document).blueprint, kept=kept) if kept else None
    return None


def _number(word: str, kind: str) -> int | None:
    digits = word.removeprefix(kind)
    is_number = word != digits and digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
    return int(digits) if is_number else None
