from django.urls import path

from leerkring.direction.programmes import views
from leerkring.direction.programmes.completion.urls import completion_urls

app_name = "programmes"

EDITION = "<slug:slug>/editions/<int:edition_id>/"

urlpatterns = [
    *completion_urls,
    path("programmes/", views.programmes_page, name="programmes_page"),
    path("programmes/new/", views.programme_start, name="programme_start"),
    path("<slug:slug>/settings/", views.settings_page, name="settings_page"),
    path("<slug:slug>/editions/", views.editions_page, name="editions_page"),
    path("<slug:slug>/editions/new/", views.edition_open, name="edition_open"),
    path("<slug:slug>/cycles/open/", views.cycle_open, name="cycle_open"),
    path(EDITION, views.edition_page, name="edition_page"),
    path(EDITION + "change/", views.edition_change, name="edition_change"),
    path(EDITION + "meetings/", views.edition_meetings, name="edition_meetings"),
    path(EDITION + "move/", views.edition_move, name="edition_move"),
    path(EDITION + "complete/", views.edition_complete, name="edition_complete"),
    path(EDITION + "enrol/", views.people_enrol, name="people_enrol"),
    path(EDITION + "enrolments/<int:enrolment_id>/move/", views.enrolment_move, name="enrolment_move"),
    path(EDITION + "enrolments/<int:enrolment_id>/restore/", views.enrolment_restore, name="enrolment_restore"),
    path(EDITION + "register/", views.edition_register, name="edition_register"),
    path(EDITION + "register/leave/", views.registration_leave, name="registration_leave"),
    path("register/code/", views.registration_code, name="registration_code"),
    path("register/<str:token>/", views.registration_confirm, name="registration_confirm"),
    path("places/<str:token>/", views.place_page, name="place_page"),
    path(EDITION + "recruit/", views.recruit_page, name="recruit_page"),
    path(EDITION + "registration/", views.registration_settings, name="registration_settings"),
    path(EDITION + "calls/", views.call_make, name="call_make"),
    path(EDITION + "calls/<int:call_id>/", views.call_page, name="call_page"),
    path(EDITION + "calls/<int:call_id>/mail/", views.call_mail, name="call_mail"),
    path(EDITION + "calls/<int:call_id>/sent/", views.call_sent, name="call_sent"),
    path(EDITION + "calls/<int:call_id>/forward/", views.call_forward, name="call_forward"),
    path(EDITION + "waiting/", views.waiting_page, name="waiting_page"),
    path(EDITION + "enrolments/<int:enrolment_id>/approve/", views.enrolment_approve, name="enrolment_approve"),
    path(EDITION + "enrolments/<int:enrolment_id>/offer/", views.offer_make, name="offer_make"),
    path(EDITION + "offers/<int:offer_id>/withdraw/", views.offer_withdraw, name="offer_withdraw"),
]
