from django.urls import path

from leerkring.outward.publishing import views
from leerkring.outward.publishing.publications.urls import publication_urls
from leerkring.outward.publishing.reports.urls import report_urls

app_name = "publishing"
urlpatterns = [
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("<slug:slug>/", views.programme_page, name="programme_page"),
    *report_urls,
    *publication_urls,
    path("<slug:slug>/contact/", views.contact_page, name="contact_page"),
    path("<slug:slug>/contact/sent/", views.contact_sent, name="contact_sent"),
    path("<slug:slug>/messages/", views.messages_page, name="messages_page"),
    path("<slug:slug>/messages/<int:message_id>/handle/", views.message_handle, name="message_handle"),
    path("<slug:slug>/messages/<int:message_id>/put-back/", views.message_put_back, name="message_put_back"),
]
