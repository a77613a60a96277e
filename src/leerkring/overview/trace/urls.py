from django.urls import path

from leerkring.overview.trace import views

app_name = "trace"

urlpatterns = [
    path("<slug:slug>/trace/meeting/<int:meeting_id>/", views.meeting_trace, name="meeting_trace"),
    path("<slug:slug>/trace/question/<int:question_id>/", views.question_trace, name="question_trace"),
    path("<slug:slug>/trace/group/<int:group_id>/", views.group_trace, name="group_trace"),
    path("<slug:slug>/trace/insight/<int:insight_id>/", views.insight_trace, name="insight_trace"),
    path("<slug:slug>/trace/change/<int:change_id>/", views.change_trace, name="change_trace"),
    path("<slug:slug>/trace/uptake/<int:uptake_id>/", views.uptake_trace, name="uptake_trace"),
    path("<slug:slug>/trace/unit/<int:unit_id>/", views.unit_trace, name="unit_trace"),
]
