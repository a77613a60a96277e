"""The permission matrix: every address by every role, computed from what each view declares and from the labels.

The test `tests/permissions/` tries every cell against the running product, so that this table and the doors can only
differ for as long as it takes to run the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.urls import URLPattern, URLResolver, get_resolver

from leerkring.community.memberships.enums import Label
from leerkring.platform.admission import NEEDS_ACCOUNT, Admission, Declaration, declaration_of


class Party(StrEnum):
    """Who asks, seen from the programme of the object; DOMAIN roles from low to high, then those beside them."""

    VISITOR = "visitor"
    OUTSIDER = "signed in elsewhere"
    COLLEAGUE = "of a participating organisation"
    FOLLOWER = "follower"
    MEMBER = "member"
    GROUP_MEMBER = "member of the group"
    CONTACT = "contact of the group"
    FACILITATOR = "facilitator"
    KEEPER = "keeper"
    TEAM = "programme team"
    PARTNER = "partner of the group"
    SPONSOR = "sponsor"
    ORGANISATION_ADMIN = "organisation admin"
    PLATFORM_ADMIN = "platform admin"


_P = Party
BELONGING = frozenset({_P.FOLLOWER, _P.MEMBER, _P.GROUP_MEMBER, _P.CONTACT, _P.FACILITATOR, _P.KEEPER, _P.TEAM})
OF_GROUP = frozenset({_P.GROUP_MEMBER, _P.CONTACT, _P.PARTNER, _P.TEAM})
OF_INTERVISIE = frozenset({_P.GROUP_MEMBER, _P.CONTACT, _P.FACILITATOR, _P.KEEPER, _P.TEAM})
READERS: dict[str, frozenset[Party]] = {
    Label.PUBLIC: frozenset(Party),
    Label.ORGANISATIONS: BELONGING | {_P.COLLEAGUE},
    Label.PROGRAMME: BELONGING,
    Label.GROUP: OF_GROUP,
}
ADMITTED: dict[Admission, frozenset[Party]] = {
    Admission.EVERYONE: frozenset(Party),
    Admission.READERS: frozenset(Party),
    Admission.SIGNED_IN: frozenset(Party) - {_P.VISITOR},
    Admission.FOLLOWERS: BELONGING,
    Admission.JOINERS: BELONGING,
    Admission.MEMBERS: BELONGING - {_P.FOLLOWER},
    Admission.GROUP: OF_GROUP | {_P.FACILITATOR, _P.KEEPER},
    Admission.PEERS: frozenset({_P.GROUP_MEMBER, _P.CONTACT}),
    Admission.CONTACT: frozenset({_P.CONTACT, _P.FACILITATOR, _P.KEEPER, _P.TEAM}),
    Admission.CARRIERS: frozenset({_P.FACILITATOR, _P.KEEPER, _P.TEAM}),
    Admission.FACILITATOR: frozenset({_P.FACILITATOR, _P.KEEPER, _P.TEAM}),
    Admission.LEADERS: frozenset({_P.CONTACT, _P.FACILITATOR, _P.KEEPER, _P.TEAM}),
    Admission.OWN_FACILITATOR: frozenset({_P.TEAM}),
    Admission.KEEPER: frozenset({_P.KEEPER, _P.TEAM}),
    Admission.TEAM: frozenset({_P.TEAM}),
    Admission.SELF: frozenset({_P.MEMBER}),
    Admission.STARTERS: frozenset({_P.TEAM, _P.ORGANISATION_ADMIN, _P.PLATFORM_ADMIN}),
    Admission.ORGANISATION_ADMIN: frozenset({_P.ORGANISATION_ADMIN}),
    Admission.PLATFORM_ADMIN: frozenset({_P.PLATFORM_ADMIN}),
}

LABELLED = frozenset({
    "question_id", "meeting_id", "group_id", "insight_id", "thread_id", "change_id", "uptake_id", "initiative_id",
    "goal_id", "activity_id", "version_number", "material_id", "case_id", "harvest_id",
    "story_id",
    "poll_id",
    "publication_id",
})  # fmt: skip
"""Parts of an address that name a labelled object (or one that is read with it, as an uptake with its change)."""
IN_GROUPS = frozenset({"group_id", "meeting_id", "insight_id", "material_id", "case_id", "harvest_id", "poll_id"})
"""Groups, and what can belong to one: they can bear the label `group`."""
PERSONAL = {
    "address_id": frozenset({_P.MEMBER}),
    "membership_id": frozenset({_P.MEMBER}),
    "commitment_id": frozenset({_P.MEMBER, _P.TEAM}),
    "certificate_id": frozenset({_P.MEMBER, _P.TEAM}),
    "report_id": frozenset({_P.TEAM}),
    "author_id": frozenset({_P.MEMBER, _P.TEAM}),
    "point_id": frozenset({_P.GROUP_MEMBER}),
    "intervisie_id": OF_INTERVISIE,
    "intervisie_round_id": OF_INTERVISIE,
}
"""Parts that name what is of one person, here of the member, and for whom else it exists (rule 7).

An intervisie group is there for its members and for who forms groups, whatever its programme shows.
"""
AT_HOME_SOMEWHERE = BELONGING | {_P.COLLEAGUE, _P.PARTNER, _P.SPONSOR}
SENT_ON = {"desk:home_page": AT_HOME_SOMEWHERE}
"""Whom an address sends on with 302, instead of answering itself: the way in leads to the one programme of a person."""
OWN, OTHER = "own", "other"


@dataclass(frozen=True)
class Address:
    """One view under its pattern, with what it declares."""

    path: str
    name: str
    declaration: Declaration
    parts: frozenset[str]

    @property
    def is_of_programme(self) -> bool:
        return "slug" in self.parts

    def labels(self) -> list[str]:
        """The labels that make a difference here; one empty word where none does."""
        if not self.labelled:
            return [""]
        return [label for label in Label.values if label != Label.GROUP or self.labelled & IN_GROUPS]

    @property
    def labelled(self) -> frozenset[str]:
        """The parts that name something with a label."""
        return self.parts & LABELLED

    def readers(self, label: str) -> frozenset[Party]:
        """For whom all that the address names exists, where what can bear this label bears it.

        A group is there for its partner whatever its label, and so are its cases; nothing else of the programme is.
        What cannot bear the label `group` bears the label `programme` beside it.
        """
        found = READERS[label] if label else frozenset(Party)
        if label == Label.GROUP and self.labelled - IN_GROUPS:
            found &= READERS[Label.PROGRAMME]
        if label and self.labelled <= {"group_id", "case_id"}:
            found |= {_P.PARTNER}
        for part in PERSONAL.keys() & self.parts:
            found &= PERSONAL[part]
        return found

    def methods(self) -> list[str]:
        found = {"GET": self.declaration.get, "POST": self.declaration.post}
        return [method for method, status in found.items() if status is not None]


@dataclass(frozen=True)
class Cell:
    path: str
    method: str
    role: str
    object: str
    label: str
    answer: int


def addresses(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    """Every address of the product, in the order of the URL list."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path, entry.namespace or namespace)
        elif isinstance(entry, URLPattern) and (declaration := declaration_of(entry.callback)):
            parts = frozenset(re.findall(r"<(?:\w+:)?(\w+)>", path))
            yield Address(
                "/" + path, f"{namespace}:{entry.name}" if namespace else entry.name or "", declaration, parts
            )


def answer(address: Address, method: str, party: Party, object_: str, label: str) -> int:
    """The status that this party gets: door, then existence, then right, then what the view declares."""
    declaration = address.declaration
    door_needs_account = (
        declaration.admission is not Admission.EVERYONE if method == "POST" else declaration.admission in NEEDS_ACCOUNT
    )
    if party is Party.VISITOR and door_needs_account:
        return 302
    if object_ == OTHER and address.is_of_programme:
        return 404
    if party not in address.readers(label):
        return 404
    if party not in _admitted(declaration.admission, label):
        return 403
    if party in SENT_ON.get(address.name, ()):
        return 302
    status = declaration.get if method == "GET" else declaration.post
    assert status is not None  # noqa: S101 - methods() lists the declared ones
    return status


def _admitted(admission: Admission, label: str) -> frozenset[Party]:
    """Contact and partner have their rights in the group, not in the programme around it; nobody joins a closed one."""
    if admission is Admission.JOINERS and label == Label.GROUP:
        return frozenset()
    if admission is Admission.LEADERS and label not in ("", Label.GROUP):
        return ADMITTED[admission] - {_P.CONTACT}
    if admission is Admission.FOLLOWERS and label == Label.GROUP:
        return ADMITTED[admission] | {_P.PARTNER}
    return ADMITTED[admission]


def cells(address: Address) -> Iterator[Cell]:
    """Every cell of one address. Another programme is tried with one label: it is closed whatever the label."""
    for method in address.methods():
        for party in Party:
            for label in address.labels():
                yield _cell(address, method, party, OWN, label)
            if address.is_of_programme:
                yield _cell(address, method, party, OTHER, "public" if address.labels() != [""] else "")


def _cell(address: Address, method: str, party: Party, object_: str, label: str) -> Cell:
    return Cell(address.path, method, party, object_, label, answer(address, method, party, object_, label))


def matrix() -> list[dict[str, object]]:
    return [asdict(cell) for address in addresses() for cell in cells(address)]


def as_markdown() -> str:
    """One line per address: whom it admits, and what the other parties get on a public object of the own programme."""
    lines = [
        "# Permissions",
        "",
        "Made by `leerkring permissions --format md` from what each view declares; `leerkring permissions` gives every",
        "cell as JSON, and a test tries each of them. Who may not see an object gets 404, who may see it but not do",
        "this 403, a visitor who has to sign in first 302.",
        "",
        "| Address | Method | Admits |",
        "|---|---|---|",
    ]
    for address in addresses():
        path = address.path.replace("|", "\\|")
        lines += [f"| `{path}` | {method} | {address.declaration.admission} |" for method in address.methods()]
    return "\n".join(lines) + "\n"
