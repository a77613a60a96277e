"""How many reactions somebody writes: by person, and by device so that two accounts on one phone are no way around."""

from datetime import timedelta

from django.utils.translation import gettext as _

from leerkring.community.people.models import Person
from leerkring.outward.publishing.limits import TooMuch
from leerkring.outward.publishing.publications import queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PER_PERSON = ((HOUR, 5), (DAY, 20))
PER_DEVICE = ((HOUR, 15), (DAY, 60))


def check(person: Person, device: str) -> None:
    """Raises TooMuch."""
    by_person = any(queries.written_by_person(person, within).count() >= most for within, most in PER_PERSON)
    if by_person or any(queries.written_on_device(device, within).count() >= most for within, most in PER_DEVICE):
        raise TooMuch(_("You reacted several times already. Try again in an hour; your text stays here."))
