from django.urls import path

from leerkring.formats.werkplaats.views import (
    desk,
    desk_agenda,
    desk_papers,
    desk_posts,
    desk_rounds,
    desk_tables,
    phone,
    phone_early,
    phone_several,
    projector,
)

app_name = "werkplaats"

ROOM = "<slug:slug>/meetings/<int:meeting_id>/werkplaats/"
ROUND = ROOM + "rounds/<int:round_id>/"

DESK = [
    path(ROOM, desk.desk_page, name="desk_page"),
    path(ROOM + "prepare/", desk.room_prepare, name="room_prepare"),
    path(ROOM + "begin/", desk.room_begin, name="room_begin"),
    path(ROOM + "end/", desk.room_end, name="room_end"),
    path(ROOM + "harvest/", desk_agenda.room_harvest, name="room_harvest"),
    path(ROOM + "screen/", desk.room_screen, name="room_screen"),
    path(ROOM + "steps/<int:step_id>/undo/", desk.step_undo, name="step_undo"),
    path(ROOM + "door/open/", desk.door_open, name="door_open"),
    path(ROOM + "door/lock/", desk.door_lock, name="door_lock"),
    path(ROOM + "door/rotate/", desk.door_rotate, name="door_rotate"),
    path(ROOM + "door/admit/", desk.door_admit, name="door_admit"),
    path(ROOM + "seats/put-out/", desk.seat_put_out, name="seat_put_out"),
    path(ROOM + "seats/place/", desk_tables.seats_place, name="seats_place"),
    path(ROOM + "rounds/add/", desk_rounds.round_add, name="round_add"),
    path(ROUND + "change/", desk_rounds.round_change, name="round_change"),
    path(ROUND + "move/", desk_rounds.round_move, name="round_move"),
    path(ROUND + "skip/", desk_rounds.round_skip, name="round_skip"),
    path(ROUND + "remove/", desk_rounds.round_remove, name="round_remove"),
    path(ROUND + "open/", desk_rounds.round_open, name="round_open"),
    path(ROUND + "close/", desk_rounds.round_close, name="round_close"),
    path(ROUND + "repeat/", desk_rounds.round_repeat, name="round_repeat"),
    path(ROUND + "results/", desk_rounds.results_show, name="results_show"),
    path(ROUND + "timer/start/", desk_rounds.timer_start, name="timer_start"),
    path(ROUND + "timer/pause/", desk_rounds.timer_pause, name="timer_pause"),
    path(ROUND + "timer/add/", desk_rounds.timer_add, name="timer_add"),
    path(ROUND + "timer/catch-up/", desk_rounds.timer_catch_up, name="timer_catch_up"),
    path(ROUND + "presentations/put/", desk_agenda.presentation_put, name="presentation_put"),
    path(ROUND + "asks/put/", desk_agenda.ask_put, name="ask_put"),
    path(ROOM + "asks/remove/", desk_agenda.ask_remove, name="ask_remove"),
    path(ROOM + "posts/type/", desk_posts.post_type, name="post_type"),
    path(ROOM + "posts/release/", desk_posts.post_release, name="post_release"),
    path(ROOM + "posts/release-all/", desk_posts.posts_release, name="posts_release"),
    path(ROOM + "posts/hold/", desk_posts.post_hold, name="post_hold"),
    path(ROOM + "piles/make/", desk_posts.cluster_make, name="cluster_make"),
    path(ROOM + "piles/put-with/", desk_posts.posts_put_with, name="posts_put_with"),
    path(ROOM + "piles/take-out/", desk_posts.post_take_out, name="post_take_out"),
    path(ROOM + "piles/name/", desk_posts.cluster_name, name="cluster_name"),
    path(ROOM + "piles/merge/", desk_posts.cluster_merge, name="cluster_merge"),
    path(ROOM + "piles/dissolve/", desk_posts.cluster_dissolve, name="cluster_dissolve"),
    path(ROOM + "piles/order/", desk_posts.clusters_order, name="clusters_order"),
    path(ROOM + "piles/proposals/", desk_papers.proposals_page, name="proposals_page"),
    path(ROOM + "walk/", desk_agenda.question_walk, name="question_walk"),
    path(ROOM + "presentations/begin/", desk_agenda.presentation_begin, name="presentation_begin"),
    path(ROOM + "presentations/end/", desk_agenda.presentation_end, name="presentation_end"),
    path(ROOM + "presentations/remove/", desk_agenda.presentation_remove, name="presentation_remove"),
    path(ROOM + "tables/put/", desk_tables.table_put, name="table_put"),
    path(ROOM + "tables/put-several/", desk_tables.tables_put, name="tables_put"),
    path(ROOM + "tables/change/", desk_tables.table_change, name="table_change"),
    path(ROOM + "tables/remove/", desk_tables.table_remove, name="table_remove"),
    path(ROOM + "tables/divide/", desk_tables.places_divide, name="places_divide"),
    path(ROOM + "tables/throw-away/", desk_tables.division_throw_away, name="division_throw_away"),
    path(ROOM + "tables/announce/", desk_tables.places_announce, name="places_announce"),
    path(ROOM + "tables/form/", desk_tables.groups_form, name="groups_form"),
    path(ROOM + "piles/place/", desk_agenda.pile_place, name="pile_place"),
    path(ROOM + "version/", desk_agenda.version_set, name="version_set"),
    path(ROOM + "projector/", projector.projector_page, name="projector_page"),
    path(ROOM + "sheet/<int:round_id>/", desk_papers.sheet_page, name="sheet_page"),
]

SEAT = "w/<str:code>/"
EARLY = "<slug:slug>/meetings/<int:meeting_id>/early/"

PHONE = [
    path(SEAT + "now/", phone.phone_page, name="phone_page"),
    path(SEAT + "mine/", phone.mine_show, name="mine_show"),
    path(SEAT + "post/", phone.post_send, name="post_send"),
    path(SEAT + "posts/", phone_several.posts_send, name="posts_send"),
    path(SEAT + "take-back/", phone.post_take_back, name="post_take_back"),
    path(SEAT + "points/", phone.points_give, name="points_give"),
    path(SEAT + "wishes/", phone.wishes_set, name="wishes_set"),
    path(SEAT + "reply/", phone.reply_give, name="reply_give"),
    path(SEAT + "feedback/", phone.feedback_send, name="feedback_send"),
    path(SEAT + "claim/", phone.seat_claim, name="seat_claim"),
    path(EARLY + "now/", phone_early.early_page, name="early_page"),
    path(EARLY + "mine/", phone_early.early_mine, name="early_mine"),
    path(EARLY + "post/", phone_early.early_send, name="early_send"),
    path(EARLY + "posts/", phone_several.early_send_several, name="early_send_several"),
    path(EARLY + "take-back/", phone_early.early_take_back, name="early_take_back"),
]

urlpatterns = [*DESK, *PHONE]
