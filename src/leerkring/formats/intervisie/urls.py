from django.urls import path

from leerkring.formats.intervisie.views import dividing, groups, methods, overview, points, rounds, running

app_name = "intervisie"

HOME = "<slug:slug>/intervisie/"
METHOD = HOME + "methods/<slug:method_key>/"
GROUP = HOME + "groups/<int:intervisie_id>/"
ROUND = HOME + "rounds/<int:intervisie_round_id>/"

urlpatterns = [
    path(HOME, overview.intervisie_page, name="intervisie_page"),
    path(HOME + "points/", points.points_page, name="points_page"),
    path(HOME + "methods/", methods.methods_page, name="methods_page"),
    path(METHOD, methods.method_page, name="method_page"),
    path(METHOD + "copy/", methods.method_copy, name="method_copy"),
    path(METHOD + "change/", methods.method_change, name="method_change"),
    path(METHOD + "remove/", methods.method_remove, name="method_remove"),
    path(METHOD + "restore/", methods.method_restore, name="method_restore"),
    path(HOME + "divide/", dividing.division_page, name="division_page"),
    path(HOME + "divide/form/", dividing.division_form, name="division_form"),
    path(GROUP, groups.group_page, name="group_page"),
    path(GROUP + "close/", groups.group_close, name="group_close"),
    path(GROUP + "reopen/", groups.group_reopen, name="group_reopen"),
    path(GROUP + "agreements/", groups.agreements_page, name="agreements_page"),
    path(GROUP + "agreements/accept/", groups.agreements_accept, name="agreements_accept"),
    path(GROUP + "points/release/", points.point_release, name="point_release"),
    path(HOME + "points/<int:point_id>/withdraw/", points.point_withdraw, name="point_withdraw"),
    path(GROUP + "rounds/plan/", rounds.round_plan, name="round_plan"),
    path(ROUND, rounds.round_page, name="round_page"),
    path(ROUND + "run/", rounds.run_page, name="run_page"),
    path(ROUND + "method/", rounds.round_change, name="round_change"),
    path(ROUND + "remove/", rounds.round_remove, name="round_remove"),
    path(ROUND + "here/", rounds.attendance_note, name="attendance_note"),
    path(ROUND + "begin/", running.round_begin, name="round_begin"),
    path(ROUND + "next/", running.step_next, name="step_next"),
    path(ROUND + "back/", running.step_back, name="step_back"),
    path(ROUND + "pause/", running.round_pause, name="round_pause"),
    path(ROUND + "resume/", running.round_resume, name="round_resume"),
    path(ROUND + "minute/", running.minute_add, name="minute_add"),
    path(ROUND + "catch-up/", running.time_catch_up, name="time_catch_up"),
    path(ROUND + "turn/", running.turn_note, name="turn_note"),
    path(ROUND + "turn/take-back/", running.turn_take_back, name="turn_take_back"),
    path(ROUND + "end/", running.round_end, name="round_end"),
]
