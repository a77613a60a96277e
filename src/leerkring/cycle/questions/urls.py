from django.urls import path

from leerkring.cycle.questions import views

app_name = "questions"

QUESTION = "<slug:slug>/questions/<int:question_id>/"
ACTION = QUESTION + "actions/<int:action_id>/"

urlpatterns = [
    path("<slug:slug>/questions/", views.questions_page, name="questions_page"),
    path("<slug:slug>/questions/new/", views.question_new, name="question_new"),
    path(QUESTION, views.question_page, name="question_page"),
    path(QUESTION + "reword/", views.question_reword, name="question_reword"),
    path(QUESTION + "sharpen/", views.question_sharpen, name="question_sharpen"),
    path(QUESTION + "answer/", views.question_answer, name="question_answer"),
    path(QUESTION + "drop/", views.question_drop, name="question_drop"),
    path(QUESTION + "reopen/", views.question_reopen, name="question_reopen"),
    path(QUESTION + "explore/", views.question_explore, name="question_explore"),
    path(QUESTION + "owner/", views.question_owner, name="question_owner"),
    path(QUESTION + "offer/", views.question_offer, name="question_offer"),
    path(QUESTION + "theme/", views.question_theme, name="question_theme"),
    path(QUESTION + "label/", views.question_label, name="question_label"),
    path(QUESTION + "links/", views.question_links, name="question_links"),
    path(QUESTION + "actions/new/", views.action_new, name="action_new"),
    path(ACTION, views.action_change, name="action_change"),
    path(ACTION + "finish/", views.action_finish, name="action_finish"),
    path(ACTION + "stop/", views.action_stop, name="action_stop"),
    path(ACTION + "reopen/", views.action_reopen, name="action_reopen"),
    path("<slug:slug>/themes/", views.themes_page, name="themes_page"),
    path("<slug:slug>/themes/new/", views.theme_new, name="theme_new"),
    path("<slug:slug>/themes/<int:theme_id>/", views.theme_change, name="theme_change"),
    path("<slug:slug>/themes/<int:theme_id>/close/", views.theme_close, name="theme_close"),
    path("<slug:slug>/themes/<int:theme_id>/reopen/", views.theme_reopen, name="theme_reopen"),
]
