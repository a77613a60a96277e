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
from leerkring.formats.werkplaats.actions.points import give_points
from leerkring.formats.werkplaats.actions.posting import post, take_back_post
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
from leerkring.formats.werkplaats.actions.timers import add_minutes, pause_timer, resume_timer, set_timer
from leerkring.formats.werkplaats.actions.voices import claim, join_voices

__all__ = [
    "add_minutes",
    "add_round",
    "begin_room",
    "change_round",
    "claim",
    "close_round",
    "cluster_posts",
    "dissolve_cluster",
    "end_room",
    "give_points",
    "hide_results",
    "hold_post",
    "join_voices",
    "merge_clusters",
    "move_round",
    "name_cluster",
    "open_round",
    "order_clusters",
    "pause_timer",
    "post",
    "prepare_room",
    "put_with",
    "release_all",
    "release_post",
    "remove_round",
    "repeat_round",
    "resume_timer",
    "set_screening",
    "set_timer",
    "show_results",
    "skip_round",
    "take_back_post",
    "take_out",
    "type_post",
    "undo",
]
