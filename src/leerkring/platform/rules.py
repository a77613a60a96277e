"""What an action says when a rule of the domain does not allow it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leerkring.platform import clock


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
        raise Refused(f"{_name_in_words(row, name)}: {sentences[0]}") from error


def check_revision(
    theirs: Model, revision: int | None, mine: Mapping[str, Any], *beside: tuple[Model, Mapping[str, Any]]
) -> None:
    """Compare the revision that somebody had before them (None: they did not look) with the row as it is now.

    The row has revision, changed_by and changed_at; rows `beside` it change with it and count in its revision.
    Raises EditedMeanwhile with both texts of the values that differ.
    """
    now: Any = theirs
    if revision is None or revision == now.revision:
        return
    differing = [
        (row, name, value)
        for row, values in ((theirs, mine), *beside)
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    raise EditedMeanwhile(
        theirs="\n".join(_line(row, name, getattr(row, name)) for row, name, _value in differing),
        mine="\n".join(_line(row, name, value) for row, name, value in differing),
        by_name=now.changed_by.name if now.changed_by else "",
        at=now.changed_at or clock.now(),
        revision=now.revision,
    )


def _line(row: Model, name: str, value: Any) -> str:
    return f"{_name_in_words(row, name)}: {_in_words(row, name, value)}"


def _name_in_words(row: Model, name: str) -> str:
    words = str(next(field.verbose_name for field in row._meta.concrete_fields if field.name == name))
    return f"{words[:1].upper()}{words[1:]}"


def _in_words(row: Model, name: str, value: Any) -> str:
    choices = dict(next(field for field in row._meta.concrete_fields if field.name == name).flatchoices)
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return date_format(timezone.localtime(value), "j F Y H:i")
        case date():
            return date_format(value, "j F Y")
        case _other:
            return str(choices.get(value, value))
