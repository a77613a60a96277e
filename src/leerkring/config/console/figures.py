from argparse import Namespace
from collections.abc import Mapping

from django.utils import translation

from leerkring.community.memberships.models import Community
from leerkring.config import readiness
from leerkring.config.console.output import Stop, result, text
from leerkring.overview.figures.definitions import DEFINITIONS
from leerkring.overview.figures.queries import figures_of


def run(options: Namespace) -> int:
    """Give the figures of a programme, whole: whoever runs the console keeps the installation."""
    readiness.check_database()
    community = Community.objects.filter(slug=options.programme).first()
    if community is None:
        known = ", ".join(slug for slug in Community.objects.order_by("slug").values_list("slug", flat=True) if slug)
        raise Stop(f"There is no programme {options.programme!r}. There is: {known or 'none yet'}.")
    figures = figures_of(community, whole=True).as_json()
    if options.json:
        result(figures)
        return 0
    with translation.override("en"):
        text(f"{community.name}")
        for key, value in figures.items():
            text(f"  {DEFINITIONS[key].name}: {_words(value)}")
    return 0


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{part} {number}" for part, number in value.items() if number) or "none"
    return str(value)
