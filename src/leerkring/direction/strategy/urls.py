from django.urls import path

from leerkring.direction.strategy import views

app_name = "strategy"

urlpatterns = [
    path("<slug:slug>/goals/", views.goals_page, name="goals_page"),
    path("<slug:slug>/goals/new/", views.goal_set, name="goal_set"),
    path("<slug:slug>/goals/<int:goal_id>/", views.goal_page, name="goal_page"),
    path("<slug:slug>/goals/<int:goal_id>/change/", views.goal_change, name="goal_change"),
    path("<slug:slug>/goals/<int:goal_id>/measure/", views.goal_measure, name="goal_measure"),
    path("<slug:slug>/activities/", views.activities_page, name="activities_page"),
    path("<slug:slug>/activities/new/", views.activity_put, name="activity_put"),
    path("<slug:slug>/activities/<int:activity_id>/", views.activity_page, name="activity_page"),
    path("<slug:slug>/activities/<int:activity_id>/change/", views.activity_change, name="activity_change"),
    path("<slug:slug>/activities/<int:activity_id>/move/", views.activity_move, name="activity_move"),
]
