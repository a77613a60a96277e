from django.urls import path

from leerkring.direction.programmes.completion import views

EDITION = "<slug:slug>/editions/<int:edition_id>/"
CERTIFICATE = "<slug:slug>/certificates/<int:certificate_id>/"

completion_urls = [
    path("certificates/", views.certificates_check, name="certificates_check"),
    path("certificates/<str:certificate_code>/", views.certificate_check, name="certificate_check"),
    path(EDITION + "mine/", views.completion_mine, name="completion_mine"),
    path(EDITION + "completion/", views.completion_page, name="completion_page"),
    path(EDITION + "certificates/issue/", views.certificates_issue, name="certificates_issue"),
    path(EDITION + "enrolments/<int:enrolment_id>/exception/", views.exception_make, name="exception_make"),
    path(
        EDITION + "enrolments/<int:enrolment_id>/exception/take-back/",
        views.exception_take_back,
        name="exception_take_back",
    ),
    path(EDITION + "enrolments/<int:enrolment_id>/certificate/", views.certificate_issue, name="certificate_issue"),
    path(CERTIFICATE, views.certificate_download, name="certificate_download"),
    path(CERTIFICATE + "revoke/", views.certificate_revoke, name="certificate_revoke"),
]
