from django.urls import path

from leerkring.outward.notifications import views

app_name = "notifications"
urlpatterns = [
    path("profile/mail/", views.mail_page, name="mail_page"),
    path("mail/stop/<str:stop_token>/", views.mail_stop, name="mail_stop"),
    path("mail/start/<str:stop_token>/", views.mail_start, name="mail_start"),
    path("mail/answer/<str:answer_token>/", views.answer_page, name="answer_page"),
    path("<slug:slug>/mail/", views.notices_page, name="notices_page"),
]
