"""What people do in a room. One file per part; how a step is undone stands beside what it does."""

from leerkring.formats.werkplaats.actions.clusters import (
    cluster_posts,
    dissolve_cluster,
    merge_clusters,
    name_cluster,
    order_clusters,
    put_with,
    take_out,
)
from leerkring.formats.werkplaats.actions.dividing import (
    divide,
    fit_in_latecomers,
    note_failed_division,
    take_division,
    throw_away_division,
)
from leerkring.formats.werkplaats.actions.forming import Place, announce, apply_division, form_groups, place
from leerkring.formats.werkplaats.actions.harvesting import Yield, harvest_room
from leerkring.formats.werkplaats.actions.looking_back import put_ask, remove_ask, reply, type_replies
from leerkring.formats.werkplaats.actions.placing import place_pile
from leerkring.formats.werkplaats.actions.points import give_points, type_points
from leerkring.formats.werkplaats.actions.posting import post, take_back_post
from leerkring.formats.werkplaats.actions.presenting import (
    begin_presentation,
    end_presentation,
    put_presentation,
    remove_presentation,
)
from leerkring.formats.werkplaats.actions.rooms import begin_room, end_room, prepare_room, set_screening, undo
from leerkring.formats.werkplaats.actions.rounds import (
    add_round,
    change_round,
    close_round,
    hide_results,
    move_round,
    open_round,
    remove_round,
    repeat_round,
    show_results,
    skip_round,
)
from leerkring.formats.werkplaats.actions.screening import hold_post, release_all, release_post, type_post
from leerkring.formats.werkplaats.actions.tables import change_table, put_table, remove_table
from leerkring.formats.werkplaats.actions.timers import add_minutes, pause_timer, resume_timer, set_timer
from leerkring.formats.werkplaats.actions.versions import set_version_of_room
from leerkring.formats.werkplaats.actions.voices import claim, join_voices
from leerkring.formats.werkplaats.actions.walking import walk
from leerkring.formats.werkplaats.actions.wishing import wish

__all__ = [
    "Place",
    "Yield",
    "add_minutes",
    "add_round",
    "announce",
    "apply_division",
    "begin_presentation",
    "begin_room",
    "change_round",
    "change_table",
    "claim",
    "close_round",
    "cluster_posts",
    "dissolve_cluster",
    "divide",
    "end_presentation",
    "end_room",
    "fit_in_latecomers",
    "form_groups",
    "give_points",
    "harvest_room",
    "hide_results",
    "hold_post",
    "join_voices",
    "merge_clusters",
    "move_round",
    "name_cluster",
    "note_failed_division",
    "open_round",
    "order_clusters",
    "pause_timer",
    "place",
    "place_pile",
    "post",
    "prepare_room",
    "put_ask",
    "put_presentation",
    "put_table",
    "put_with",
    "release_all",
    "release_post",
    "remove_ask",
    "remove_presentation",
    "remove_round",
    "remove_table",
    "repeat_round",
    "reply",
    "resume_timer",
    "set_screening",
    "set_timer",
    "set_version_of_room",
    "show_results",
    "skip_round",
    "take_back_post",
    "take_division",
    "take_out",
    "throw_away_division",
    "type_points",
    "type_post",
    "type_replies",
    "undo",
    "walk",
    "wish",
]
