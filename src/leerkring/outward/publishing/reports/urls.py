from django.urls import path

from leerkring.outward.publishing.reports import views

REPORT = "<slug:slug>/reports/<int:report_id>/"

report_urls = [
    path("<slug:slug>/reports/", views.reports_page, name="reports_page"),
    path("<slug:slug>/reports/make/", views.report_make, name="report_make"),
    path(REPORT, views.report_page, name="report_page"),
    path(REPORT + "pdf/", views.report_pdf, name="report_pdf"),
    path(REPORT + "xlsx/", views.report_workbook, name="report_workbook"),
    path(REPORT + "release/", views.report_release, name="report_release"),
    path(REPORT + "withdraw/", views.report_withdraw, name="report_withdraw"),
]
