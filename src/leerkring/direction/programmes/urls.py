from django.urls import path

from leerkring.direction.programmes import views

app_name = "programmes"

EDITION = "<slug:slug>/edition/<int:edition_id>/"

urlpatterns = [
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
    path(EDITION + "apply/", views.edition_apply, name="edition_apply"),
    path(EDITION + "enrolments/<int:enrolment_id>/move/", views.enrolment_move, name="enrolment_move"),
]
