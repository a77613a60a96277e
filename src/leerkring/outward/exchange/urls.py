from django.urls import path

from leerkring.outward.exchange import views

app_name = "exchange"
urlpatterns = [
    path("calendar/<str:feed>.ics", views.calendar_feed, name="calendar_feed"),
    path("profile/calendar/", views.calendar_page, name="calendar_page"),
    path("profile/calendar/open/", views.calendar_open, name="calendar_open"),
    path("profile/calendar/close/", views.calendar_close, name="calendar_close"),
    path("<slug:slug>/import/", views.import_page, name="import_page"),
    path("<slug:slug>/import/upload/", views.list_upload, name="list_upload"),
    path("<slug:slug>/import/<int:waiting_id>/", views.list_page, name="list_page"),
    path("<slug:slug>/import/<int:waiting_id>/look/", views.list_look, name="list_look"),
    path("<slug:slug>/import/<int:waiting_id>/bring-in/", views.list_bring_in, name="list_bring_in"),
    path("<slug:slug>/import/<int:waiting_id>/remove/", views.list_remove, name="list_remove"),
    path("<slug:slug>/import/<int:waiting_id>/to-mend.xlsx", views.list_to_mend, name="list_to_mend"),
    path("<slug:slug>/import/batches/<int:batch_id>/", views.batch_page, name="batch_page"),
    path("<slug:slug>/import/batches/<int:batch_id>/undo/", views.batch_undo, name="batch_undo"),
    path("<slug:slug>/import/batches/<int:batch_id>/to-mend.xlsx", views.batch_to_mend, name="batch_to_mend"),
]
