from django.urls import path

from leerkring.outward.closing import views

EDITION = "<slug:slug>/editions/<int:edition_id>/"

app_name = "closing"
urlpatterns = [
    path("<slug:slug>/closing/", views.programme_closing, name="programme_closing"),
    path(EDITION + "closing/", views.edition_closing, name="edition_closing"),
    path(EDITION + "parting/", views.parting_page, name="parting_page"),
    path(EDITION + "parting/follow/", views.parting_follow, name="parting_follow"),
]
