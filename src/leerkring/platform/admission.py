"""For whom a page is: declared beside each view, checked at the door and printed as the permission matrix.

The declaration says who gets past the door. What exists for a person (404) is decided by the labels of the row,
what a person may do with it (403) by the action. The matrix test holds all three against each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware


class Admission(StrEnum):
    """Who may use a view, on an object that the person can see."""

    EVERYONE = "everyone"
    """Anybody, signed in or not. Content obeys labels."""
    SIGNED_IN = "signed in"
    """Whoever is signed in."""
    READERS = "readers"
    """Whoever may read the object by its label; for a list: whoever may see the programme."""
    FOLLOWERS = "followers"
    """Current members and followers of the programme (and its team); of what belongs to a group, its partner too."""
    JOINERS = "followers, where it is open"
    """Current members and followers of the programme; nobody where the group is for its members alone."""
    MEMBERS = "members"
    """Current members of the programme who take part: not followers."""
    GROUP = "group"
    """Members of the group and the programme team."""
    PEERS = "members of the group alone"
    """Members of the group; the programme team is not, by that alone."""
    CONTACT = "contact"
    """The contact of the group and the programme team."""
    FACILITATOR = "facilitator"
    """Facilitators, keepers and the programme team."""
    LEADERS = "facilitator, in a group its contact"
    """Facilitators, keepers and the programme team; of what belongs to a group, its contact as well."""
    OWN_FACILITATOR = "facilitator of the meeting"
    """The facilitator of this very meeting, and the programme team: persons are not for others (rule 7)."""
    KEEPER = "keeper"
    """Agenda keepers and the programme team."""
    TEAM = "team"
    """The programme team."""
    SELF = "self"
    """The person whom it is about; for others it is not there."""
    CARRIERS = "carriers"
    """Whoever is carrier or recipient of the change, and facilitators and above."""
    STARTERS = "who may start a programme"
    """Platform admins, organisation admins, and the team of any programme."""
    ORGANISATION_ADMIN = "organisation admin"
    """Whoever keeps the list of people of this organisation."""
    PLATFORM_ADMIN = "platform admin"
    """Settings of the installation, no content."""


NEEDS_ACCOUNT = frozenset(Admission) - {Admission.EVERYONE, Admission.READERS}

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Declaration:
    """What the matrix prints of one view: statuses are those for somebody who is admitted."""

    admission: Admission
    get: int | None
    post: int | None


def admits(admission: Admission, *, get: int | None = None, post: int | None = None) -> Callable[[View], View]:
    """Declare for whom a view is.

    `get` and `post` name the status an admitted person gets: for POST, with an empty form (302 when the verb needs
    no fields, 422 when the form comes back with errors). Leave out the method that the view does not take.
    """

    def declare(view: View) -> View:
        view.declaration = Declaration(admission, get, post)  # type: ignore[attr-defined]
        return view

    return declare


def declaration_of(view: View) -> Declaration | None:
    return getattr(view, "declaration", None)


@sync_only_middleware
class AdmissionMiddleware:
    """Deny by default: no view without a declaration, no visitor past a door that needs an account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        declaration = declaration_of(view)
        if declaration is None:
            if view.__module__.startswith("leerkring."):
                raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not say whom it admits")
            return None
        if request.method == "POST":
            needs_account = declaration.admission is not Admission.EVERYONE
        else:
            needs_account = declaration.admission in NEEDS_ACCOUNT
        if needs_account and not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect_to_login(back, settings.LOGIN_URL)
        return None
