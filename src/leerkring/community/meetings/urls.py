from django.urls import path

from leerkring.community.meetings import views
from leerkring.community.meetings.evaluation import views as evaluation
from leerkring.community.meetings.polls import views as polls
from leerkring.community.meetings.rhythm import views as rhythm
from leerkring.community.meetings.speakers import views as speakers
from leerkring.community.meetings.workforms import views as workforms

app_name = "meetings"

MEETING = "<slug:slug>/meetings/<int:meeting_id>/"

POLL = "<slug:slug>/meetings/polls/<int:poll_id>/"
ANSWER = "poll/<str:poll_token>/"

POLLS = [
    path(ANSWER, polls.poll_answer, name="poll_answer"),
    path(ANSWER + "<str:voice_token>/", polls.voice_page, name="voice_page"),
    path(ANSWER + "<str:voice_token>/remove/", polls.voice_remove, name="voice_remove"),
    path("<slug:slug>/meetings/polls/new/", polls.poll_open, name="poll_open"),
    path(MEETING + "poll/", polls.meeting_poll, name="meeting_poll"),
    path(POLL, polls.poll_page, name="poll_page"),
    path(POLL + "change/", polls.poll_change, name="poll_change"),
    path(POLL + "dates/add/", polls.dates_add, name="dates_add"),
    path(POLL + "dates/<int:option_id>/remove/", polls.option_remove, name="option_remove"),
    path(POLL + "dates/<int:option_id>/restore/", polls.option_restore, name="option_restore"),
    path(POLL + "dates/<int:option_id>/choose/", polls.option_choose, name="option_choose"),
    path(POLL + "close/", polls.poll_close, name="poll_close"),
    path(POLL + "reopen/", polls.poll_reopen, name="poll_reopen"),
    path(POLL + "needed/add/", polls.needed_add, name="needed_add"),
    path(POLL + "voices/<int:voice_id>/need/", polls.voice_need, name="voice_need"),
]

SPEAKERS = [
    path("speaker/<str:speaker_token>/", speakers.speaker_page, name="speaker_page"),
    path("speaker/<str:speaker_token>/materials/<int:handout_id>/", speakers.speaker_material, name="speaker_material"),
    path(MEETING + "speakers/", speakers.speakers_page, name="speakers_page"),
    path(MEETING + "speakers/<int:speaker_id>/end/", speakers.speaker_end, name="speaker_end"),
    path(MEETING + "speakers/<int:speaker_id>/restore/", speakers.speaker_restore, name="speaker_restore"),
]

LIBRARY = "<slug:slug>/meetings/workforms/"
FORM = LIBRARY + "<slug:workform_key>/"

WORKFORMS = [
    path(LIBRARY, workforms.workforms_page, name="workforms_page"),
    path(LIBRARY + "new/", workforms.workform_write, name="workform_write"),
    path(FORM, workforms.workform_page, name="workform_page"),
    path(FORM + "copy/", workforms.workform_copy, name="workform_copy"),
    path(FORM + "change/", workforms.workform_change, name="workform_change"),
    path(FORM + "retire/", workforms.workform_retire, name="workform_retire"),
    path(FORM + "restore/", workforms.workform_restore, name="workform_restore"),
    path(MEETING + "run-sheet/workforms/", workforms.workforms_choose, name="workforms_choose"),
    path(MEETING + "run-sheet/workforms/<slug:workform_key>/put/", workforms.workform_put, name="workform_put"),
]

urlpatterns = [
    *POLLS,
    *SPEAKERS,
    *WORKFORMS,
    path("<slug:slug>/meetings/rhythm/", rhythm.rhythm_page, name="rhythm_page"),
    path("w/", views.door_page, name="door_page"),
    path("w/<str:code>/", views.check_in_page, name="check_in_page"),
    path("<slug:slug>/meetings/", views.meetings_page, name="meetings_page"),
    path("<slug:slug>/meetings/new/", views.meeting_plan, name="meeting_plan"),
    path(MEETING, views.meeting_page, name="meeting_page"),
    path(MEETING + "calendar.ics", views.meeting_calendar, name="meeting_calendar"),
    path(MEETING + "change/", views.meeting_change, name="meeting_change"),
    path(MEETING + "move/", views.meeting_move, name="meeting_move"),
    path(MEETING + "cancel/", views.meeting_cancel, name="meeting_cancel"),
    path(MEETING + "restore/", views.meeting_restore, name="meeting_restore"),
    path(MEETING + "sign-up/", views.sign_up, name="sign_up"),
    path(MEETING + "sign-off/", views.sign_off, name="sign_off"),
    path(MEETING + "attendance/", views.attendance_page, name="attendance_page"),
    path(MEETING + "attendance/expect/", views.people_expect, name="people_expect"),
    path(MEETING + "attendance/add/", views.walk_in_note, name="walk_in_note"),
    path(MEETING + "attendance/own/", views.attendance_own, name="attendance_own"),
    path(MEETING + "attendance/<int:attendance_id>/", views.attendance_change, name="attendance_change"),
    path(MEETING + "door/", views.door_screen, name="door_screen"),
    path(MEETING + "door/now/", views.door_now, name="door_now"),
    path(MEETING + "door/open/", views.door_open, name="door_open"),
    path(MEETING + "door/close/", views.door_close, name="door_close"),
    path(MEETING + "door/in/<int:attendance_id>/", views.name_check_in, name="name_check_in"),
    path(MEETING + "door/out/<int:attendance_id>/", views.name_take_back, name="name_take_back"),
    path(MEETING + "run-sheet/", views.run_sheet_page, name="run_sheet_page"),
    path(MEETING + "run-sheet/print/", views.run_sheet_print, name="run_sheet_print"),
    path(MEETING + "run-sheet/add/", views.item_put, name="item_put"),
    path(MEETING + "run-sheet/add-several/", views.items_put, name="items_put"),
    path(MEETING + "run-sheet/<int:item_id>/", views.item_change, name="item_change"),
    path(MEETING + "run-sheet/<int:item_id>/move/", views.item_move, name="item_move"),
    path(MEETING + "run-sheet/<int:item_id>/remove/", views.item_remove, name="item_remove"),
    path(MEETING + "run-sheet/<int:item_id>/restore/", views.item_restore, name="item_restore"),
    path(MEETING + "materials/add/", views.material_add, name="material_add"),
    path(MEETING + "materials/<int:material_id>/", views.material_open, name="material_open"),
    path(MEETING + "materials/<int:material_id>/remove/", views.material_remove, name="material_remove"),
    path(MEETING + "materials/<int:material_id>/restore/", views.material_restore, name="material_restore"),
    path(MEETING + "evaluation/", evaluation.evaluation_page, name="evaluation_page"),
    path(MEETING + "evaluation/answer/", evaluation.evaluation_answer, name="evaluation_answer"),
    path(MEETING + "evaluation/questions/", evaluation.evaluation_prepare, name="evaluation_prepare"),
    path(MEETING + "evaluation/results/", evaluation.evaluation_results, name="evaluation_results"),
    path(MEETING + "evaluation/close/", evaluation.evaluation_close, name="evaluation_close"),
    path(MEETING + "evaluation/drop/", evaluation.evaluation_drop, name="evaluation_drop"),
    path("<slug:slug>/meetings/evaluations/", evaluation.evaluations_prepare, name="evaluations_prepare"),
    path(MEETING + "evaluation/sheet/", evaluation.evaluation_sheet, name="evaluation_sheet"),
    path(MEETING + "evaluation/paper/", evaluation.evaluation_paper, name="evaluation_paper"),
    path("evaluate/here/<int:meeting_id>/", evaluation.evaluation_here, name="evaluation_here"),
    path("evaluate/here/<int:meeting_id>/mail/", evaluation.evaluation_mail, name="evaluation_mail"),
    path("evaluate/<str:token>/", evaluation.evaluation_link, name="evaluation_link"),
]
