from leerkring.outward.publishing.publications.actions.authors import agree, ask_author, decline, remove_author
from leerkring.outward.publishing.publications.actions.files import change_files
from leerkring.outward.publishing.publications.actions.reactions import (
    choose_screening,
    remove_reaction,
    show_reaction,
    take_back_reaction,
    write_reaction,
)
from leerkring.outward.publishing.publications.actions.texts import (
    change_publication,
    publish,
    put_back_publication,
    withdraw_publication,
    write_publication,
)

__all__ = [
    "agree",
    "ask_author",
    "change_files",
    "change_publication",
    "choose_screening",
    "decline",
    "publish",
    "put_back_publication",
    "remove_author",
    "remove_reaction",
    "show_reaction",
    "take_back_reaction",
    "withdraw_publication",
    "write_publication",
    "write_reaction",
]
