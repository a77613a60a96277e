from django.urls import path

from leerkring.outward.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home_page, name="home_page"),
    path("<slug:slug>/today/", views.today_page, name="today_page"),
    path("<slug:slug>/changed/", views.changed_page, name="changed_page"),
    path("<slug:slug>/stuck/", views.stuck_page, name="stuck_page"),
]
