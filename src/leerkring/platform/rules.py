"""What an action says when a rule of the domain does not allow it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model


class Refused(Exception):
    """A rule says no. The message is a sentence in the reader's language that tells what to do next."""

    @property
    def message(self) -> str:
        return str(self.args[0])


@dataclass
class EditedMeanwhile(Refused):
    """Somebody else changed the same text since this person opened it. Carries both texts, so nothing is lost."""

    theirs: str
    mine: str
    by_name: str
    at: datetime
    revision: int

    def __post_init__(self) -> None:
        super().__init__(self.theirs)


def check_fields(row: Model, *, leave_out: Collection[str] = ()) -> None:
    """Lengths, choices and limits of a row's own values, as its model says them. Raises Refused with a sentence.

    Links are not asked after: the action was given the rows themselves.
    """
    fields = row._meta.concrete_fields
    empty = {field.name for field in fields if field.null and field.value_from_object(row) is None}
    links = {field.name for field in fields if field.is_relation}
    try:
        row.clean_fields(exclude={"id", *links, *empty, *leave_out})
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        words = str(next(field.verbose_name for field in fields if field.name == name))
        raise Refused(f"{words[:1].upper()}{words[1:]}: {sentences[0]}") from error
