"""What facilitators did, in the list where it can be taken back; and numbers as one says them."""

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leerkring.formats.werkplaats.enums import Verdict
from leerkring.formats.werkplaats.snapshots import StepView

DOINGS = {
    "add_round": _("%(who)s added the round “%(thing)s”"),
    "announce": _("%(who)s said who is where"),
    "apply_division": _("%(who)s gave %(count)s people a table"),
    "begin_presentation": _("%(who)s gave %(thing)s the floor"),
    "begin_room": _("%(who)s began the werkplaats"),
    "change_round": _("%(who)s changed the round “%(thing)s”"),
    "change_table": _("%(who)s changed the group “%(thing)s”"),
    "close_round": _("%(who)s closed the round “%(thing)s”"),
    "cluster_posts": _("%(who)s made the pile “%(thing)s”"),
    "dissolve_cluster": _("%(who)s took the pile “%(thing)s” apart"),
    "end_presentation": _("%(who)s let %(thing)s finish"),
    "end_room": _("%(who)s ended the werkplaats"),
    "form_groups": _("%(who)s made groups of the tables"),
    "harvest_room": _("%(who)s brought in the harvest"),
    "hide_results": _("%(who)s hid the result of “%(thing)s”"),
    "hold_post": _("%(who)s held back “%(thing)s”"),
    "merge_clusters": _("%(who)s put “%(thing)s” and “%(other)s” on one pile"),
    "move_round": _("%(who)s moved the round “%(thing)s”"),
    "name_cluster": _("%(who)s named the pile “%(thing)s”"),
    "open_round": _("%(who)s opened the round “%(thing)s”"),
    "order_clusters": _("%(who)s put the piles in another order"),
    "place": _("%(who)s put %(thing)s at “%(other)s”"),
    "place_pile": _("%(who)s put question %(thing)s on the learning agenda"),
    "put_ask": _("%(who)s asks to look back: “%(thing)s”"),
    "put_presentation": _("%(who)s put %(thing)s in the order"),
    "put_table": _("%(who)s put up the group “%(thing)s”"),
    "put_with": _("%(who)s put “%(other)s” with “%(thing)s”"),
    "release_all": _("%(who)s showed %(count)s posts"),
    "release_post": _("%(who)s showed “%(thing)s”"),
    "remove_ask": _("%(who)s took away the question “%(thing)s”"),
    "remove_presentation": _("%(who)s took %(thing)s out of the order"),
    "remove_round": _("%(who)s took off the round “%(thing)s”"),
    "remove_table": _("%(who)s took away the group “%(thing)s”"),
    "set_screening": _("%(who)s switched looking at posts first on or off"),
    "set_timer": _("%(who)s set the clock of “%(thing)s”"),
    "set_version": _("%(who)s set the version"),
    "show_results": _("%(who)s showed the result of “%(thing)s”"),
    "skip_round": _("%(who)s skipped the round “%(thing)s”"),
    "take_out": _("%(who)s let “%(thing)s” lie loose again"),
    "throw_away_division": _("%(who)s threw the division away"),
    "type_points": _("%(who)s entered a sheet of points"),
    "type_post": _("%(who)s entered “%(thing)s”"),
    "type_replies": _("%(who)s entered a sheet of answers"),
    "walk": _("%(who)s, of question %(thing)s: %(verdict)s"),
}
UNNAMED = {
    "add_round": _("%(who)s added a round"),
    "begin_presentation": _("%(who)s gave a group the floor"),
    "change_round": _("%(who)s changed a round"),
    "change_table": _("%(who)s changed a group"),
    "close_round": _("%(who)s closed a round"),
    "cluster_posts": _("%(who)s made a pile"),
    "dissolve_cluster": _("%(who)s took a pile apart"),
    "end_presentation": _("%(who)s let a group finish"),
    "hide_results": _("%(who)s hid a result"),
    "hold_post": _("%(who)s held back a post"),
    "merge_clusters": _("%(who)s made one pile of two"),
    "move_round": _("%(who)s moved a round"),
    "name_cluster": _("%(who)s named a pile"),
    "open_round": _("%(who)s opened a round"),
    "place": _("%(who)s put somebody at another table"),
    "place_pile": _("%(who)s put a question on the learning agenda"),
    "put_ask": _("%(who)s put up a question to look back with"),
    "put_presentation": _("%(who)s put a group in the order"),
    "put_table": _("%(who)s put up a group"),
    "put_with": _("%(who)s put %(count)s posts on a pile"),
    "release_post": _("%(who)s showed a post"),
    "remove_ask": _("%(who)s took a question to look back with away"),
    "remove_presentation": _("%(who)s took a group out of the order"),
    "remove_round": _("%(who)s took a round off"),
    "remove_table": _("%(who)s took a group away"),
    "set_timer": _("%(who)s set the clock"),
    "show_results": _("%(who)s showed a result"),
    "skip_round": _("%(who)s skipped a round"),
    "take_out": _("%(who)s let a post lie loose again"),
    "type_post": _("%(who)s entered something"),
    "walk": _("%(who)s walked through a question"),
}
"""The same when a name is not there (any more)."""
OFF_THE_TABLE = _("%(who)s took %(thing)s off their table")
SEVERAL_WITH = _("%(who)s put %(count)s posts with “%(thing)s”")
SHORT = 60


def said(step: StepView) -> str:
    """What a facilitator did, as one tells another."""
    verdict = str(Verdict(step.verdict).label) if step.verdict else ""
    values = {
        "who": step.by or gettext("Somebody"), "thing": Truncator(step.thing).chars(SHORT),
        "other": Truncator(step.other).chars(SHORT), "count": step.count, "verdict": verdict,
    }  # fmt: skip
    return str(_pattern(step)) % values


def _pattern(step: StepView) -> str | Promise:
    pattern = DOINGS[step.verb]
    if step.verb == "place" and step.thing and not step.other:
        return OFF_THE_TABLE
    if step.verb == "put_with" and step.thing and not step.other:
        return SEVERAL_WITH
    is_nameless = any(f"%({name})s" in str(pattern) and not getattr(step, name) for name in ("thing", "other"))
    return UNNAMED[step.verb] if is_nameless else pattern


NUMBERS = [
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
    pgettext_lazy("number", "eleven"),
    pgettext_lazy("number", "twelve"),
    pgettext_lazy("number", "thirteen"),
    pgettext_lazy("number", "fourteen"),
    pgettext_lazy("number", "fifteen"),
    pgettext_lazy("number", "sixteen"),
    pgettext_lazy("number", "seventeen"),
    pgettext_lazy("number", "eighteen"),
    pgettext_lazy("number", "nineteen"),
    pgettext_lazy("number", "twenty"),
]


def in_words(number: int) -> str:
    """A number as one says it, with a capital; above twenty in figures."""
    if not 1 <= number <= len(NUMBERS):
        return str(number)
    word = str(NUMBERS[number - 1])
    return f"{word[:1].upper()}{word[1:]}"
