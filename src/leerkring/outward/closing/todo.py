"""What is still open when an edition or a programme ends: a calm list, each line with one next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerkring.community.memberships.models import Community
from leerkring.community.people.models import Person
from leerkring.direction.programmes import queries as programmes
from leerkring.direction.programmes.completion import queries as completion
from leerkring.direction.programmes.models import Edition
from leerkring.outward.closing import queries


@dataclass(frozen=True)
class ToDo:
    key: str
    title: str
    text: str
    label: str
    url: str
    is_done: bool = False
    may_wait: bool = False
    """Nobody misses it when it is not done."""

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.may_wait)


ORDER = (
    "count",
    "certificates",
    "questions",
    "uptakes",
    "handovers",
    "reports",
    "dossier",
    "next",
    "method",
    "commitments",
)


def to_dos(person: Person, community: Community, edition: Edition | None) -> list[ToDo]:
    """What is open first, in the order in which it is done best."""
    found = [*_of_edition(community, edition), *_of_programme(person, community, edition)]
    return sorted(found, key=lambda item: (item.is_done, ORDER.index(item.key)))


def _of_edition(community: Community, edition: Edition | None) -> Iterator[ToDo]:
    if edition is None:
        return
    slug = community.slug
    page = reverse("programmes:edition_page", args=[slug, edition.pk])
    uncounted = programmes.enrolments_of(edition).filter(state__in=programmes.UNDER_WAY).count()
    if uncounted:
        words = ngettext("Count what %(n)d person attended", "Count what %(n)d people attended", uncounted)
        yield ToDo("count", words % {"n": uncounted}, _("After that you can issue certificates."), _("Count"), page)
    to_issue = completion.enrolments_to_certify(edition).count()
    issued = completion.standing_certificates(edition).count()
    title = (
        ngettext("%(n)d certificate to issue", "%(n)d certificates to issue", to_issue) % {"n": to_issue}
        if to_issue
        else _("Certificates")
    )
    told = ngettext("%(n)d is issued.", "%(n)d are issued.", issued) % {"n": issued} if issued else _("None yet.")
    url = reverse("programmes:completion_page", args=[slug, edition.pk])
    yield ToDo("certificates", title, told, _("Look"), url, is_done=not to_issue and bool(issued))
    yield ToDo(
        "next",
        _("The next edition"),
        _("With the series, the run sheets and the rules of this one, and new dates."),
        _("Plan"),
        reverse("blueprints:blueprint_plan", args=[slug, f"edition-{edition.pk}"]),
        is_done=queries.has_a_next_edition(edition),
        may_wait=True,
    )
    yield ToDo(
        "method",
        _("The method as a file"),
        _("For another region or municipality, without anybody in it."),
        _("Look"),
        reverse("blueprints:blueprint_page", args=[slug, f"edition-{edition.pk}"]),
        may_wait=True,
    )


def _of_programme(person: Person, community: Community, edition: Edition | None) -> Iterator[ToDo]:
    slug = community.slug
    questions = queries.questions_to_hand_over(person, community, edition).count()
    yield ToDo(
        "questions",
        ngettext("%(n)d open question looks for an owner", "%(n)d open questions look for an owner", questions)
        % {"n": questions}
        if questions
        else _("Open questions"),
        _("Hand each to somebody who goes on with it, to another programme, or let it go.")
        if questions
        else _("Every open question has somebody who goes on with it."),
        _("Look"),
        "#questions",
        is_done=not questions,
    )
    uptakes = queries.uptakes_to_hand_over(person, community, edition).count()
    yield ToDo(
        "uptakes",
        ngettext("%(n)d change under way looks for an owner", "%(n)d changes under way look for an owner", uptakes)
        % {"n": uptakes}
        if uptakes
        else _("Changes under way"),
        _("Who goes on with it in the department?")
        if uptakes
        else _("Every change under way has somebody in the department."),
        _("Look"),
        "#uptakes",
        is_done=not uptakes,
    )
    if waiting := queries.handovers_waiting(community).count():
        yield ToDo(
            "handovers",
            ngettext("%(n)d offer waits for an answer", "%(n)d offers wait for an answer", waiting) % {"n": waiting},
            _("Until there is a yes it stays with who has it now."),
            _("Look"),
            reverse("uptake:handovers_page", args=[slug]),
        )
    reports = queries.reports_released(community, edition).count()
    address = reverse("publishing:reports_page", args=[slug])
    yield ToDo(
        "reports",
        _("Reports for participants, for sponsor and council, for everybody"),
        ngettext("%(n)d is released.", "%(n)d are released.", reports) % {"n": reports}
        if reports
        else _("None is released yet."),
        _("Make"),
        f"{address}?edition={edition.pk}" if edition else address,
        is_done=bool(reports),
    )
    commitments = queries.commitments_left(community, edition).count()
    yield ToDo(
        "commitments",
        ngettext(
            "%(n)d commitment may still be looked back on", "%(n)d commitments may still be looked back on", commitments
        )
        % {"n": commitments}
        if commitments
        else _("Commitments"),
        _("People get a letter after six and twelve weeks. You do not have to do anything."),
        _("Look"),
        reverse("uptake:commitments_overview", args=[slug]),
        is_done=not commitments,
        may_wait=True,
    )
    yield ToDo(
        "dossier",
        _("The dossier for the archive"),
        _("Everything in one folder that is read without Leerkring."),
        _("Make"),
        reverse("dossier:dossiers_page", args=[slug]),
        is_done=queries.dossiers_made(community).exists(),
    )
