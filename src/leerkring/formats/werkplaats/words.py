"""What facilitators' steps are called in the list where they can be taken back."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEPS = {
    "add_round": _("a round added"),
    "announce": _("said who is where"),
    "apply_division": _("everybody at a table"),
    "begin_presentation": _("a group has the floor"),
    "begin_room": _("the werkplaats begun"),
    "change_round": _("a round changed"),
    "change_table": _("a table changed"),
    "close_round": _("a round closed"),
    "cluster_posts": _("a pile made"),
    "dissolve_cluster": _("a pile taken apart"),
    "end_presentation": _("a group is done"),
    "end_room": _("the werkplaats ended"),
    "form_groups": _("groups formed"),
    "harvest_room": _("the harvest made"),
    "hide_results": _("results hidden"),
    "hold_post": _("a post held back"),
    "merge_clusters": _("two piles made one"),
    "move_round": _("a round moved"),
    "name_cluster": _("a pile named"),
    "open_round": _("a round opened"),
    "order_clusters": _("piles in another order"),
    "place": _("somebody at another table"),
    "put_ask": _("a question to look back with"),
    "put_presentation": _("a group in the order"),
    "put_table": _("a possible group"),
    "put_with": _("put with a pile"),
    "release_all": _("all posts released"),
    "release_post": _("a post released"),
    "remove_ask": _("a question taken away"),
    "remove_presentation": _("a group out of the order"),
    "remove_round": _("a round taken off"),
    "remove_table": _("a possible group taken away"),
    "set_screening": _("screening switched"),
    "set_timer": _("the clock set"),
    "set_version": _("the version set"),
    "place_pile": _("a pile put on the learning agenda"),
    "show_results": _("results shown"),
    "skip_round": _("a round skipped"),
    "take_out": _("a post loose again"),
    "type_post": _("something entered"),
    "walk": _("a question walked through"),
}

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
