from django.urls import path

from leerkring.platform.live import views

app_name = "live"
urlpatterns = [path("live-ticket/", views.ticket_fresh, name="ticket_fresh")]
